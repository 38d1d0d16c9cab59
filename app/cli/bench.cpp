#include "app/cli/bench.h"

#include <sys/resource.h>

#include <memory>

#include "app/cli/interrupt.h"
#include "app/cli/output_option.h"
#include "app/cli/precision.h"
#include "app/cli/progress.h"
#include "app/cli/stack_options.h"
#include "app/cli/team.h"
#include "app/cli/threads_option.h"
#include "core/analysis/products.h"
#include "core/io/output_file.h"
#include "core/io/timing.h"
#include "core/spec/validate.h"

namespace gradflow::cli {
namespace {

struct Options {
  StackOptions stacks;
  Precision precision = Precision::f32;
  int repeat = 20;
  int threads = 1;
  std::string output = "-";
};

double peak_memory_mib() {
  constexpr double kKibPerMib = 1024;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / kKibPerMib;
}

/// What every thread of the team times: its own seed's pass and products of its own.
template <class T>
class Rounds {
 public:
  Rounds(const StackSpec& spec, int threads)
      : spec_(spec), team_(threads), passes_(count(threads)), products_(count(threads)) {}

  void make_passes() {
    team_.run([this](int i) {
      StackSpec own = spec_;
      own.seed += static_cast<std::uint64_t>(i);
      passes_[count(i)] = std::make_unique<RepeatedPass<T>>(own);
    });
  }
  void make_products() {
    team_.run([this](int i) { products_[count(i)] = std::make_unique<Products<T>>(spec_); });
  }

  /// Milliseconds; meaningless where `stop` was requested.
  double time_passes(const std::stop_token& stop) {
    return 1e3 * team_.run([&](int i) { passes_[count(i)]->run(stop); });
  }
  double time_products() {
    return 1e3 * team_.run([this](int i) { products_[count(i)]->run(); });
  }

 private:
  static std::size_t count(int i) { return static_cast<std::size_t>(i); }

  const StackSpec& spec_;
  Team team_;
  std::vector<std::unique_ptr<RepeatedPass<T>>> passes_;
  std::vector<std::unique_ptr<Products<T>>> products_;
};

/// Nothing when a stop was requested on the way.
template <class T>
std::optional<PassTiming> time(const Options& chosen, const StackSpec& spec, const std::stop_token& stop) {
  Progress progress(chosen.repeat + 1);
  progress.begin("preparing " + spec.name);
  Rounds<T> rounds(spec, chosen.threads);
  rounds.make_passes();
  rounds.time_passes(stop);  // sizes the buffers
  if (stop.stop_requested()) return std::nullopt;
  PassTiming timing;
  timing.peak_memory_mib = peak_memory_mib();
  rounds.make_products();
  rounds.time_products();
  std::vector<double> passes;
  std::vector<double> products;
  for (int i = 0; i < chosen.repeat; ++i) {
    progress.begin("timing " + spec.name);
    passes.push_back(rounds.time_passes(stop));
    if (stop.stop_requested()) return std::nullopt;
    products.push_back(rounds.time_products());
  }
  timing.stack = spec.name;
  timing.precision = chosen.precision == Precision::f64 ? "f64" : "f32";
  timing.threads = chosen.threads;
  timing.pass = spread_of(passes);
  timing.products = spread_of(products);
  timing.ratio = timing.pass.median / timing.products.median;
  timing.gflops = chosen.threads * product_flops(spec) / timing.pass.median * 1e-6;
  timing.vector_width = vector_width<T>();
  return timing;
}

template <class T>
ExitCode bench(const Options& chosen, const StackSpec& spec) {
  const double bytes = pass_bytes(spec, sizeof(T)) + product_bytes(spec, sizeof(T));
  check_memory(spec, bytes, chosen.stacks.memory_limit);
  check_memory_of_threads(chosen.threads, bytes, chosen.stacks.memory_limit, "passes with their products");
  const Interrupt interrupt;
  OutputFile file(chosen.output);
  const auto timing = time<T>(chosen, spec, interrupt.token());
  if (!timing || interrupt.token().stop_requested()) return ExitCode::interrupted;
  file.append(timing_json(*timing));
  file.commit();
  return ExitCode::fine;
}

ExitCode choose_precision(const Options& chosen) {
  const StackSpec spec = load_stacks(chosen.stacks).front();
  check_seeds(spec, chosen.threads);
  check_output(chosen.output, chosen.stacks.inputs());
  return chosen.precision == Precision::f64 ? bench<double>(chosen, spec) : bench<float>(chosen, spec);
}

}  // namespace

Action declare_bench(CLI::App& options) {
  constexpr int kMaxRepeat = 100000;
  const auto chosen = std::make_shared<Options>();
  add_default_stack_options(options, chosen->stacks);
  add_whole_number(options, "--repeat", chosen->repeat, 1, kMaxRepeat, "Time N passes");
  add_whole_number(options, "--threads", chosen->threads, 1, kMaxThreads,
                   "Let N threads each make a pass with a seed of its own at the same time");
  add_precision(options, chosen->precision, "Compute in F32 or F64");
  add_text_output(options, chosen->output, "figures");
  options.footer(
      "Prints JSON. pass_ms: one forward and backward pass, measured as measure does it, on weights and\n"
      "buffers that stand. products_ms: its bare matrix products, timed in turn with it. ratio: of the two\n"
      "medians. gflops: the products' operations over the pass' median time. peak_memory_mib: of the "
      "process\n"
      "before the bare products come. vector_width: numbers in a vector register. A pass runs on one "
      "thread;\n"
      "cores serve several stacks or seeds, so with --threads N the times are those of a round of N passes.\n"
      "Example: the built-in Post-LN stack at depth 96 on two cores\n"
      "  gradflow-cli bench post-ln --set num_layers=96 --repeat 10 --threads 2 --output bench.json");
  return [chosen] { return choose_precision(*chosen); };
}

}  // namespace gradflow::cli
