"""The programs that gradflow-cli code writes, run: do they compute what gradflow computes?

generated_code.py GRADFLOW_CLI GOLDEN_FOLDER numpy|pytorch: every golden stack on the golden's weights, and every
preset and option on what gradflow-cli weights writes, shaken so that nothing hides behind norm weights of 1 and biases
of 0. The numbers to meet are the golden's, computed by reference.py, or those of gradflow-cli gradients.
"""
import io, pathlib, runpy, subprocess, sys, tempfile
from contextlib import redirect_stdout

cli, golden, language = sys.argv[1:]
sys.path.insert(0, golden)
import numpy as np, tensor_file

TOLERANCE = 1e-9  # relative to the tensor, or for a gradient to this share of the largest one, whichever is more
FLOOR = 1e-3
SMALL = ["num_layers=2", "d_model=16", "num_heads=2", "d_ff=12", "sequence_length=6", "batch_size=2"]
EVERY_SITE = "entry,pre,branch,post"
# Each on top of Pre-LN and of Post-LN.
OPTIONS = [
    *([f"sublayers.attention.norm={sites}", f"sublayers.ffn.norm={sites}", f"norm.kind={kind}"]
      for sites in ("", "pre", "post", "branch", "pre,branch", "entry", EVERY_SITE)
      for kind in ("layer_norm", "rms_norm")),
    *([f"positions={value}"] for value in ("none", "learned", "sinusoidal", "rotary")),
    *([f"activation={value}"] for value in ("relu", "gelu", "gelu_tanh", "silu", "swiglu", "geglu")),
    *([f"qk_norm={value}", f"norm.kind={kind}"] for value in ("head", "full") for kind in ("layer_norm", "rms_norm")),
    ["qk_norm=head", "positions=rotary", "causal=false"],
    ["bias=false"], ["causal=false"], ["tied_embedding=true"], ["embedding_norm=true"], ["norm.epsilon=0.03"],
    ["residual_scale=0.75"], ["residual_scale=0"], ["residual_scale=deepnorm", "num_layers=3"],
    ["residual_scale=deepnorm", "sublayers.ffn.residual=false"],
    ["sublayers.attention.residual=false"], ["sublayers.ffn.residual=false"],
    ['sublayers.cross_attention={"norm": ["pre"]}', "positions=rotary", "qk_norm=head"],
    ['sublayers.cross_attention={"norm": ["entry", "pre", "branch", "post"], "residual": false}', "causal=false"],
    ["num_layers=5", 'overrides=[{"layers": [1, 3], "sublayers": {"ffn": {"norm": ["branch"], "residual": false}}}]'],
]


def run(*arguments):
    subprocess.run([cli, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def shake(path):
    """Every parameter of a weights file a little off."""
    random, tensors = np.random.RandomState(5), tensor_file.read(path)
    for name, array in tensors.items():
        if name not in ("tokens", "targets", "memory"):
            tensors[name] = array + 0.1 * random.standard_normal(array.shape)
    tensor_file.write(path, tensors)


def drop_targets(path):
    """The same, and every second token without a target, as a training task leaves them."""
    shake(path)
    tensors = tensor_file.read(path)
    targets = tensors["targets"].copy()
    targets[:, ::2] = -1
    tensor_file.write(path, {**tensors, "targets": targets})


def numbers_of(program, weights, results):
    """{name: array} that the program saves, having printed the same loss."""
    sys.argv, printed = [str(program), str(weights), str(results)], io.StringIO()
    with redirect_stdout(printed):
        runpy.run_path(str(program), run_name="__main__")
    numbers = dict(np.load(results))
    assert f"loss {numbers['loss']:.10g}\n" in printed.getvalue()
    return numbers


def worst_error(numbers, expected):
    """(error, name) of the tensor that is off the most."""
    if language == "numpy":
        expected = {name: x for name, x in expected.items() if not name.startswith("grad.")}
    assert numbers.keys() == expected.keys(), sorted(numbers.keys() ^ expected.keys())
    largest = max((np.linalg.norm(x) for name, x in expected.items() if name.startswith("grad.")), default=0.0)
    errors = []
    for name, x in expected.items():
        scale = max(np.linalg.norm(x), FLOOR * largest if name.startswith("grad.") else 0.0)
        error = np.linalg.norm(numbers[name].reshape(x.shape) - x) / scale
        errors.append((np.inf if np.isnan(error) else error, name))
    return max(errors)


def goldens(folder):
    """(name, numbers of the program, numbers of the reference) of every golden that brings its input."""
    for stack in sorted(pathlib.Path(golden).glob("*.json")):
        weights = stack.with_suffix(".weights.safetensors")
        if "tokens" not in tensor_file.read(weights):
            continue
        run("code", stack, "--language", language, "--output", folder / "model.py")
        yield (stack.stem, numbers_of(folder / "model.py", weights, folder / "results.npz"),
               tensor_file.read(stack.with_suffix(".gradients.safetensors")))


def solve(folder, stack, changes, changes_of_code=(), prepare=shake):
    """The numbers of the program for a stack with `changes` (its code with more), and of gradflow-cli."""
    weights, gradients = folder / "weights.safetensors", folder / "gradients.safetensors"
    of_stack = [stack, *(word for change in changes for word in ("--set", change))]
    of_code = [*of_stack, *(word for change in changes_of_code for word in ("--set", change))]
    run("weights", *of_stack, "--output", weights)
    prepare(weights)
    run("gradients", *of_stack, "--weights", weights, "--precision", "f64", "--output", gradients)
    run("code", *of_code, "--language", language, "--output", folder / "model.py")
    return numbers_of(folder / "model.py", weights, folder / "results.npz"), tensor_file.read(gradients)


def as_exported(path):
    """The weights file as it is, in F32."""
    assert tensor_file.read(path)["embedding.token"].dtype == np.float32


def preset_names():
    printed = subprocess.run([cli, "presets"], check=True, stdout=subprocess.PIPE, text=True).stdout
    names = [line.split()[0] for line in printed.splitlines()]
    assert len(names) >= 20, f"only {names} are listed"
    return names


def comparisons(folder):
    yield from goldens(folder)
    for name in preset_names():
        yield name, *solve(folder, name, ["num_layers=3"])
    for stack in ("pre-ln", "post-ln"):
        yield f"{stack} as exported", *solve(folder, stack, SMALL, prepare=as_exported)
        yield f"{stack} without every target", *solve(folder, stack, SMALL, prepare=drop_targets)
        for changes in OPTIONS:
            yield f"{stack} {' '.join(changes)}", *solve(folder, stack, [*SMALL, *changes])


def wrong_programs(folder):
    """Programs of another wiring, whose parameters have the same names and shapes: they must be told apart."""
    for change in ("sublayers.ffn.residual=false", "residual_scale=deepnorm", "causal=false", "norm.epsilon=0.01",
                   "activation=gelu"):
        yield f"code of {change}", *solve(folder, "pre-ln", SMALL, [change])


def main():
    failed = count = 0
    worst = (0.0, "", "")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for label, numbers, expected in comparisons(folder):
            error, tensor = worst_error(numbers, expected)
            worst, count = max(worst, (error, label, tensor)), count + 1
            if not error < TOLERANCE:
                failed += 1
                print(f"FAILED {label}: {tensor} is off by {error:.1e}", flush=True)
        for label, numbers, expected in wrong_programs(folder):
            error, tensor = worst_error(numbers, expected)
            if not error > 1e3 * TOLERANCE:
                failed += 1
                print(f"FAILED {label}: not told apart, {error:.1e}", flush=True)
    print(f"{count} programs in {language}, the worst error {worst[0]:.1e}: {worst[2]} of {worst[1]}; {failed} failed")
    sys.exit(failed > 0)


main()
