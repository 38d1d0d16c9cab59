#include "app/cli/gradients.h"

#include <memory>

#include "app/cli/interrupt.h"
#include "app/cli/output_option.h"
#include "app/cli/precision.h"
#include "app/cli/progress.h"
#include "app/cli/stack_options.h"
#include "app/cli/weights_option.h"
#include "core/io/model_file.h"
#include "core/model/parameters.h"
#include "core/spec/validate.h"

namespace gradflow::cli {
namespace {

struct Options {
  StackOptions stacks;
  std::string weights;  // a file; empty: the stack's own initial weights
  Precision precision = Precision::f32;
  std::string output;
};

/// Weights, activations, all gradients, and the gradient of the stream at every layer.
template <class T>
double bytes_needed(const StackSpec& spec) {
  const double stream = static_cast<double>(spec.batch_size) * spec.sequence_length * spec.d_model;
  return pass_bytes(spec, sizeof(T), true) + stream * (spec.num_layers + 1) * sizeof(T);
}

/// The forward and backward pass; false when a stop was requested on the way.
template <class T>
bool run(const Stack<T>& stack, const Batch<T>& batch, const std::stop_token& stop, StackTape<T>& tape,
         Stack<T>& gradient, std::vector<Matrix<T>>& dstream, double& loss) {
  const std::size_t depth = stack.layers.size();
  tape.layers.resize(depth);
  dstream.resize(depth + 1);
  forward_embedding(stack.ends, batch, tape);
  for (std::size_t l = 0; l < depth; ++l) {
    if (stop.stop_requested()) return false;
    forward_layer(stack.layers[l], batch, l, tape);
  }
  loss = forward_head(stack.ends, batch, depth, tape);
  StackWork<T> work;
  LayerGradient met;
  dstream[depth] = backward_head(stack.ends, batch, depth, tape, gradient.ends, work);
  for (std::size_t l = depth; l-- > 0;) {
    if (stop.stop_requested()) return false;
    dstream[l] = backward_layer(stack.layers[l], l, tape, dstream[l + 1], gradient.layers[l], work, met);
  }
  backward_embedding(stack.ends, batch, tape, dstream[0], gradient.ends, work);
  return true;
}

template <class T>
ExitCode gradients(const Options& chosen, const StackSpec& spec) {
  const double bytes = bytes_needed<T>(spec);
  check_memory(spec, bytes, chosen.stacks.memory_limit);
  const Interrupt interrupt;
  Progress progress(1);
  progress.begin("computing the gradients of " + spec.name);
  const std::size_t left = chosen.stacks.memory_limit - static_cast<std::size_t>(bytes);
  const auto model = load_model_for<T>(spec, chosen.weights, left, interrupt.token());
  if (!model) return ExitCode::interrupted;
  const auto& [stack, batch] = *model;
  Stack<T> gradient = stack;
  set_zero(gradient);
  StackTape<T> tape;
  std::vector<Matrix<T>> dstream;
  double loss = 0;
  if (!run(stack, batch, interrupt.token(), tape, gradient, dstream, loss)) return ExitCode::interrupted;
  write_gradients<T>(chosen.output, spec, {loss, &gradient, &tape, &dstream});
  return ExitCode::fine;
}

ExitCode choose_precision(const Options& chosen) {
  const StackSpec spec = load_stack_for(chosen.stacks, chosen.weights);
  std::vector<std::string> inputs = chosen.stacks.inputs();
  inputs.push_back(chosen.weights);
  check_output(chosen.output, inputs);
  return chosen.precision == Precision::f64 ? gradients<double>(chosen, spec)
                                            : gradients<float>(chosen, spec);
}

}  // namespace

Action declare_gradients(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  add_one_stack_options(options, chosen->stacks);
  add_weights(options, chosen->weights);
  add_precision(options, chosen->precision, "Compute and write in F32 or F64");
  add_tensor_output(options, chosen->output);
  options.footer(
      "The file holds the loss, grad.NAME of every parameter, and stream.K and grad.stream.K, the residual\n"
      "stream after K layers and its gradient.\n"
      "Example: every gradient of the built-in Post-LN stack in double\n"
      "  gradflow-cli gradients post-ln --precision f64 --output gradients.safetensors");
  return [chosen] { return choose_precision(*chosen); };
}

}  // namespace gradflow::cli
