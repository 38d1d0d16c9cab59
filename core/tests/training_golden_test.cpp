// PyTorch agrees: twenty steps of each optimizer on the stacks in core/tests/golden/training, which
// training.py there took with torch.optim in float64.
#include <filesystem>

#include "core/io/model_file.h"
#include "core/io/stack_file.h"
#include "core/model/build.h"
#include "core/model/parameters.h"
#include "core/tests/training_setting.h"

namespace gradflow {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(GRADFLOW_GOLDEN_FOLDER) / "training";
constexpr std::size_t kLimit = std::size_t{1} << 24U;

/// The worst that came out is 7e-11, of the keys' bias, whose gradient of round-off Adam divides by its
/// epsilon; of all else 3e-13.
constexpr double kTolerance = 1e-8;

/// A run of training.py: what its RUNS say.
struct Settings {
  std::string stack;
  OptimizerKind optimizer;
  double peak;
  Schedule schedule;
  int warmup;
  std::optional<double> clip;
};
void PrintTo(const Settings& run, std::ostream* out) { *out << run.stack << " " << key_of(run.optimizer); }

const std::vector<Settings> kRuns{
    {"pre-ln", OptimizerKind::sgd, 0.05, Schedule::constant, 0, {}},
    {"pre-ln", OptimizerKind::adam, 0.01, Schedule::inverse_sqrt, 4, {}},
    {"pre-ln", OptimizerKind::adamw, 0.01, Schedule::cosine, 5, 0.5},
    {"post-ln", OptimizerKind::sgd, 0.02, Schedule::inverse_sqrt, 0, 0.5},
    {"post-ln", OptimizerKind::adam, 0.003, Schedule::constant, 10, {}},
    {"post-ln", OptimizerKind::adamw, 0.01, Schedule::cosine, 0, {}},
    {"gated", OptimizerKind::adam, 0.01, Schedule::constant, 0, 1.0},
};

TrainingSpec training_of(const Settings& run) {
  TrainingSpec training = test::tiny_training(20);
  training.optimizer = run.optimizer;
  training.learning_rate = run.peak;
  training.schedule = run.schedule;
  training.warmup = run.warmup;
  training.clip = run.clip;
  training.weight_decay = 0.1;
  return training;
}

TensorFile file_of(const std::string& name) {
  return read_tensor_file(kFolder / (name + ".safetensors"), kLimit);
}

std::vector<double> numbers_of(const TensorFile& file, std::string_view name) {
  const TensorEntry* entry = file.find(name);
  if (entry == nullptr) throw std::runtime_error(file.name() + " has no " + std::string(name));
  std::vector<double> numbers(entry->size());
  entry->read(std::span<double>(numbers));
  return numbers;
}

Stack<double> weights_of(const std::string& name, const StackSpec& spec) {
  Stack<double> stack = build_stack<double>(spec);
  Batch<double> batch = build_batch<double>(spec);
  read_weights(file_of(name), spec, stack, batch);
  return stack;
}

/// fn(name, parameter of left, parameter of right).
template <class Fn>
void visit_both(Stack<double>& left, Stack<double>& right, Fn fn) {
  std::vector<View<double>> views;
  visit(right, [&](const std::string&, View<double> view) { views.push_back(view); });
  std::size_t next = 0;
  visit(left, [&](const std::string& name, View<double> view) { fn(name, view, views[next++]); });
}

/// Of the step: as many tokens and targets as the batch holds.
void set_batch(const std::vector<double>& tokens, const std::vector<double>& targets, int step,
               Batch<double>& batch) {
  const std::size_t start = static_cast<std::size_t>(step - 1) * batch.tokens.size();
  for (std::size_t i = 0; i < batch.tokens.size(); ++i) {
    batch.tokens[i] = static_cast<int>(tokens[start + i]);
    batch.targets[i] = static_cast<int>(targets[start + i]);
  }
}

class TrainingGoldens : public ::testing::TestWithParam<Settings> {};

TEST_P(TrainingGoldens, AgreeInLossesGradientsAndWeights) {
  const Settings& golden = GetParam();
  const std::string name = golden.stack + "." + std::string(key_of(golden.optimizer));
  const StackSpec spec = read_stack_file(kFolder / (golden.stack + ".json"));
  Trainer<double> trainer(spec, training_of(golden));
  Stack<double> initial = weights_of(golden.stack + ".weights", spec);
  Stack<double> final = weights_of(name + ".weights", spec);
  visit_both(trainer.weights(), initial,
             [](const std::string&, View<double> to, View<double> from) { to = from; });
  const TensorFile batches = file_of(golden.stack + ".batches");
  const std::vector<double> tokens = numbers_of(batches, "tokens");
  const std::vector<double> targets = numbers_of(batches, "targets");
  const std::vector<double> losses = numbers_of(file_of(name + ".curve"), "loss");
  const std::vector<double> norms = numbers_of(file_of(name + ".curve"), "gradient_norm");
  ASSERT_EQ(losses.size(), 20U);
  for (std::size_t t = 0; t < losses.size(); ++t) {
    set_batch(tokens, targets, static_cast<int>(t) + 1, trainer.batch());
    ASSERT_TRUE(trainer.step_on_batch());
    EXPECT_NEAR(trainer.report().loss, losses[t], kTolerance) << "step " << t + 1;
    EXPECT_NEAR(trainer.report().gradient_norm, norms[t], kTolerance) << "step " << t + 1;
  }
  double moved = 0;
  visit_both(trainer.weights(), final,
             [&](const std::string& tensor, View<double> ours, View<double> theirs) {
               EXPECT_LT((ours - theirs).cwiseAbs().maxCoeff(), kTolerance) << tensor;
             });
  visit_both(initial, final, [&](const std::string&, View<double> before, View<double> after) {
    moved = std::max(moved, (after - before).cwiseAbs().maxCoeff());
  });
  EXPECT_GT(moved, 1e-2) << "training moves the weights";
}

INSTANTIATE_TEST_SUITE_P(Torch, TrainingGoldens, ::testing::ValuesIn(kRuns), [](const auto& row) {
  std::string name = row.param.stack + "_" + std::string(key_of(row.param.optimizer));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace gradflow
