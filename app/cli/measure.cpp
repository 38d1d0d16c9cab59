#include "app/cli/measure.h"

#include <memory>

#include "app/cli/interrupt.h"
#include "app/cli/output_option.h"
#include "app/cli/progress.h"
#include "app/cli/stack_options.h"
#include "core/analysis/analyze.h"
#include "core/io/input_error.h"
#include "core/io/output_file.h"
#include "core/io/tidy.h"

namespace gradflow::cli {
namespace {

struct Options {
  StackOptions stacks;
  int seeds = 1;
  std::string output = "-";
};

ExitCode measure(const Options& chosen) {
  std::vector<StackSpec> stacks = load_stacks(chosen.stacks);
  for (const StackSpec& spec : stacks) check_seeds(spec, chosen.seeds);
  check_output(chosen.output, chosen.stacks.inputs());
  const Interrupt interrupt;
  OutputFile table(chosen.output);
  table.append(kTidyHeader);
  Progress progress(static_cast<int>(stacks.size()) * chosen.seeds);
  Analyzer analyzer(chosen.stacks.memory_limit);
  for (StackSpec& spec : stacks) {
    for (int i = 0; i < chosen.seeds; ++i, ++spec.seed) {
      progress.begin("measuring " + spec.name + ", seed " + std::to_string(spec.seed));
      const auto report = analyzer.analyze(spec, interrupt.token());
      if (!report || interrupt.token().stop_requested()) return ExitCode::interrupted;
      if (!report->error.empty()) throw InputError(report->error);
      table.append(tidy_rows(*report, spec.seed));
    }
  }
  table.commit();
  return ExitCode::fine;
}

}  // namespace

Action declare_measure(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  add_stack_options(options, chosen->stacks);
  add_seeds(options, chosen->seeds, "Measure each stack with N seeds, from its own upwards");
  add_table_output(options, chosen->output);
  options.footer(
      "Example: both built-in stacks at depth 48 over five seeds\n"
      "  gradflow-cli measure pre-ln post-ln --set num_layers=48 --seeds 5 --output table.csv");
  return [chosen] { return measure(*chosen); };
}

}  // namespace gradflow::cli
