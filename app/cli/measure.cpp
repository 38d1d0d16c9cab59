#include "app/cli/measure.h"

#include <limits>
#include <memory>

#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/stack_options.h"
#include "core/analysis/analyze.h"
#include "core/io/input_error.h"
#include "core/io/output_file.h"
#include "core/io/tidy.h"

namespace gradflow::cli {
namespace {

constexpr int kMaxSeeds = 100000;

struct Options {
  StackOptions stacks;
  int seeds = 1;
  std::string output = "-";
};

/// An output that is one of the inputs would be lost: refused, however the two are spelled.
void check_output(const Options& chosen) {
  std::vector<std::string> inputs = chosen.stacks.stacks;
  inputs.push_back(chosen.stacks.text);
  for (const std::string& input : inputs) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(chosen.output, ignored)) return;
    if (!std::filesystem::equivalent(input, chosen.output, ignored)) continue;
    throw InputError("--output " + chosen.output + " is also an input; it would be overwritten");
  }
}

void check_seeds(const StackSpec& spec, int seeds) {
  const std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
  if (spec.seed <= last - static_cast<std::uint64_t>(seeds - 1)) return;
  throw InputError("seed is " + std::to_string(spec.seed) + " and --seeds is " + std::to_string(seeds) +
                   "; the last seed can be " + std::to_string(last));
}

ExitCode measure(const Options& chosen) {
  std::vector<StackSpec> stacks = load_stacks(chosen.stacks);
  for (const StackSpec& spec : stacks) check_seeds(spec, chosen.seeds);
  check_output(chosen);
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
  add_whole_number(options, "--seeds", chosen->seeds, 1, kMaxSeeds,
                   "Measure each stack with N seeds, from its own upwards");
  options.add_option("--output", chosen->output, "Write the table to a file instead of standard output")
      ->type_name("FILE");
  options.footer(
      "Example: both built-in stacks at depth 48 over five seeds\n"
      "  gradflow-cli measure pre-ln post-ln --set num_layers=48 --seeds 5 --output table.csv");
  return [chosen] { return measure(*chosen); };
}

}  // namespace gradflow::cli
