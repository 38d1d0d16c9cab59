// One forward and backward pass beside the bare matrix products of the same shapes, in turn in one run, so
// that the ratio holds on a machine whose speed drifts. Time: the pass, in ms; products_ms and ratio are the
// medians' own.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "core/analysis/products.h"

namespace gradflow {
namespace {

template <class Work>
double seconds(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

StackSpec stack(const benchmark::State& state) {
  StackSpec spec = state.range(0) == 0 ? pre_ln_stack() : post_ln_stack();
  spec.num_layers = static_cast<int>(state.range(1));
  return spec;
}

/// A thousand layers: time a layer and the process's peak memory, which must stay under 512 MiB. Runs first.
void thousand_layers(benchmark::State& state) {
  StackSpec spec = pre_ln_stack();
  spec.num_layers = 1000;
  RepeatedPass<float> pass(spec);
  pass.run();
  for (auto _ : state) benchmark::DoNotOptimize(pass.run());
  state.counters["peak_MiB"] = peak_mib();
}
BENCHMARK(thousand_layers)->Unit(benchmark::kMillisecond)->Iterations(3);

void pass_against_products(benchmark::State& state) {
  const StackSpec spec = stack(state);
  RepeatedPass<float> pass(spec);
  Products<float> products(spec);
  pass.run();  // sizes the buffers
  products.run();
  std::vector<double> passes;
  std::vector<double> bare;
  for (auto _ : state) {
    passes.push_back(seconds([&] { benchmark::DoNotOptimize(pass.run()); }));
    bare.push_back(seconds([&] { products.run(); }));
    state.SetIterationTime(passes.back());
  }
  state.counters["pass_ms"] = 1e3 * median(passes);
  state.counters["products_ms"] = 1e3 * median(bare);
  state.counters["ratio"] = median(passes) / median(bare);
  state.counters["products_GFLOP/s"] = product_flops(spec) / median(bare) * 1e-9;
}
BENCHMARK(pass_against_products)
    ->ArgNames({"post", "L"})
    ->ArgsProduct({{0, 1}, {12, 48, 96}})
    ->UseManualTime()
    ->MinTime(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gradflow

BENCHMARK_MAIN();
