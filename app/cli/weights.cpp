#include "app/cli/weights.h"

#include <memory>

#include "app/cli/output_option.h"
#include "app/cli/precision.h"
#include "app/cli/progress.h"
#include "app/cli/stack_options.h"
#include "core/io/model_file.h"

namespace gradflow::cli {
namespace {

struct Options {
  StackOptions stacks;
  Precision precision = Precision::f32;
  std::string output;
};

ExitCode weights(const Options& chosen) {
  const StackSpec spec = load_stacks(chosen.stacks).front();
  check_output(chosen.output, chosen.stacks.inputs());
  Progress progress(1);
  progress.begin("writing the weights of " + spec.name);
  const auto write =
      chosen.precision == Precision::f64 ? write_initial_weights<double> : write_initial_weights<float>;
  write(chosen.output, spec);
  return ExitCode::fine;
}

}  // namespace

Action declare_weights(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  add_one_stack_options(options, chosen->stacks);
  add_precision(options, chosen->precision, "Write F32 or F64; the weights are drawn in F32 either way");
  add_tensor_output(options, chosen->output);
  options.footer(
      "The file holds every parameter, the tokens, the targets and the memory of cross-attention.\n"
      "Example: the weights of the built-in Pre-LN stack at depth 24\n"
      "  gradflow-cli weights pre-ln --set num_layers=24 --output weights.safetensors");
  return [chosen] { return weights(*chosen); };
}

}  // namespace gradflow::cli
