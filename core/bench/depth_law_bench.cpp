// The top gradients of every depth beside one pass at the greatest, in turn in one run: `ratio` is the
// medians' own and must stay under 2.5. `weights_ms` of it is drawing the initial weights, which a repeated
// pass has already; `ratio_without_weights` leaves them out.
#include <benchmark/benchmark.h>

#include "core/analysis/depth_law.h"
#include "core/analysis/products.h"
#include "core/bench/timer.h"
#include "core/model/build.h"

namespace gradflow {
namespace {

void all_depths_against_one_pass(benchmark::State& state) {
  StackSpec spec = state.range(0) == 0 ? pre_ln_stack() : post_ln_stack();
  spec.num_layers = static_cast<int>(state.range(1));
  const DepthLawQuestion question{spec, all_depths(spec.num_layers), DepthEnds::top};
  RepeatedPass<float> pass(spec);
  pass.run();
  std::vector<double> laws;
  std::vector<double> passes;
  std::vector<double> weights;
  for (auto _ : state) {
    laws.push_back(seconds([&] { benchmark::DoNotOptimize(depth_law(question)); }));
    passes.push_back(seconds([&] { benchmark::DoNotOptimize(pass.run()); }));
    weights.push_back(seconds([&] { benchmark::DoNotOptimize(build_stack<float>(spec)); }));
    state.SetIterationTime(laws.back());
  }
  state.counters["pass_ms"] = 1e3 * median(passes);
  state.counters["weights_ms"] = 1e3 * median(weights);
  state.counters["ratio"] = median(laws) / median(passes);
  state.counters["ratio_without_weights"] = (median(laws) - median(weights)) / median(passes);
}
BENCHMARK(all_depths_against_one_pass)
    ->ArgNames({"post", "L"})
    ->ArgsProduct({{0, 1}, {24, 96}})
    ->UseManualTime()
    ->MinTime(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gradflow

BENCHMARK_MAIN();
