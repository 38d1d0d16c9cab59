#include "app/cli/depth_law.h"

#include <memory>
#include <optional>

#include "app/cli/interrupt.h"
#include "app/cli/output_option.h"
#include "app/cli/progress.h"
#include "app/cli/stack_options.h"
#include "app/cli/threads_option.h"
#include "core/analysis/depth_law.h"
#include "core/analysis/seeds.h"
#include "core/io/output_file.h"
#include "core/io/tidy.h"
#include "core/spec/validate.h"

namespace gradflow::cli {
namespace {

const int kMaxDepth = kIntFields[0].max;

struct Options {
  StackOptions stacks;
  int max_depth = 0;
  int seeds = 1;
  int threads = 0;
  int fit_from = kFitFrom;
  std::string output = "-";
};

/// The exponents belong to no seed and to no layer.
std::string exponent_rows(const StackSpec& spec, std::span<const StackReport> seeds, int fit_from) {
  StackReport law;
  law.spec = spec;
  add_exponents(fit_exponents(seeds, fit_from), &law);
  return tidy_rows(law, std::nullopt);
}

/// The law of one stack and seed; every thread has its own.
Answer make_answer(const Options& chosen, std::span<const StackSpec> stacks, Progress& progress) {
  const int laws = static_cast<int>(stacks.size()) * chosen.seeds;
  return [&chosen, stacks, laws, &progress](int law, const std::stop_token& stop) {
    const StackSpec spec = stack_of_pass(stacks, chosen.seeds, law);
    const std::string doing = spec.name + ", seed " + std::to_string(spec.seed) + ", depth ";
    const auto show = [&](const DepthPoint& point) {
      progress.show_step(doing + std::to_string(point.depth), law + 1, laws);
    };
    return depth_law({spec, all_depths(chosen.max_depth), DepthEnds::both, chosen.stacks.memory_limit}, show,
                     stop);
  };
}

ExitCode depth_laws(const Options& chosen) {
  std::vector<StackSpec> stacks = load_stacks(chosen.stacks);
  for (StackSpec& spec : stacks) {
    check_seeds(spec, chosen.seeds);
    spec.num_layers = chosen.max_depth;
    validate(spec, chosen.stacks.memory_limit);  // before anything is written
  }
  const int laws = static_cast<int>(stacks.size()) * chosen.seeds;
  const int threads = passes_at_once(stacks, chosen.threads, laws, chosen.stacks.memory_limit);
  check_output(chosen.output, chosen.stacks.inputs());
  const Interrupt interrupt;
  OutputFile table(chosen.output);
  table.append(kTidyHeader);
  Progress progress;
  std::vector<StackReport> seeds;  // of one stack
  const auto write = [&](int law, StackReport report) {
    table.append(tidy_rows(report, report.spec.seed));
    seeds.push_back(std::move(report));
    if ((law + 1) % chosen.seeds != 0) return;
    table.append(exponent_rows(seeds.front().spec, seeds, chosen.fit_from));
    seeds.clear();
  };
  const bool finished = answer_in_order(
      laws, threads, [&] { return make_answer(chosen, stacks, progress); }, write, interrupt.token());
  if (!finished) return ExitCode::interrupted;
  table.commit();
  return ExitCode::fine;
}

}  // namespace

Action declare_depth_law(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  add_stack_options(options, chosen->stacks);
  chosen->max_depth = 96;
  add_whole_number(options, "--max-depth", chosen->max_depth, 1, kMaxDepth,
                   "Measure every depth from 1 to N");
  add_seeds(options, chosen->seeds, "Measure each stack with N seeds, from its own upwards");
  add_threads(options, chosen->threads);
  add_whole_number(options, "--fit-from", chosen->fit_from, 1, kMaxDepth,
                   "Fit the exponents to depths from N upwards");
  add_table_output(options, chosen->output);
  options.footer(
      "The column layer holds the depth. exponent/ and exponent_se/ have no seed: each seed's gradients are\n"
      "fitted on log-log, and these are the mean of the slopes and its standard error over the seeds (of a\n"
      "single seed, the slope and the standard error of the line).\n"
      "Example: how the gradients at both ends depend on depth, over three seeds\n"
      "  gradflow-cli depth-law pre-ln post-ln --max-depth 24 --seeds 3 --output depth.csv");
  return [chosen] { return depth_laws(*chosen); };
}

}  // namespace gradflow::cli
