#!/usr/bin/env python3
"""Writes the goldens: small stacks with weights, gradients and table by reference.py.

    generate.py FOLDER          writes NAME.json, .weights.safetensors, .gradients.safetensors and .csv; in
                                training/ NAME.json, .weights.safetensors, .batches.safetensors, and of each
                                optimizer NAME.OPTIMIZER.weights.safetensors and .curve.safetensors
    generate.py --check FOLDER  compares with the folder's to a relative 1e-12, training's to 1e-10;
                                exit status 1 if they differ

Two families: stacks that between them hold every pair of values of FACTORS (and every wiring row x norm kind
x residual on or off), and named ones for what pairs do not reach. Norm weights, biases and the memory are
drawn so that nothing hides behind 1 and 0. Weights are drawn again until no gradient is nearly zero that
theory does not make zero: it would compare rounding errors. A stack file leaves out what has its default. The
keys of `init` do not matter to a golden, which brings its weights; they vary all the same, to be read.
Everything is drawn by numpy's RandomState, which is frozen, so the same bytes come out every time; another
BLAS may differ in the last bits, hence the tolerance.
"""

import argparse
import csv
import io
import itertools
import json
import math
import pathlib
import sys
import zlib

import numpy as np
import torch

import reference
import stack_file
import tensor_file
import training

TOLERANCE = 1e-12
TRAINED_TOLERANCE = 1e-10  # Adam divides the rounding errors of a zero gradient by its epsilon, 1e-8
SMALLEST_GRADIENT = 3e-4  # of a parameter, relative to the norm of all of them together
MAX_DRAWS = 300
WIRINGS = {"none": [], "pre": ["pre"], "post": ["post"], "output": ["branch"], "sandwich": ["pre", "branch"],
           "entry": ["entry"]}
# The residual wire: (on, residual_scale); where it is cut, the scale must not matter.
SKIPS = {"skip": (True, 1.0), "scaled": (True, 0.75), "deepnorm": (True, "deepnorm"), "cut": (False, 1.0),
         "cut-deepnorm": (False, "deepnorm")}
# (num_layers, d_model, num_heads, d_ff, sequence_length)
SHAPES = [(2, 8, 2, 9, 5), (2, 8, 4, 7, 4), (3, 8, 2, 6, 4), (2, 10, 1, 6, 4)]
FACTORS = {
    "wiring": list(WIRINGS), "skip": list(SKIPS), "norm.kind": ["layer_norm", "rms_norm"],
    "norm.epsilon": [1e-5, 0.03], "shape": SHAPES, "cross_attention": [False, True],
    "positions": stack_file.CHOICES["positions"], "activation": stack_file.CHOICES["activation"],
    "qk_norm": stack_file.CHOICES["qk_norm"], "init.scheme": stack_file.CHOICES["init.scheme"],
    "init.residual_output": stack_file.CHOICES["init.residual_output"], "init.clone_layers": [False, True],
    "bias": [True, False], "tied_embedding": [False, True], "embedding_norm": [False, True],
    "causal": [True, False], "final_norm": [True, False],
}


def pairs(row):
    return set(itertools.combinations(sorted(row.items(), key=lambda item: item[0]), 2))


def covering_rows():
    """Rows {factor: value}: first the required ones, filled greedily, then as many as leave no pair out."""
    random = np.random.RandomState(20)
    named = [(w, s) for w in WIRINGS for s in ("skip", "cut")]
    named += [("post", "deepnorm"), ("post", "cut-deepnorm")]
    required = [{"wiring": w, "skip": s, "norm.kind": k} for w, s in named for k in FACTORS["norm.kind"]]
    missing = set()
    for a, b in itertools.combinations(sorted(FACTORS), 2):
        missing |= {((a, x), (b, y)) for x in FACTORS[a] for y in FACTORS[b]}
    rows = []
    while required or missing:
        start = required.pop(0) if required else dict(min(missing, key=repr))
        candidates = []
        for _ in range(60):
            row = dict(start)
            for factor in random.permutation(sorted(set(FACTORS) - set(row))):
                options = [FACTORS[factor][i] for i in random.permutation(len(FACTORS[factor]))]
                row[factor] = max(options, key=lambda value: len(pairs({**row, factor: value}) & missing))
            candidates.append(row)
        rows.append(max(candidates, key=lambda row: len(pairs(row) & missing)))
        missing -= pairs(rows[-1])
    return rows


def small_stack(name, shape=SHAPES[0], **keys):
    sizes = dict(zip(("num_layers", "d_model", "num_heads", "d_ff", "sequence_length"), shape))
    given = {"name": name, **sizes, "vocab_size": 11, "batch_size": 2, "input": {"kind": "random"}, **keys}
    return stack_file.with_defaults(given, stack_file.DEFAULTS)


def stack_of(number, row):
    residual, scale = SKIPS[row["skip"]]
    wiring = {"norm": WIRINGS[row["wiring"]], "residual": residual}
    name = f"{number:02}-{row['wiring']}-{row['skip']}-{row['norm.kind']}"
    spec = small_stack(name, row["shape"], seed=number + 1, residual_scale=scale)
    if not residual:
        spec["memory_cosine"] = 0.0  # with a memory of like tokens all would become equal
    spec["sublayers"] = {"attention": wiring, "cross_attention": wiring if row["cross_attention"] else None,
                         "ffn": wiring}
    for key, value in row.items():
        if key in ("wiring", "skip", "shape", "cross_attention"):
            continue
        place, _, inner = key.partition(".")
        if inner:
            spec[place][inner] = value
        else:
            spec[place] = value
    return spec


def wired(attention, ffn, cross_attention=None):
    """The sub-layers, each as its sites in one string; a leading ! cuts the residual."""
    def wiring(sites):
        return {"norm": sites.strip("! ").split(), "residual": not sites.startswith("!")}

    cross = {} if cross_attention is None else {"cross_attention": wiring(cross_attention)}
    return {"attention": wiring(attention), "ffn": wiring(ffn), **cross}


def named_stacks():
    """{file name: stack} of what pairs do not reach."""
    every = "entry pre branch post"
    deep, text = (4, 8, 2, 6, 4), "Größe ≠ Maß; the quick fox."  # 32 bytes, fewer than the 36 positions
    return {
        "all-sites": small_stack(
            "all-sites", qk_norm="head", memory_cosine=0.5, sublayers=wired(every, every, every)),
        "two-sites": small_stack(
            "two-sites", norm={"kind": "rms_norm"}, activation="geglu", memory_cosine=0.0,
            sublayers=wired("entry post", "pre post", "!entry branch")),
        "two-other-sites": small_stack(
            "two-other-sites", causal=False,
            sublayers=wired("entry pre", "branch post", "entry branch post")),
        "three-sites": small_stack(
            "three-sites", residual_scale=-1.25, positions="sinusoidal",
            sublayers=wired("entry pre post", "pre branch post", "entry pre branch")),
        "mixed-sublayers": small_stack(
            "mixed-sublayers", causal=False, sublayers=wired("post", "branch", "pre")),
        "overrides": small_stack(
            "overrides", deep, activation="swiglu", residual_scale=0.75, memory_cosine=0.0,
            sublayers=wired("pre", "pre", "post"),
            overrides=[
                {"layers": [1, 2], "sublayers": {"attention": {"norm": ["post"]},
                                                 "ffn": {"residual": False}}},
                {"layers": [2], "sublayers": {"attention": {"norm": [], "residual": False},
                                              "ffn": {"residual": True}}},
                {"layers": [3, 0], "sublayers": {"cross_attention": {"norm": ["pre", "branch"],
                                                                     "residual": False}}},
            ]),
        "deepnorm": small_stack(
            "deepnorm", deep, residual_scale="deepnorm", final_norm=False,
            init={"residual_output": "deepnorm"}, sublayers=wired("post", "post"),
            overrides=[{"layers": [1], "sublayers": {"ffn": {"residual": False}}}]),
        "wide": small_stack(
            "wide", (2, 16, 2, 16, 6), positions="rotary", qk_norm="full", activation="gelu_tanh",
            seed=9007199254740993, init={"gain": 0.5, "embedding_std": 0.02, "position_std": 0.5}),
        "text": small_stack(
            'text, "wrapped"', (2, 8, 2, 8, 6), vocab_size=256, batch_size=6, tied_embedding=True,
            input={"kind": "text", "text": text}),
    }


def without_defaults(full, default):
    """`full` less every key that has its default; `cross_attention` is kept whole where there is one."""
    given = {}
    for key, value in full.items():
        if isinstance(value, dict) and isinstance(default[key], dict):
            value = without_defaults(value, default[key])
            if value:
                given[key] = value
        elif value != default[key]:
            given[key] = value
    return given


def draw(spec, seed):
    """{name: array} of a weights file."""
    random = np.random.RandomState(seed)
    gain = random.uniform(0.7, 1.3)
    tensors = {}
    for name, shape in stack_file.parameter_shapes(spec).items():
        drawn = random.standard_normal(shape)
        if name.startswith("embedding."):
            tensors[name] = drawn
        elif len(shape) == 2:
            tensors[name] = gain * drawn / math.sqrt(shape[0])
        else:
            tensors[name] = 0.3 * drawn
        if "norm" in name and name.endswith(".weight"):
            tensors[name] = 1 + 0.3 * drawn
    batch, n, d = (spec[key] for key in ("batch_size", "sequence_length", "d_model"))
    if spec["input"]["kind"] == "random":
        for name in ("tokens", "targets"):
            tensors[name] = random.randint(0, spec["vocab_size"], (batch, n)).astype(np.int32)
    if spec["sublayers"]["cross_attention"]:
        c = spec["memory_cosine"]
        shared, own = random.standard_normal((batch, 1, d)), random.standard_normal((batch, n, d))
        tensors["memory"] = math.sqrt(c) * shared + math.sqrt(1 - c) * own
    return tensors


def is_zero_in_theory(spec, name):
    """Softmax does not see what all keys have in common: b_k, unless a norm or a rotation comes between."""
    rotates = spec["positions"] == "rotary" and "cross_attention" not in name
    return name.endswith(".b_k") and spec["qk_norm"] == "none" and not rotates


def solve(spec, file_name):
    """The weights file's tensors and the finished pass: the first of the draws that is well conditioned."""
    for attempt in range(MAX_DRAWS):
        tensors = draw(spec, zlib.crc32(f"{file_name} {attempt}".encode()))
        stack = reference.Stack(spec, tensors)
        norms = {name: p.grad.norm().item() for name, p in stack.parameters.items()}
        smallest = min(norm for name, norm in norms.items() if not is_zero_in_theory(spec, name))
        if smallest > SMALLEST_GRADIENT * math.hypot(*norms.values()):
            return tensors, stack
    raise ValueError(f"{file_name}: none of {MAX_DRAWS} draws is well conditioned")


def stack_bytes(spec):
    given = {"format": 1, **without_defaults(spec, stack_file.DEFAULTS)}
    return (json.dumps(given, indent=2, ensure_ascii=False) + "\n").encode()


def goldens():
    """{file name: bytes} of the whole folder."""
    stacks = [stack_of(number, row) for number, row in enumerate(covering_rows())]
    files = {}
    for name, spec in {**{spec["name"]: spec for spec in stacks}, **named_stacks()}.items():
        (tensors, stack), table = solve(spec, name), io.StringIO()
        reference.write_table(table, spec, stack.table())
        files[f"{name}.json"] = stack_bytes(spec)
        files[f"{name}.weights.safetensors"] = tensor_file.encode(tensors)
        files[f"{name}.gradients.safetensors"] = tensor_file.encode(stack.gradients())
        files[f"{name}.csv"] = table.getvalue().encode()
    return files | training_goldens()


def training_goldens():
    """{file name: bytes} of the folder `training`."""
    files = {}
    for (name, optimizer), settings in training.RUNS.items():
        spec, seed = small_stack(name, **training.STACKS[name]), zlib.crc32(name.encode())
        initial = {key: x for key, x in draw(spec, seed).items() if key not in ("tokens", "targets")}
        batches = training.draw_batches(spec, seed)
        final, curve = training.train(spec, initial, batches, optimizer, *settings)
        files[f"training/{name}.json"] = stack_bytes(spec)
        files[f"training/{name}.weights.safetensors"] = tensor_file.encode(initial)
        files[f"training/{name}.batches.safetensors"] = tensor_file.encode(batches)
        files[f"training/{name}.{optimizer}.weights.safetensors"] = tensor_file.encode(final)
        files[f"training/{name}.{optimizer}.curve.safetensors"] = tensor_file.encode(curve)
    return files


def numbers_of(name, content):
    """{key: array} of a file; the rows of a table are keyed by layer and quantity."""
    if name.endswith(".csv"):
        rows = csv.DictReader(io.StringIO(content.decode(), newline=""))
        return {f"{row['quantity']} {row['layer']}": np.array(float(row["value"])) for row in rows}
    return tensor_file.decode(content)


def differences(name, old, new):
    """Sentences. An error counts against the tensor's own norm, but at least against a thousandth of the
    file's largest gradient: a gradient that is zero in theory (b_k without QK-norm) is rounding noise."""
    if name.endswith(".json"):
        return [] if old == new else [f"{name} differs"]
    tolerance = TRAINED_TOLERANCE if name.startswith("training/") else TOLERANCE
    old, new = numbers_of(name, old), numbers_of(name, new)
    if {key: value.shape for key, value in old.items()} != {key: value.shape for key, value in new.items()}:
        return [f"{name} holds other names or shapes"]
    is_gradient = {key: key.startswith("grad") for key in new}
    largest = max([np.linalg.norm(new[key]) for key in new if is_gradient[key]], default=0.0)
    sentences = []
    for key in new:
        scale = max(np.linalg.norm(new[key]), 1e-3 * largest if is_gradient[key] else 0.0)
        error = np.linalg.norm(old[key] - new[key])
        if not error <= tolerance * scale:
            sentences.append(f"{name}: {key} is off by {error:.3g}, allowed is {tolerance * scale:.3g}")
    return sentences


def check(folder, files):
    paths = [path for path in folder.rglob("*") if path.suffix in (".json", ".safetensors", ".csv")]
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    odd = sorted(set(found) ^ set(files))
    sentences = [f"{name} is {'missing' if name in files else 'not a golden'}" for name in odd]
    for name in sorted(set(found) & set(files)):
        sentences += differences(name, found[name], files[name])
    print(*sentences, f"{len(files)} files, {len(sentences)} differences", sep="\n")
    return 1 if sentences else 0


def main():
    parser = argparse.ArgumentParser(description="Writes or checks the goldens.")
    parser.add_argument("--check", action="store_true", help="compare with the folder, write nothing")
    parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    files = goldens()
    if arguments.check:
        sys.exit(check(arguments.folder, files))
    (arguments.folder / "training").mkdir(exist_ok=True)
    for name, content in files.items():
        (arguments.folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
