#include "app/cli/measure.h"

#include <memory>

#include "app/cli/interrupt.h"
#include "app/cli/output_option.h"
#include "app/cli/progress.h"
#include "app/cli/stack_options.h"
#include "app/cli/threads_option.h"
#include "app/cli/weights_option.h"
#include "core/analysis/analyze.h"
#include "core/analysis/measure.h"
#include "core/analysis/seeds.h"
#include "core/io/input_error.h"
#include "core/io/output_file.h"
#include "core/io/tidy.h"
#include "core/spec/validate.h"

namespace gradflow::cli {
namespace {

struct Options {
  StackOptions stacks;
  int seeds = 1;
  int threads = 0;
  std::string weights;  // a file; empty: the stack's own initial weights
  std::string output = "-";
};

/// The one stack, with weights and input from a file.
ExitCode measure_weights(const Options& chosen) {
  check_single("--weights", chosen.stacks.names().size(), chosen.seeds);
  const StackSpec spec = load_stack_for(chosen.stacks, chosen.weights);
  std::vector<std::string> inputs = chosen.stacks.inputs();
  inputs.push_back(chosen.weights);
  check_output(chosen.output, inputs);
  const Interrupt interrupt;
  OutputFile table(chosen.output);
  Progress progress(1);
  progress.begin("measuring " + spec.name);
  const auto bytes = static_cast<std::size_t>(pass_bytes(spec, sizeof(float)));
  auto model = load_model<float>(spec, chosen.weights, chosen.stacks.memory_limit - bytes, interrupt.token());
  if (!model) return ExitCode::interrupted;
  const auto report = measure_model(spec, model->stack, model->batch, interrupt.token());
  if (!report) return ExitCode::interrupted;
  table.append(kTidyHeader);
  table.append(tidy_rows(*report, spec.seed));
  table.commit();
  return ExitCode::fine;
}

ExitCode measure(const Options& chosen) {
  if (!chosen.weights.empty()) return measure_weights(chosen);
  const std::vector<StackSpec> stacks = load_stacks(chosen.stacks);
  for (const StackSpec& spec : stacks) check_seeds(spec, chosen.seeds);
  const std::size_t memory_limit = chosen.stacks.memory_limit;
  const int passes = static_cast<int>(stacks.size()) * chosen.seeds;
  const int threads = passes_at_once(stacks, chosen.threads, passes, memory_limit);
  check_output(chosen.output, chosen.stacks.inputs());
  const Interrupt interrupt;
  OutputFile table(chosen.output);
  table.append(kTidyHeader);
  Progress progress(passes);
  const auto make_answer = [&]() -> Answer {
    const auto analyzer = std::make_shared<Analyzer>(memory_limit);
    return [&, analyzer](int pass, const std::stop_token& stop) {
      const StackSpec spec = stack_of_pass(stacks, chosen.seeds, pass);
      progress.begin("measuring " + spec.name + ", seed " + std::to_string(spec.seed));
      auto report = analyzer->analyze(spec, stop);
      if (report && !report->error.empty()) throw InputError(report->error);
      return report;
    };
  };
  const auto write = [&](int, const StackReport& report) {
    table.append(tidy_rows(report, report.spec.seed));
  };
  if (!answer_in_order(passes, threads, make_answer, write, interrupt.token())) return ExitCode::interrupted;
  table.commit();
  return ExitCode::fine;
}

}  // namespace

Action declare_measure(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  add_stack_options(options, chosen->stacks);
  add_seeds(options, chosen->seeds, "Measure each stack with N seeds, from its own upwards");
  add_threads(options, chosen->threads);
  add_weights(options, chosen->weights);
  add_table_output(options, chosen->output);
  options.footer(
      "Example: both built-in stacks at depth 48 over five seeds\n"
      "  gradflow-cli measure pre-ln post-ln --set num_layers=48 --seeds 5 --output table.csv");
  return [chosen] { return measure(*chosen); };
}

}  // namespace gradflow::cli
