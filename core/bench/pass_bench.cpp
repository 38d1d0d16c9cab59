// One forward and backward pass, on one thread in float. What is compared is timed in turn in one run, so
// that the ratios hold on a machine whose speed drifts. Time: the pass, in ms; every other figure is of
// medians.
#include <benchmark/benchmark.h>
#include <malloc.h>
#include <sys/resource.h>

#include <string>

#include "core/analysis/products.h"
#include "core/bench/timer.h"
#include "core/ops/product.h"

namespace gradflow {
namespace {

constexpr double kKibi = 1024;

/// Passes of `spec` beside `other`, a round an iteration; counters pass_ms, NAME_ms and ratio.
template <class Other>
void pass_against(benchmark::State& state, const StackSpec& spec, const std::string& name, Other&& other) {
  RepeatedPass<float> pass(spec);
  pass.run();  // sizes the buffers
  other();
  std::vector<double> passes;
  std::vector<double> others;
  for (auto _ : state) {
    passes.push_back(seconds([&] { benchmark::DoNotOptimize(pass.run()); }));
    others.push_back(seconds(other));
    state.SetIterationTime(passes.back());
  }
  state.counters["pass_ms"] = 1e3 * median(passes);
  state.counters[name + "_ms"] = 1e3 * median(others);
  state.counters["ratio"] = median(passes) / median(others);
}

/// Beside the bare matrix products of the same shapes.
void pass_against_products(benchmark::State& state, const StackSpec& spec) {
  Products<float> products(spec);
  pass_against(state, spec, "products", [&] { products.run(); });
  state.counters["products_GFLOP/s"] = product_flops(spec) / state.counters["products_ms"].value * 1e-6;
}

double heap_bytes() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
}

/// Time and memory a layer; the peak is the process' own so far.
void depth(benchmark::State& state) {
  StackSpec spec = pre_ln_stack();
  spec.num_layers = static_cast<int>(state.range(0));
  const double before = heap_bytes();
  RepeatedPass<float> pass(spec);
  pass.run();
  const double bytes = heap_bytes() - before;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::vector<double> passes;
  for (auto _ : state) {
    passes.push_back(seconds([&] { benchmark::DoNotOptimize(pass.run()); }));
    state.SetIterationTime(passes.back());
  }
  state.counters["us_a_layer"] = 1e6 * median(passes) / spec.num_layers;
  state.counters["KiB_a_layer"] = bytes / kKibi / spec.num_layers;
  state.counters["peak_MiB"] = static_cast<double>(usage.ru_maxrss) / kKibi;
}

/// A chain of layers without residual and norm, whose stream and gradient fade through the denormal numbers
/// to zero, beside the same layers with their residuals, in which nothing does.
void fading(benchmark::State& state) {
  StackSpec sound = pre_ln_stack();
  sound.num_layers = static_cast<int>(state.range(0));
  sound.sublayers.attention.norm = sound.sublayers.ffn.norm = {};
  sound.init.gain = 0.25;
  StackSpec spec = sound;
  spec.sublayers.attention.residual = spec.sublayers.ffn.residual = false;
  RepeatedPass<float> pass(sound);
  pass_against(state, spec, "sound", [&] { benchmark::DoNotOptimize(pass.run()); });
}

StackSpec stack(const StackSpec& wiring, int num_layers) {
  StackSpec spec = wiring;
  spec.num_layers = num_layers;
  return spec;
}

StackSpec wide_stack(int d_model, int num_heads, int sequence_length, int batch_size) {
  StackSpec spec = stack(pre_ln_stack(), 12);
  spec.d_model = d_model;
  spec.num_heads = num_heads;
  spec.d_ff = 4 * d_model;
  spec.sequence_length = sequence_length;
  spec.batch_size = batch_size;
  return spec;
}

template <class Function, class... Arguments>
auto* add(const std::string& name, Function function, Arguments... arguments) {
  return benchmark::RegisterBenchmark(name.c_str(), function, arguments...)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

void add_all() {
  // The deepest first: the process' peak of memory is then its own.
  add("depth", depth)->Args({1000})->Args({384})->Args({192})->Args({96})->Args({48})->Args({12})->MinTime(1);
  for (const int num_layers : {12, 48, 96}) {
    add("products/pre-ln/d:64/L:" + std::to_string(num_layers), pass_against_products,
        stack(pre_ln_stack(), num_layers))
        ->MinTime(1);
    add("products/post-ln/d:64/L:" + std::to_string(num_layers), pass_against_products,
        stack(post_ln_stack(), num_layers))
        ->MinTime(1);
  }
  add("products/pre-ln/d:256/L:12", pass_against_products, wide_stack(256, 8, 64, 4))->MinTime(2);
  add("products/pre-ln/d:768/L:12", pass_against_products, wide_stack(768, 12, 128, 1))->MinTime(4);
  add("fading", fading)->Args({48})->Args({96})->MinTime(1);
}

}  // namespace
}  // namespace gradflow

int main(int argc, char** argv) {
  benchmark::AddCustomContext("products of a pass", gradflow::float_product_kernels());
  gradflow::add_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
