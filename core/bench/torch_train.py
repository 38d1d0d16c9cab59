#!/usr/bin/env python3
"""Times one step of training the same stack in PyTorch and here, and prints the quotient.

    torch_train.py FOLDER [--rounds N]      FOLDER has gradflow-cli and train_bench, such as build/release/bin

Needs Debian's python3-torch. The copy task of F16: 6 layers of 64, Pre-LN, 8 x 16 tokens of 16, Adam(.9, .98)
at 3e-3, one thread and float32 on both sides. The losses of the first steps, on the same weights and batches,
are compared before anything is timed. PyTorch gets the quick operations of torch_pass.py and both of its ways
to run Adam, one parameter after the other (the default) and all at once (foreach); it measures nothing but
the loss, while ours measures every gradient and update. A step draws its batch on both sides. The sides take
turns.

OPENBLAS_CORETYPE: see torch_pass.py.
"""

import argparse
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import torch

import torch_pass
from torch_pass import stack_file, tensor_file

SHAPE = {"num_layers": 6, "vocab_size": 16, "batch_size": 8}
RANDOM_INPUT = {"input.kind": "random"}  # a text has more tokens than 16; training draws its own
HALF = 8  # of a sequence
NO_TARGET = -100  # what PyTorch's cross entropy ignores
COMPARED = 20  # steps; from then on rounding has grown to what a curve could show
TOLERANCE = 1e-3


def pair_of(half):
    """Tokens and targets [batch, sequence] of the copy task from the first half of every sequence."""
    tokens = torch.cat([half, half], 1)
    targets = torch.full_like(tokens, NO_TARGET)
    targets[:, HALF - 1 : -1] = half
    return tokens, targets


class Training:
    """A stack with its optimizer, from the initial weights on."""

    def __init__(self, spec, tensors, **how):
        self.stack = torch_pass.PreLn(spec, tensors)
        self.adam = torch.optim.Adam(self.stack.parameters, lr=3e-3, betas=(0.9, 0.98), **how)

    def step(self, half=None):
        half = torch.randint(SHAPE["vocab_size"], (SHAPE["batch_size"], HALF)) if half is None else half
        self.stack.tokens, self.stack.targets = pair_of(half)
        loss = self.stack.run()
        self.adam.step()
        return loss


def initial(cli):
    """The stack as a dictionary, and its initial weights with tokens and targets."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/weights.safetensors"
        command = torch_pass.command(cli, "weights", {**SHAPE, **RANDOM_INPUT}, "--output", path)
        subprocess.run(command, check=True, capture_output=True)
        return stack_file.with_defaults(SHAPE, stack_file.DEFAULTS), tensor_file.read(path)


def ours(bench, steps):
    """[(loss, first halves)] of the first steps, and the median of all in ms."""
    done = subprocess.run([bench, f"--steps={steps}"], check=True, capture_output=True, text=True)
    *lines, median = done.stdout.splitlines()
    rows = [line.split() for line in lines]
    shape = (SHAPE["batch_size"], 2 * HALF)
    halves = [torch.tensor([int(word) for word in row[1:]]).reshape(shape)[:, :HALF] for row in rows]
    return [(float(row[0]), half) for row, half in zip(rows, halves)], float(median)


def compare(training, first_steps):
    """The same losses on the same batches, or the end."""
    for number, (loss, half) in enumerate(first_steps, 1):
        theirs = training.step(half)
        if not math.isclose(theirs, loss, rel_tol=TOLERANCE):
            sys.exit(f"torch_train.py: step {number} differs: PyTorch's loss is {theirs}, ours {loss}")


def time_torch(training, steps):
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        training.step()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description="One step of training in PyTorch and here.")
    parser.add_argument("folder", type=pathlib.Path, help="of gradflow-cli and train_bench")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each side")
    parser.add_argument("--steps", type=int, default=200, help="of each turn")
    arguments = parser.parse_args()
    cli, bench = (str(arguments.folder / name) for name in ("gradflow-cli", "train_bench"))
    for program in (cli, bench):
        if not os.access(program, os.X_OK):
            sys.exit(f"torch_train.py: {program} is no program; give the folder of gradflow-cli and "
                     "train_bench")
    torch.set_num_threads(1)  # its best at these sizes
    kernels = os.environ.get("OPENBLAS_CORETYPE", "chosen by OpenBLAS")
    speed = torch_pass.product_speed()
    print(f"PyTorch {torch.__version__}, one thread, OpenBLAS kernels {kernels}: {speed:.0f} GFLOP/s")
    spec, tensors = initial(cli)
    first_steps, _ = ours(bench, COMPARED)
    sides = {name: Training(spec, tensors, foreach=on) for name, on in (("Adam", False), ("foreach", True))}
    for training in sides.values():
        compare(training, first_steps)
    print(f"The losses of the first {COMPARED} steps agree to a relative {TOLERANCE:g}.")
    times = {name: [] for name in [*sides, "ours"]}
    for _ in range(arguments.rounds):
        for name, training in sides.items():
            times[name].append(time_torch(training, arguments.steps))
        times["ours"].append(ours(bench, arguments.steps)[1])
    step = {name: statistics.median(values) for name, values in times.items()}
    for name in sides:
        print(f"PyTorch {name:8} {step[name]:6.2f} ms a step, ours {step['ours']:.2f} ms, "
              f"quotient {step[name] / step['ours']:.2f}")


if __name__ == "__main__":
    main()
