"""The stack file as a dictionary: defaults, wiring of a layer, names and shapes of the parameters, input."""

import json
import math
import pathlib

import numpy as np
import torch

SUBLAYER = {"norm": ["pre"], "residual": True}
DEFAULTS = {
    "format": 1, "name": "Pre-LN", "num_layers": 12, "d_model": 64, "num_heads": 4, "d_ff": 256,
    "vocab_size": 256, "sequence_length": 16, "batch_size": 4, "causal": True, "positions": "learned",
    "activation": "relu", "norm": {"kind": "layer_norm", "epsilon": 1e-5}, "bias": True, "qk_norm": "none",
    "tied_embedding": False, "embedding_norm": False,
    "sublayers": {"attention": SUBLAYER, "cross_attention": None, "ffn": SUBLAYER},
    "memory_cosine": 0.9, "residual_scale": 1.0, "final_norm": True,
    "init": {"scheme": "xavier_normal", "gain": 1.0, "residual_output": "none", "embedding_std": 1.0,
             "position_std": 1.0, "clone_layers": False},
    "seed": 1, "input": {"kind": "text", "text": None}, "overrides": [],
}
CHOICES = {
    "format": [1],
    "positions": ["none", "learned", "sinusoidal", "rotary"],
    "activation": ["relu", "gelu", "gelu_tanh", "silu", "swiglu", "geglu"],
    "norm.kind": ["layer_norm", "rms_norm"],
    "qk_norm": ["none", "head", "full"],
    "init.scheme": ["xavier_normal", "xavier_uniform", "normal_0.02", "small_init", "lecun_normal"],
    "init.residual_output": ["none", "gpt2", "deepnorm"],
    "input.kind": ["text", "random"],
}
SITES = ["entry", "pre", "branch", "post"]
GATED = ["swiglu", "geglu"]
DEFAULT_TEXT = pathlib.Path(__file__).parents[3] / "assets/text/default.txt"


def with_defaults(given, default, where=""):
    """What the JSON file holds, with every key that it leaves out; unknown keys and choices raise."""
    full = {}
    for key in given:
        if key not in default:
            raise ValueError(f"unknown key {where}{key}; allowed are {', '.join(default)}")
    for key, value in default.items():
        new = given.get(key, value)
        if isinstance(new, dict):
            new = with_defaults(new, SUBLAYER if key == "cross_attention" else value, f"{where}{key}.")
        allowed = SITES if key == "norm" and isinstance(new, list) else CHOICES.get(where + key)
        for choice in new if isinstance(new, list) and allowed else [new]:
            if allowed and choice not in allowed:
                raise ValueError(f"{where}{key} is {choice}; allowed are {', '.join(map(str, allowed))}")
        full[key] = new
    return full


def read_stack(path):
    return with_defaults(json.loads(pathlib.Path(path).read_text("utf-8")), DEFAULTS)


def sublayers_of(spec, layer):
    """{sub-layer: its wiring} of one layer, in the order they run, overrides applied."""
    sublayers = {name: dict(wiring) for name, wiring in spec["sublayers"].items() if wiring is not None}
    for entry in spec["overrides"]:
        for name, patch in entry["sublayers"].items() if layer in entry["layers"] else ():
            if name not in sublayers:
                raise ValueError(f"overrides name {name}, which this stack does not have")
            sublayers[name].update(patch)
    return {name: sublayers[name] for name in ("attention", "cross_attention", "ffn") if name in sublayers}


def parameter_shapes(spec):
    """{name: shape} of every parameter that the stack has."""
    d, f, vocab = spec["d_model"], spec["d_ff"], spec["vocab_size"]
    shapes = {"embedding.token": (vocab, d)}

    def norm(name):
        shapes[f"{name}.weight"] = (d,)
        if spec["norm"]["kind"] == "layer_norm":
            shapes[f"{name}.bias"] = (d,)

    def linear(place, letter, rows, columns):
        shapes[f"{place}.w_{letter}"] = (rows, columns)
        if spec["bias"]:
            shapes[f"{place}.b_{letter}"] = (columns,)

    if spec["positions"] == "learned":
        shapes["embedding.position"] = (spec["sequence_length"], d)
    if spec["embedding_norm"]:
        norm("embedding.norm")
    for layer in range(spec["num_layers"]):
        for name, wiring in sublayers_of(spec, layer).items():
            place = f"layers.{layer}.{name}"
            if name == "ffn":
                for letter in ("1", "gate") if spec["activation"] in GATED else ("1",):
                    linear(place, letter, d, f)
                linear(place, "2", f, d)
            else:
                for letter in "qkvo":
                    linear(place, letter, d, d)
                for which in ("q", "k") if spec["qk_norm"] != "none" else ():
                    width = d // spec["num_heads"] if spec["qk_norm"] == "head" else d
                    shapes[f"{place}.{which}_norm.weight"] = (width,)
            for site in wiring["norm"]:
                norm(f"{place}.norm_{site}")
    if spec["final_norm"]:
        norm("final_norm")
    if not spec["tied_embedding"]:
        shapes["unembedding"] = (d, vocab)
    return shapes


def tokens_and_targets(spec, tensors):
    """int64 [batch, sequence] each: from the data tensors if they are there, else cut out of the text."""
    shape = spec["batch_size"], spec["sequence_length"]
    if "tokens" in tensors:
        return [torch.tensor(tensors[name].astype(np.int64)).reshape(shape) for name in ("tokens", "targets")]
    if spec["input"]["kind"] != "text":
        raise ValueError("random input is drawn elsewhere: the weights file needs tokens and targets")
    text = spec["input"]["text"]
    data = torch.tensor(list(DEFAULT_TEXT.read_bytes() if text is None else text.encode()))
    place = torch.arange(math.prod(shape)).reshape(shape)
    return data[place % len(data)], data[(place + 1) % len(data)]
