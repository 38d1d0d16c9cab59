"""A stranger's walk: export a preset, run it in PyTorch, and find the same gradients.

presets_against_torch.py GRADFLOW_CLI GOLDEN_FOLDER: for every preset, at its own width and at most four layers, the stack
file, the weights and the gradients come from the program, the second gradients from reference.py and torch's autograd.
"""
import pathlib, subprocess, sys, tempfile

cli, golden = sys.argv[1:]
sys.path.insert(0, golden)
import numpy as np, reference, stack_file, tensor_file

TOLERANCE = 1e-9  # relative to the tensor, or to this share of the largest gradient, whichever is more
FLOOR = 1e-3


def run(*arguments):
    return subprocess.run([cli, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True).stdout


def worst_error(name, folder):
    stack, weights, gradients = (folder / f for f in ("stack.json", "weights.safetensors", "gradients.safetensors"))
    stack.write_text(run("presets", name))
    depth = min(4, stack_file.read_stack(stack)["num_layers"])
    stack.write_text(stack.read_text().replace(f'"num_layers": {stack_file.read_stack(stack)["num_layers"]}',
                                               f'"num_layers": {depth}', 1))
    run("weights", stack, "--precision", "f64", "--output", weights)
    run("gradients", stack, "--weights", weights, "--precision", "f64", "--output", gradients)
    ours = tensor_file.read(gradients)
    torch_says = reference.Stack(stack_file.read_stack(stack), tensor_file.read(weights)).gradients()
    assert ours.keys() == torch_says.keys(), f"{name}: the two files hold different tensors"
    largest = max(np.linalg.norm(x) for key, x in torch_says.items() if key.startswith("grad."))
    return max((np.linalg.norm(ours[key] - x) / max(np.linalg.norm(x), FLOOR * largest), key)
               for key, x in torch_says.items())


def main():
    names = [line.split()[0] for line in run("presets").splitlines() if line.strip()]
    names = [name for name in names if (pathlib.Path(golden).parents[2] / f"assets/presets/{name}.json").exists()]
    assert len(names) >= 20, f"only {names} are listed"
    failed = 0
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            error, tensor = worst_error(name, pathlib.Path(folder))
        failed += not error < TOLERANCE  # nan fails
        print(f"{name:24} {error:.1e}  {tensor}", flush=True)
    print(f"{len(names) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
