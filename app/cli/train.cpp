#include "app/cli/train.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <memory>

#include "app/cli/interrupt.h"
#include "app/cli/lanes.h"
#include "app/cli/output_option.h"
#include "app/cli/precision.h"
#include "app/cli/progress.h"
#include "app/cli/stack_options.h"
#include "app/cli/threads_option.h"
#include "app/cli/training_options.h"
#include "core/analysis/seeds.h"
#include "core/io/descriptor.h"
#include "core/io/input_error.h"
#include "core/io/training_table.h"
#include "core/spec/validate.h"
#include "core/training/verdict.h"

namespace gradflow::cli {
namespace {

struct Options {
  StackOptions stacks;
  TrainingOptions training;
  Precision precision = Precision::f32;
  int seeds = 1;
  int threads = 0;
  std::string output = "-";
  std::string checkpoint;  // a file; empty: none

  std::size_t scalar_size() const { return precision == Precision::f64 ? sizeof(double) : sizeof(float); }
};

std::string figure(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

/// "training, loss 0.52 to 2.77, 480 steps/s (120 of 300, 2 s)" on a terminal.
class RaceProgress {
 public:
  RaceProgress(std::span<const LaneReport> lanes, int steps) : lanes_(lanes), steps_(steps) {}

  /// A lane has made this step.
  void show(int step) {
    double low = INFINITY;
    double high = -INFINITY;
    for (const LaneReport& lane : lanes_) {
      if (lane.history.empty() || lane.breakdown) continue;
      const double loss = lane.history.spans().back().low.mean_loss;
      low = std::min(low, loss);
      high = std::max(high, loss);
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    std::string what = "training";
    if (low <= high) what += ", loss " + figure(low) + (low < high ? " to " + figure(high) : "");
    progress_.show_step(what + ", " + figure(step / seconds) + " steps/s", step, steps_);
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::span<const LaneReport> lanes_;
  const int steps_;
  const Clock::time_point start_ = Clock::now();
  Progress progress_;
};

void check_memory_of_lanes(const Options& chosen, std::span<const LaneReport> lanes) {
  double bytes = 0;
  for (const LaneReport& lane : lanes) bytes += training_bytes(lane.stack, chosen.scalar_size());
  const auto limit = static_cast<double>(chosen.stacks.memory_limit);
  if (bytes <= limit) return;
  throw InputError("the " + std::to_string(lanes.size()) + " lanes of the race, one a stack and seed, need " +
                   gib(bytes) + " GiB of memory together; the limit is " + gib(limit) + " GiB");
}

void check_files(const Options& chosen, std::size_t stacks) {
  check_output(chosen.output, chosen.stacks.inputs());
  if (chosen.checkpoint.empty()) return;
  check_single("--checkpoint", stacks, chosen.seeds);
  check_output(chosen.checkpoint, chosen.stacks.inputs(), "--checkpoint");
  check_outputs(chosen.output, chosen.checkpoint, "--checkpoint");
}

/// What a race leaves behind. Where one file fails, the other is still saved.
class Results {
 public:
  explicit Results(const Options& chosen) : table_(chosen.output) {
    if (!chosen.checkpoint.empty()) checkpoint_.emplace(chosen.checkpoint);
    table_.append(kTrainingHeader);
  }

  /// Does something that may fail, and remembers the first that did.
  template <class Fn>
  void attempt(const Fn& fn) {
    try {
      fn();
    } catch (const InputError&) {
      if (!complaint_) complaint_ = std::current_exception();
    }
  }

  void append(const std::string& rows) { table_.append(rows); }

  template <class T>
  void save(Trainers<T>& trainers) {
    if (!complaint_) attempt([&] { table_.commit(); });
    if (checkpoint_) attempt([&] { trainers.save(0, *checkpoint_); });
    if (complaint_) std::rethrow_exception(complaint_);
  }

 private:
  OutputFile table_;
  std::optional<OutputFile> checkpoint_;
  std::exception_ptr complaint_;
};

void print_verdicts(const Options& chosen, std::span<const LaneReport> lanes) {
  std::vector<const LaneReport*> pointers;
  for (const LaneReport& lane : lanes) pointers.push_back(&lane);
  const std::vector<std::string> names = names_of(lanes, chosen.seeds);
  const std::vector<Verdict> verdicts = judge_race(pointers, names);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    std::fprintf(stderr, "%s: %s\n", names[i].c_str(), verdicts[i].sentence.c_str());
  }
}

[[noreturn]] void say_interrupted(const Options& chosen, int step) {
  std::string sentence = "interrupted after step " + std::to_string(step) + " of " +
                         std::to_string(chosen.training.spec.steps) + "; " +
                         file_name(chosen.output, "standard output") + " has the table up to there";
  if (!chosen.checkpoint.empty()) {
    sentence += " and " + file_name(chosen.checkpoint, "standard output") + " the weights";
  }
  throw Interrupted(sentence);
}

template <class T>
ExitCode race(const Options& chosen, std::vector<LaneReport> lanes) {
  const int count = static_cast<int>(lanes.size());
  const int threads = std::min(count, chosen.threads > 0 ? chosen.threads : hardware_threads());
  const Interrupt interrupt;
  Results results(chosen);
  Trainers<T> trainers(lanes);
  bool finished = false;
  results.attempt([&] {
    RaceProgress progress(lanes, chosen.training.spec.steps);
    const auto make_step = [&](int lane, const std::stop_token& stop) { return trainers.step(lane, stop); };
    const auto on_step = [&](int lane, const LaneStep& step) {
      LaneReport& report = lanes[static_cast<std::size_t>(lane)];
      take_in(step, report);
      results.append(training_rows(report, step.report));
      progress.show(step.report.step);
    };
    finished = race_in_order(count, threads, make_step, on_step, interrupt.token());
  });
  const int step = steps_of(lanes);
  if (!finished && step == 0) return ExitCode::interrupted;
  results.save(trainers);
  print_verdicts(chosen, lanes);
  if (!finished) say_interrupted(chosen, step);
  return ExitCode::fine;
}

ExitCode train(const Options& chosen) {
  check_training_options(chosen.training);
  const TrainingSpec& training = chosen.training.spec;
  if (!chosen.stacks.text.empty() && training.task != Task::text) {
    throw InputError("--text is given, but only --task text uses it");
  }
  const std::vector<StackSpec> stacks = load_stacks(chosen.stacks, [&](const StackSpec& spec) {
    validate_training(spec, training, chosen.stacks.memory_limit, chosen.scalar_size());
  });
  for (const StackSpec& spec : stacks) check_seeds(spec, chosen.seeds);
  check_files(chosen, stacks.size());
  std::vector<LaneReport> lanes = lanes_of(stacks, chosen.seeds, training);
  check_memory_of_lanes(chosen, lanes);
  return chosen.precision == Precision::f64 ? race<double>(chosen, std::move(lanes))
                                            : race<float>(chosen, std::move(lanes));
}

}  // namespace

Action declare_train(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  add_stack_options(options, chosen->stacks);
  add_training_options(options, chosen->training);
  add_seeds(options, chosen->seeds, "Train each stack with N seeds, from its own upwards");
  add_whole_number(options, "--threads", chosen->threads, 1, kMaxThreads,
                   "Train N stacks and seeds at the same time; the output is the same", "one a core");
  add_precision(options, chosen->precision, "Train in F32 or F64");
  add_table_output(options, chosen->output);
  options
      .add_option("--checkpoint", chosen->checkpoint,
                  "Save the trained weights as a safetensors file, of one stack with one seed; measure and "
                  "gradients take it as --weights")
      ->type_name("FILE");
  options.footer(
      "The table has a column for the step: loss and gradients are those of the weights before it. At the\n"
      "end every lane's verdict is said on standard error. Ctrl+C ends the race and keeps what there is.\n"
      "Example: six layers of Pre-LN and Post-LN learn to copy\n"
      "  gradflow-cli train pre-ln post-ln --steps 300 --warmup 20 --set num_layers=6 --set vocab_size=16 "
      "--set batch_size=8 --output race.csv");
  return [chosen] { return train(*chosen); };
}

}  // namespace gradflow::cli
