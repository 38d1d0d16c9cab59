// Steps of training in F16's setting (the copy task, 6 layers of 64, 8 x 16 tokens of 16, Adam), in float.
// What is compared is timed in turn in one run. Time: the step, in ms; every other figure is of medians.
//
//   train_bench              the benchmarks
//   train_bench --steps=N    N steps of Pre-LN, as core/bench/torch_train.py asks: a line with the loss and
//   the
//                            tokens of each of the first 20, then the median step in ms
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <atomic>
#include <cstdio>
#include <thread>

#include "core/analysis/products.h"
#include "core/bench/timer.h"
#include "core/model/build.h"
#include "core/training/task.h"
#include "core/training/trainer.h"

namespace gradflow {
namespace {

StackSpec setting(StackSpec stack) {
  stack.num_layers = 6;
  stack.vocab_size = 16;
  stack.batch_size = 8;
  stack.input.kind = InputKind::random;  // of the bare pass
  return stack;
}

TrainingSpec endless() {
  TrainingSpec training;
  training.steps = kMaxTrainingSteps;
  return training;
}

/// The parts of a step: the bare pass with its measurements, the optimizer, the drawing of the batch.
void step(benchmark::State& state) {
  const StackSpec spec = setting(state.range(0) == 0 ? pre_ln_stack() : post_ln_stack());
  TrainingSpec training = endless();
  training.optimizer = static_cast<OptimizerKind>(state.range(1));
  training.learning_rate = 1e-4;
  Trainer<float> trainer(spec, training);
  RepeatedPass<float> pass(spec);
  Stack<float> weights = build_stack<float>(spec);
  Stack<float> gradient = weights;
  Optimizer<float> optimizer(training, weights, gradient);
  Batch<float> batch;
  std::vector<double> steps;
  std::vector<double> passes;
  std::vector<double> updates;
  std::vector<double> batches;
  trainer.step();
  pass.run();
  int t = 0;
  for (auto _ : state) {
    steps.push_back(seconds([&] { trainer.step(); }));
    passes.push_back(seconds([&] { benchmark::DoNotOptimize(pass.run()); }));
    updates.push_back(seconds([&] { optimizer.step(++t, 1); }));
    batches.push_back(seconds([&] { draw_batch(spec, training, t, batch); }));
    state.SetIterationTime(steps.back());
  }
  state.counters["step_ms"] = 1e3 * median(steps);
  state.counters["pass_ms"] = 1e3 * median(passes);
  state.counters["optimizer_ms"] = 1e3 * median(updates);
  state.counters["batch_ms"] = 1e3 * median(batches);
  state.counters["ratio"] = median(steps) / median(passes);
}
BENCHMARK(step)
    ->ArgNames({"post", "optimizer"})
    ->ArgsProduct({{0, 1}, {0, 1, 2}})
    ->UseManualTime()
    ->MinTime(1)
    ->Unit(benchmark::kMillisecond);

void train(const StackSpec& stack, int warmup) {
  TrainingSpec training;
  training.warmup = warmup;
  Trainer<float> trainer(stack, training);
  History history;
  while (!trainer.finished()) {
    trainer.step();
    history.add(trainer.report());
  }
}

/// The default race, three lanes of 300 steps, each on whatever of the threads is free: 3 s or less on two
/// cores.
void race(benchmark::State& state) {
  const StackSpec stacks[] = {setting(pre_ln_stack()), setting(post_ln_stack()), setting(post_ln_stack())};
  const int warmups[] = {0, 0, 100};
  for (auto _ : state) {
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t lane = next++; lane < 3; lane = next++) train(stacks[lane], warmups[lane]);
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < state.range(0); ++i) threads.emplace_back(work);
    for (std::thread& thread : threads) thread.join();
  }
}
BENCHMARK(race)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->MinTime(4)->Unit(benchmark::kSecond);

double heap_bytes() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
}

/// Memory of a lane with its history after so many steps: `growth_KiB` since twice History::kMost of them.
void memory(benchmark::State& state) {
  StackSpec spec = setting(pre_ln_stack());
  spec.d_model = 16;  // little to compute: the history is the same
  spec.d_ff = 16;
  spec.batch_size = 1;
  Trainer<float> trainer(spec, endless());
  History history;
  const auto steps = [&](int count) {
    for (int i = 0; i < count; ++i) {
      trainer.step();
      history.add(trainer.report());
    }
  };
  steps(2 * static_cast<int>(History::kMost));
  const double before = heap_bytes();
  for (auto _ : state) steps(20000);
  state.counters["steps"] = trainer.steps();
  state.counters["spans"] = static_cast<double>(history.spans().size());
  state.counters["growth_KiB"] = (heap_bytes() - before) / 1024;
}
BENCHMARK(memory)->Iterations(1)->Unit(benchmark::kSecond);

constexpr int kShown = 20;  // steps

/// What torch_train.py reads.
int print_steps(int steps) {
  TrainingSpec training;
  training.steps = steps;
  Trainer<float> trainer(setting(pre_ln_stack()), training);
  std::vector<double> times;
  while (!trainer.finished()) {
    times.push_back(seconds([&] { trainer.step(); }));
    if (trainer.steps() > kShown) continue;
    std::printf("%.9g", trainer.report().loss);
    for (const int token : trainer.batch().tokens) std::printf(" %d", token);
    std::printf("\n");
  }
  std::printf("%.6g\n", 1e3 * median(times));
  return 0;
}

}  // namespace
}  // namespace gradflow

int main(int argc, char** argv) {
  int steps = 0;
  if (argc == 2 && std::sscanf(argv[1], "--steps=%d", &steps) == 1 && steps > 0) {
    return gradflow::print_steps(steps);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
