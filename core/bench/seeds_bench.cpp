// Twenty seeds on two threads beside one answer to one seed, its weights drawn too as for each of the twenty,
// and beside a bare pass on weights that stand. `ratio` must stay under 11.
#include <benchmark/benchmark.h>

#include "core/analysis/analyze.h"
#include "core/analysis/products.h"
#include "core/analysis/seeds.h"
#include "core/bench/timer.h"

namespace gradflow {
namespace {

void twenty_seeds(benchmark::State& state) {
  SeedsQuestion question;
  question.spec = pre_ln_stack();
  question.spec.num_layers = static_cast<int>(state.range(0));
  question.seeds = 20;
  question.threads = 2;
  RepeatedPass<float> pass(question.spec);
  pass.run();
  Analyzer analyzer;
  StackSpec next = question.spec;
  analyzer.analyze(next);
  std::vector<double> all;
  std::vector<double> singles;
  std::vector<double> passes;
  for (auto _ : state) {
    all.push_back(seconds([&] { benchmark::DoNotOptimize(analyze_seeds(question)); }));
    for (int i = 0; i < 5; ++i) {
      ++next.seed;
      singles.push_back(seconds([&] { benchmark::DoNotOptimize(analyzer.analyze(next)); }));
      passes.push_back(seconds([&] { benchmark::DoNotOptimize(pass.run()); }));
    }
    state.SetIterationTime(all.back());
  }
  state.counters["one_ms"] = 1e3 * median(singles);
  state.counters["pass_ms"] = 1e3 * median(passes);
  state.counters["ratio"] = median(all) / median(singles);
  state.counters["ratio_to_pass"] = median(all) / median(passes);
}
BENCHMARK(twenty_seeds)
    ->ArgName("L")
    ->Arg(12)
    ->Arg(96)
    ->UseManualTime()
    ->MinTime(2)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gradflow

BENCHMARK_MAIN();
