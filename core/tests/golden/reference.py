#!/usr/bin/env python3
"""A transformer stack, its gradients and what is measured on them, in PyTorch with autograd.

    reference.py STACK.json WEIGHTS.safetensors --output GRADIENTS.safetensors [--table TABLE.csv]

Written from the description of the stack file, the tensor file and the tidy table alone; it shares nothing
with the C++ core. What silently differs between implementations is fixed here as follows.

Norms       LayerNorm: weight * (x - mean) / sqrt(var + epsilon) + bias, biased variance (divided by d);
            RMSNorm: weight * x / sqrt(mean(x^2) + epsilon); epsilon under the root. One kind and one epsilon
            for sites, embedding norm and final norm; QK-norm is RMS with that epsilon too. The key `bias` is
            about linear maps: a LayerNorm always has its bias.
Attention   softmax(q k^T / sqrt(d_head)); heads are contiguous slices of d_model. q and k: linear map with
            bias, then QK-norm (in cross-attention too), then rotary (self-attention alone; positions from 0,
            pairs i and i + d_head/2). Causal: query i sees keys 0..i, in self-attention alone.
Memory      goes into W_K and W_V of cross-attention as it is: no norm, no positions, no gradient of its own.
Embedding   token row plus position, without a factor sqrt(d), then the embedding norm. A tied table's
            gradient is the sum over both of its uses.
Activations `gelu` and `geglu` are exact (erf), only `gelu_tanh` has the tanh; relu'(0) = 0.
Skip        residual_scale where the residual is on; where it is off there is no such term (0 * inf cannot
            arise).
Text        byte b * sequence_length + t, modulo the length, is token [b, t]; the byte after it is its target.
Loss        mean of -log softmax over all batch * sequence positions whose target is not -1, nats.
Streams     stream.0 is after the embedding norm if there is one; stream.L is before the final norm.
Table       stream_* and token_cosine have layers 0..L (after k layers), all else of a layer has 0..L-1; loss
            and norms of parameters outside the layers have none. RMS is over batch, sequence and width;
            branch_rms of b, after a branch norm, before the sum. jacobian_gain: |dL/dx| / |dL/dy| of the sub-
            layer y(x), both paths together; norm_gain: the same of the norm alone, whatever else its input
            feeds. wire_grad_norm: |dL/dt| through the branch alone, SUBLAYER.branch; of what meets U, head; of
            the sum of token and position embedding, embedding. token_cosine: mean over sequences and ordered
            pairs i != j, no row for sequences of one token. attention_entropy: self-attention alone, mean over
            batch, heads and queries, 0 ln 0 = 0.
"""

import argparse
import csv
import math

import torch

import tensor_file
from stack_file import GATED, parameter_shapes, read_stack, sublayers_of, tokens_and_targets


def gelu(x):
    return x * 0.5 * (1 + torch.erf(x / math.sqrt(2)))


def gelu_tanh(x):
    return x * 0.5 * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def silu(x):
    return x * torch.sigmoid(x)


ACTIVATIONS = {
    "relu": torch.relu, "gelu": gelu, "gelu_tanh": gelu_tanh, "silu": silu, "swiglu": silu, "geglu": gelu,
}


class Stack:
    """One forward pass; it keeps what is measured once the loss has been differentiated."""

    def __init__(self, spec, tensors, dtype=torch.float64):
        shapes, data = parameter_shapes(spec), {"tokens", "targets", "memory"}
        for name in sorted((set(tensors) - data) ^ set(shapes)):
            raise ValueError(f"tensor {name} is {'missing' if name in shapes else 'not part of this stack'}")
        for name, shape in shapes.items():
            if tensors[name].shape != shape:
                raise ValueError(f"tensor {name} is {tensors[name].shape}; the stack needs {shape}")
        self.spec = spec
        self.parameters = {name: torch.tensor(tensors[name], dtype=dtype).requires_grad_() for name in shapes}
        self.memory = torch.tensor(tensors["memory"], dtype=dtype) if "memory" in tensors else None
        if spec["sublayers"]["cross_attention"] and self.memory is None:
            raise ValueError("cross-attention needs the tensor memory in the weights file")
        self.tokens, self.targets = tokens_and_targets(spec, tensors)
        self.stream = []  # stream[k] [batch, sequence, d] after k layers
        self.across = {}  # (quantity, layer): (x, y), whose gradients make a gain
        self.wires = {}  # (quantity, layer or None): x, whose gradient's norm is measured
        self.measured = {}  # (quantity, layer): value, of the forward pass
        self.loss = self.forward()
        self.loss.backward()

    def rms_norm(self, name, x):
        scale = torch.sqrt((x * x).mean(-1, keepdim=True) + self.spec["norm"]["epsilon"])
        return self.parameters[f"{name}.weight"] * x / scale

    def norm(self, name, x):
        if self.spec["norm"]["kind"] == "rms_norm":
            return self.rms_norm(name, x)
        return self.rms_norm(name, x - x.mean(-1, keepdim=True)) + self.parameters[f"{name}.bias"]

    def linear(self, place, letter, x):
        y = x @ self.parameters[f"{place}.w_{letter}"]
        return y + self.parameters[f"{place}.b_{letter}"] if self.spec["bias"] else y

    def embedding(self):
        n, d = self.spec["sequence_length"], self.spec["d_model"]
        x = self.parameters["embedding.token"][self.tokens]
        if self.spec["positions"] == "learned":
            x = x + self.parameters["embedding.position"]
        if self.spec["positions"] == "sinusoidal":
            angle = torch.arange(n)[:, None] / 10000 ** (torch.arange(0, d, 2, dtype=torch.float64) / d)
            x = x + torch.stack([angle.sin(), angle.cos()], -1).reshape(n, d).to(x.dtype)
        self.wires["wire_grad_norm/embedding", None] = x
        return self.norm("embedding.norm", x) if self.spec["embedding_norm"] else x

    def rotary(self, x):  # x [batch, heads, sequence, d_head]
        n, width = x.shape[-2:]
        angle = torch.arange(n)[:, None] * 10000 ** (-torch.arange(0, width, 2, dtype=torch.float64) / width)
        c, s = angle.cos().to(x.dtype), angle.sin().to(x.dtype)
        x1, x2 = x[..., : width // 2], x[..., width // 2 :]
        return torch.cat([x1 * c - x2 * s, x2 * c + x1 * s], -1)

    def attention(self, layer, place, x, source, is_self):
        heads, qk_norm = self.spec["num_heads"], self.spec["qk_norm"]

        def project(letter, u):
            y = self.linear(place, letter, u)
            if letter != "v" and qk_norm == "full":
                y = self.rms_norm(f"{place}.{letter}_norm", y)
            y = y.unflatten(-1, (heads, -1)).transpose(1, 2)
            if letter != "v" and qk_norm == "head":
                y = self.rms_norm(f"{place}.{letter}_norm", y)
            rotates = letter != "v" and is_self and self.spec["positions"] == "rotary"
            return self.rotary(y) if rotates else y

        q, k, v = project("q", x), project("k", source), project("v", source)
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        if is_self and self.spec["causal"]:
            scores = scores.masked_fill(torch.ones_like(scores).triu(1).bool(), -math.inf)
        weights = scores.softmax(-1)
        if is_self:
            entropy = torch.special.entr(weights.detach()).sum(-1).mean()
            self.measured["attention_entropy", layer] = entropy.item()
        return self.linear(place, "o", (weights @ v).transpose(1, 2).flatten(2))

    def feed_forward(self, place, x):
        activation, value = ACTIVATIONS[self.spec["activation"]], self.linear(place, "1", x)
        if self.spec["activation"] in GATED:
            return self.linear(place, "2", activation(self.linear(place, "gate", x)) * value)
        return self.linear(place, "2", activation(value))

    def sublayer(self, layer, name, wiring, x):
        place, scale = f"layers.{layer}.{name}", self.spec["residual_scale"]
        skip = (2 * self.spec["num_layers"]) ** 0.25 if scale == "deepnorm" else scale

        def site(which, u):
            if which not in wiring["norm"]:
                return u
            u = u.clone()  # the norm's own input: its gradient leaves out what else the original feeds
            y = self.norm(f"{place}.norm_{which}", u)
            self.across[f"norm_gain/{name}.{which}", layer] = (u, y)
            return y

        t = site("entry", x)
        foot = t.clone()  # the branch's own: its gradient leaves out what the residual hands back
        self.wires[f"wire_grad_norm/{name}.branch", layer] = foot
        u = site("pre", foot)
        if name == "ffn":
            b = self.feed_forward(place, u)
        else:
            is_self = name == "attention"
            b = self.attention(layer, place, u, u if is_self else self.memory, is_self)
        b = site("branch", b)
        y = site("post", skip * t + b if wiring["residual"] else b)
        self.measured[f"branch_rms/{name}", layer] = rms(b)
        self.across[f"jacobian_gain/{name}", layer] = (x, y)
        return y

    def forward(self):
        x = self.embedding()
        self.stream.append(x)
        for layer in range(self.spec["num_layers"]):
            for name, wiring in sublayers_of(self.spec, layer).items():
                x = self.sublayer(layer, name, wiring, x)
            self.stream.append(x)
        h = self.norm("final_norm", x) if self.spec["final_norm"] else x
        self.wires["wire_grad_norm/head", None] = h
        pairs = (end for pair in self.across.values() for end in pair)
        for tensor in [*self.stream, *self.wires.values(), *pairs]:
            tensor.retain_grad()
        tied = self.spec["tied_embedding"]
        logits = h @ (self.parameters["embedding.token"].T if tied else self.parameters["unembedding"])
        aimed = self.targets >= 0
        return -logits[aimed].log_softmax(-1).gather(-1, self.targets[aimed][:, None]).mean()

    def gradients(self):
        """{name: array} of the gradients file."""
        tensors = {"loss": self.loss.reshape(1)}
        tensors.update({f"grad.{name}": p.grad for name, p in self.parameters.items()})
        for k, x in enumerate(self.stream):
            tensors.update({f"stream.{k}": x, f"grad.stream.{k}": x.grad})
        return {name: tensor.detach().numpy() for name, tensor in tensors.items()}

    def table(self):
        """{(quantity, layer or None): value} of the tidy table."""
        values, layer_total = {("loss", None): self.loss.item()}, {}
        for full_name, p in self.parameters.items():
            layer, name = None, full_name
            if name.startswith("layers."):
                _, layer, name = name.split(".", 2)
                layer = int(layer)
                layer_total[layer] = layer_total.get(layer, 0.0) + (p.grad**2).sum().item()
            values[f"grad_norm/{name}", layer] = p.grad.norm().item()
            values[f"weight_norm/{name}", layer] = p.detach().norm().item()
        values.update({("grad_norm/total", layer): math.sqrt(sum_) for layer, sum_ in layer_total.items()})
        for k, x in enumerate(self.stream):
            values["stream_rms", k] = rms(x)
            values["stream_grad_norm", k] = x.grad.norm().item()
            if x.shape[1] > 1:
                values["token_cosine", k] = token_cosine(x.detach())
        values.update(self.measured)
        values.update({key: x.grad.norm().item() for key, x in self.wires.items()})
        values.update({key: (x.grad.norm() / y.grad.norm()).item() for key, (x, y) in self.across.items()})
        return values


def rms(x):
    return x.detach().square().mean().sqrt().item()


def token_cosine(x):  # x [batch, sequence, d]
    unit = x / x.norm(dim=-1, keepdim=True)
    cosine, n = unit @ unit.transpose(1, 2), x.shape[1]
    off_diagonal = cosine.masked_select(~torch.eye(n, dtype=torch.bool))
    return off_diagonal.mean().item()


def write_table(file, spec, values):
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["stack", "seed", "layer", "quantity", "value"])
    order = sorted(values, key=lambda key: (key[1] is not None, key))  # whole-stack quantities first
    for quantity, layer in order:
        text = repr(values[quantity, layer])
        text = text[:-2] if text.endswith(".0") else text
        rows.writerow([spec["name"], spec["seed"], "" if layer is None else layer, quantity, text])


def main():
    parser = argparse.ArgumentParser(description="Gradients of a stack by autograd in float64.")
    parser.add_argument("stack", help="stack file (JSON)")
    parser.add_argument("weights", help="weights and, if given, tokens, targets, memory (safetensors)")
    parser.add_argument("--output", required=True, help="gradients file to write (safetensors)")
    parser.add_argument("--table", help="tidy table to write (CSV)")
    arguments = parser.parse_args()
    spec = read_stack(arguments.stack)
    torch.set_num_threads(1)  # the same bytes every time
    stack = Stack(spec, tensor_file.read(arguments.weights))
    tensor_file.write(arguments.output, stack.gradients())
    if arguments.table:
        with open(arguments.table, "w", encoding="utf-8", newline="") as file:
            write_table(file, spec, stack.table())


if __name__ == "__main__":
    main()
