#!/usr/bin/env python3
"""Times one forward and backward pass of the same stack in PyTorch and here, and prints the quotient.

    torch_pass.py GRADFLOW_CLI [--rounds N]

Needs Debian's python3-torch. One thread and float32 on both sides, weights and input the same; the losses are
compared before anything is timed. PyTorch gets its quick operations: one product for q, k and v, fused
LayerNorm, linear and cross-entropy functions, a mask that stands, no norms or other measurements beside the
gradients. The two take turns, a second each, since a shared machine's speed drifts.

Debian's PyTorch multiplies with OpenBLAS, which takes a processor that is newer than itself for one of 2004.
Where the first line printed says so, set OPENBLAS_CORETYPE (SkylakeX for AVX-512, Haswell for AVX2), or PyTorch
runs at a fifth of its speed.
"""

import argparse
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch
from torch.nn import functional

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tests/golden"))
import stack_file
import tensor_file

SHAPES = [
    {"num_layers": 12}, {"num_layers": 48}, {"num_layers": 96},
    {"num_layers": 12, "d_model": 256, "num_heads": 8, "d_ff": 1024, "sequence_length": 64, "batch_size": 4},
    {"num_layers": 12, "d_model": 768, "num_heads": 12, "d_ff": 3072, "sequence_length": 128, "batch_size": 1},
]


class PreLn:
    """The default stack: Pre-LN, causal, ReLU, learned positions, biases, a final norm."""

    def __init__(self, spec, tensors):
        def tensor(name):
            return torch.from_numpy(np.array(tensors[name])).requires_grad_()

        def linear(place, letters):  # rows are outputs, as functional.linear wants them
            w = np.concatenate([tensors[f"{place}.w_{letter}"] for letter in letters], 1).T
            b = np.concatenate([tensors[f"{place}.b_{letter}"] for letter in letters])
            return [torch.from_numpy(np.ascontiguousarray(x)).requires_grad_() for x in (w, b)]

        def norm(place):
            return [tensor(f"{place}.weight"), tensor(f"{place}.bias")]

        self.heads, self.width, self.epsilon = spec["num_heads"], spec["d_model"], spec["norm"]["epsilon"]
        self.tokens, self.targets = stack_file.tokens_and_targets(spec, tensors)
        self.ends = [tensor("embedding.token"), tensor("embedding.position")]
        self.layers = []
        for place in (f"layers.{layer}" for layer in range(spec["num_layers"])):
            attention, ffn = f"{place}.attention", f"{place}.ffn"
            self.layers.append([norm(f"{attention}.norm_pre"), linear(attention, "qkv"), linear(attention, "o"),
                                norm(f"{ffn}.norm_pre"), linear(ffn, "1"), linear(ffn, "2")])
        self.final = norm("final_norm")
        self.unembedding = torch.from_numpy(np.ascontiguousarray(tensors["unembedding"].T)).requires_grad_()
        n = spec["sequence_length"]
        self.mask = torch.zeros(n, n).masked_fill_(torch.ones(n, n).triu(1).bool(), -math.inf)
        self.parameters = [*self.ends, *self.final, self.unembedding]
        self.parameters += [p for layer in self.layers for pair in layer for p in pair]

    def norm(self, x, pair):
        return functional.layer_norm(x, (self.width,), *pair, self.epsilon)

    def attention(self, x, qkv, output):
        batch, n, width = x.shape
        q, k, v = functional.linear(x, *qkv).view(batch, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q * (self.heads / width) ** 0.5, k.transpose(-1, -2)) + self.mask
        context = torch.matmul(scores.softmax(-1), v).transpose(1, 2).reshape(batch, n, width)
        return functional.linear(context, *output)

    def run(self):
        for p in self.parameters:
            p.grad = None
        x = functional.embedding(self.tokens, self.ends[0]) + self.ends[1]
        for norm_1, qkv, output, norm_2, w_1, w_2 in self.layers:
            x = x + self.attention(self.norm(x, norm_1), qkv, output)
            x = x + functional.linear(functional.linear(self.norm(x, norm_2), *w_1).relu_(), *w_2)
        logits = functional.linear(self.norm(x, self.final), self.unembedding)
        loss = functional.cross_entropy(logits.flatten(0, 1), self.targets.flatten())
        loss.backward()
        return loss.item()


def product_speed():
    """GFLOP/s of a large product in PyTorch: 100 or more with AVX-512, 30 where OpenBLAS has chosen badly."""
    a = torch.ones(1024, 1024)
    torch.matmul(a, a)
    start = time.perf_counter()
    for _ in range(5):
        torch.matmul(a, a)
    return 5 * 2 * 1024**3 / (time.perf_counter() - start) * 1e-9


def command(cli, name, shape, *more):
    settings = [word for key, value in shape.items() for word in ("--set", f"{key}={value}")]
    return [cli, name, "pre-ln", *settings, *more]


def load(cli, shape):
    with tempfile.TemporaryDirectory() as folder:
        weights, gradients = f"{folder}/weights.safetensors", f"{folder}/gradients.safetensors"
        subprocess.run(command(cli, "weights", shape, "--output", weights), check=True, capture_output=True)
        subprocess.run(command(cli, "gradients", shape, "--output", gradients), check=True, capture_output=True)
        stack = PreLn(stack_file.with_defaults(shape, stack_file.DEFAULTS), tensor_file.read(weights))
        ours, theirs = float(tensor_file.read(gradients)["loss"].item()), stack.run()
    if not math.isclose(ours, theirs, rel_tol=1e-4):
        sys.exit(f"torch_pass.py: the stacks differ: PyTorch's loss is {theirs}, ours {ours}")
    return stack


def time_torch(stack, repeat):
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        stack.run()
        times.append(1e3 * (time.perf_counter() - start))
    return times


def time_ours(cli, shape, repeat):
    done = subprocess.run(command(cli, "bench", shape, "--repeat", str(repeat)), check=True, capture_output=True)
    return json.loads(done.stdout)["pass_ms"]["median"]


def main():
    parser = argparse.ArgumentParser(description="One pass in PyTorch and here.")
    parser.add_argument("cli", help="gradflow-cli")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each side")
    arguments = parser.parse_args()
    if not os.access(arguments.cli, os.X_OK):
        sys.exit(f"torch_pass.py: {arguments.cli} is no program; give the path of gradflow-cli")
    torch.set_num_threads(1)  # its best at these sizes
    kernels = os.environ.get("OPENBLAS_CORETYPE", "chosen by OpenBLAS")
    print(f"PyTorch {torch.__version__}, one thread, OpenBLAS kernels {kernels}: {product_speed():.0f} GFLOP/s")
    print(f"{'layers':>6} {'d_model':>7} {'tokens':>6} {'PyTorch ms':>10} {'ours ms':>8} {'quotient':>8}")
    for shape in SHAPES:
        stack = load(arguments.cli, shape)
        once = statistics.median(time_torch(stack, 5))
        repeat = max(3, round(1000 / once))
        theirs, ours = [], []
        for _ in range(arguments.rounds):
            theirs.append(statistics.median(time_torch(stack, repeat)))
            ours.append(time_ours(arguments.cli, shape, repeat))
        spec = stack_file.with_defaults(shape, stack_file.DEFAULTS)
        tokens = spec["batch_size"] * spec["sequence_length"]
        torch_ms, our_ms = statistics.median(theirs), statistics.median(ours)
        print(f"{spec['num_layers']:6} {spec['d_model']:7} {tokens:6} {torch_ms:10.1f} {our_ms:8.1f} "
              f"{torch_ms / our_ms:8.2f}", flush=True)


if __name__ == "__main__":
    main()
