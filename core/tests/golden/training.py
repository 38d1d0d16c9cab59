"""Small stacks trained for a few steps by torch.optim in float64: what the Trainer must do, too.

Shares nothing with the C++ core. What silently differs between implementations is fixed here as follows.

Batch       copy task: the first half of a sequence is random, the second the same again; a token's target is
            the one that follows it if that is in the second half, else -1, which does not count.
Rate        of step t = 1, 2, ... with W steps of warmup and T in all: peak * t / W while t < W, then peak
            (constant), peak / 2 * (1 + cos(pi (t - W) / (T - W))) (cosine) or peak * sqrt(max(W, 1) / t)
            (inverse_sqrt).
Clipping    torch.nn.utils.clip_grad_norm_ over all parameters together; the norm kept is the one before it.
Optimizers  torch.optim.SGD with momentum .9 and no dampening; Adam and AdamW with betas (.9, .98), epsilon
            1e-8; AdamW with weight decay .1.
Curve       the loss and the gradient norm of each step are those of the weights before the step.
"""

import math

import numpy as np
import torch

import reference

STEPS = 20
SYMBOLS = 6
OPTIMIZERS = {
    "sgd": lambda weights: torch.optim.SGD(weights, lr=0.0, momentum=0.9),
    "adam": lambda weights: torch.optim.Adam(weights, lr=0.0, betas=(0.9, 0.98)),
    "adamw": lambda weights: torch.optim.AdamW(weights, lr=0.0, betas=(0.9, 0.98), weight_decay=0.1),
}
SIZES = {"sequence_length": 6, "batch_size": 3, "vocab_size": SYMBOLS + 1}
POST, SANDWICH = ({"norm": sites, "residual": True} for sites in (["post"], ["pre", "branch"]))
# {stack: keys}, as the rest is in generate.small_stack()
STACKS = {
    "pre-ln": SIZES,
    "post-ln": {**SIZES, "final_norm": False,
                "sublayers": {"attention": POST, "cross_attention": None, "ffn": POST}},
    "gated": {**SIZES, "norm": {"kind": "rms_norm"}, "activation": "swiglu", "positions": "rotary",
              "qk_norm": "head", "tied_embedding": True, "bias": False,
              "sublayers": {"attention": SANDWICH, "cross_attention": None, "ffn": SANDWICH}},
}
# {(stack, optimizer): (peak, schedule, warmup, clip)}; core/tests/training_golden_test.cpp has the same rows
RUNS = {
    ("pre-ln", "sgd"): (0.05, "constant", 0, None),
    ("pre-ln", "adam"): (0.01, "inverse_sqrt", 4, None),
    ("pre-ln", "adamw"): (0.01, "cosine", 5, 0.5),
    ("post-ln", "sgd"): (0.02, "inverse_sqrt", 0, 0.5),
    ("post-ln", "adam"): (0.003, "constant", 10, None),
    ("post-ln", "adamw"): (0.01, "cosine", 0, None),
    ("gated", "adam"): (0.01, "constant", 0, 1.0),
}


def learning_rate(t, peak, schedule, warmup):
    if t < warmup:
        return peak * t / warmup
    if schedule == "cosine":
        return peak / 2 * (1 + math.cos(math.pi * (t - warmup) / (STEPS - warmup)))
    return peak * math.sqrt(max(warmup, 1) / t) if schedule == "inverse_sqrt" else peak


def draw_batches(spec, seed):
    """{tokens, targets}, int32 [step, batch, sequence] each."""
    random, n = np.random.RandomState(seed), spec["sequence_length"]
    half = random.randint(0, SYMBOLS, (STEPS, spec["batch_size"], n // 2)).astype(np.int32)
    tokens = np.concatenate([half, half], -1)
    targets = np.full_like(tokens, -1)
    targets[..., n // 2 - 1 : -1] = half
    return {"tokens": tokens, "targets": targets}


def train(spec, initial, batches, optimizer, peak, schedule, warmup, clip):
    """The final weights {name: array}, and {loss, gradient_norm}, [step] each."""
    weights = {name: torch.tensor(array).requires_grad_() for name, array in initial.items()}
    steps, losses, norms = OPTIMIZERS[optimizer](weights.values()), [], []
    for t in range(1, STEPS + 1):
        batch = {name: array[t - 1] for name, array in batches.items()}
        stack = reference.Stack(spec, {name: w.detach().numpy() for name, w in weights.items()} | batch)
        for name, w in weights.items():
            w.grad = stack.parameters[name].grad
        losses.append(stack.loss.item())
        norms.append(torch.nn.utils.clip_grad_norm_(weights.values(), clip or math.inf).item())
        steps.param_groups[0]["lr"] = learning_rate(t, peak, schedule, warmup)
        steps.step()
    final = {name: w.detach().numpy() for name, w in weights.items()}
    return final, {"loss": np.array(losses), "gradient_norm": np.array(norms)}
