// One lane, a step at a time: what it reports, that it comes out the same every time, and where it breaks.
#include <cmath>
#include <limits>
#include <thread>

#include "core/model/build.h"
#include "core/model/parameters.h"
#include "core/tests/training_setting.h"
#include "core/training/task.h"

namespace gradflow {
namespace {

using test::reports_of;
using test::run;
using test::tiny_stack;
using test::tiny_training;

constexpr float kInf = std::numeric_limits<float>::infinity();

template <class T>
Matrix<T> all_weights(Stack<T>& stack) {
  std::vector<T> all;
  visit(stack, [&](const std::string&, View<T> view) {
    for (Index r = 0; r < view.rows(); ++r) all.insert(all.end(), &view(r, 0), &view(r, 0) + view.cols());
  });
  return Eigen::Map<Matrix<T>>(all.data(), 1, static_cast<Index>(all.size()));
}

TEST(Trainer, ReportsWhatThePassOfTheStepSays) {
  const StackSpec spec = tiny_stack(pre_ln_stack());
  Trainer<double> trainer(spec, tiny_training());
  Stack<double> stack = build_stack<double>(spec);
  Stack<double> gradient = stack;
  set_zero(gradient);
  Batch<double> batch;
  draw_batch(spec, tiny_training(), 1, batch);
  StackTape<double> tape;
  StackWork<double> work;
  const double loss = forward(stack, batch, tape);
  backward(stack, batch, tape, gradient, work);
  ASSERT_TRUE(trainer.step());
  const StepReport& report = trainer.report();
  EXPECT_EQ(report.step, 1);
  EXPECT_NEAR(report.loss, loss, 1e-14);
  EXPECT_EQ(report.mean_loss, report.loss);
  EXPECT_EQ(report.learning_rate, 3e-3);
  EXPECT_NEAR(report.gradient_norm, all_weights(gradient).norm(), 1e-13);
  for (std::size_t l = 0; l < 2; ++l) {
    double square = 0;
    visit_views(gradient.layers[l], [&](View<double> view) { square += view.squaredNorm(); });
    EXPECT_NEAR(report.layer_gradients[l], std::sqrt(square), 1e-13);
    EXPECT_EQ(report.layer_cosines[l], trainer.record().streams[l + 1].token_cosine);
    EXPECT_GT(report.layer_updates[l], 0);
  }
  const Matrix<double> before = all_weights(stack);
  const Matrix<double> after = all_weights(trainer.weights());
  EXPECT_NEAR(report.update_ratio, (after - before).norm() / after.norm(), 1e-13);
}

TEST(Trainer, ReportsTheLossesMeanOverTenSteps) {
  const auto reports = reports_of<float>(tiny_stack(pre_ln_stack()), tiny_training(25));
  ASSERT_EQ(reports.size(), 25U);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    double sum = 0;
    const std::size_t start = i < 9 ? 0 : i - 9;
    for (std::size_t k = start; k <= i; ++k) sum += reports[k].loss;
    EXPECT_NEAR(reports[i].mean_loss, sum / static_cast<double>(i + 1 - start), 1e-12);
  }
}

TEST(Trainer, ReportsTheGradientBeforeClipping) {
  TrainingSpec training = tiny_training(1);
  const auto unclipped = reports_of<float>(tiny_stack(pre_ln_stack()), training);
  training.clip = 1e-3;
  training.optimizer = OptimizerKind::sgd;
  const auto clipped = reports_of<float>(tiny_stack(pre_ln_stack()), training);
  EXPECT_EQ(unclipped[0].gradient_norm, clipped[0].gradient_norm);
  EXPECT_GT(clipped[0].gradient_norm, 0.1);
}

/// Liu et al. 2020, section 4.2, literally: two passes over the first batch.
TEST(Trainer, MeasuresHowFarTheFirstUpdateMovesThePredictions) {
  const StackSpec spec = tiny_stack(post_ln_stack());
  Trainer<double> trainer(spec, tiny_training());
  ASSERT_TRUE(trainer.step());
  Stack<double> before = build_stack<double>(spec);
  StackTape<double> old_tape;
  StackTape<double> new_tape;
  forward(before, trainer.batch(), old_tape);
  forward(trainer.weights(), trainer.batch(), new_tape);
  const auto logs = [](const StackTape<double>& tape) {
    return Eigen::ArrayXXd(tape.probabilities.array().log());
  };
  EXPECT_NEAR(trainer.first_move(), std::sqrt((logs(new_tape) - logs(old_tape)).square().mean()), 1e-12);
  const double first = trainer.first_move();
  ASSERT_TRUE(trainer.step());
  EXPECT_EQ(trainer.first_move(), first);
}

TEST(Trainer, LearnsTheCopyTask) {
  TrainingSpec training = tiny_training(300);
  training.learning_rate = 1e-2;
  StackSpec stack = tiny_stack(pre_ln_stack());
  stack.batch_size = 8;
  stack.d_model = 16;
  for (const OptimizerKind kind : {OptimizerKind::adam, OptimizerKind::adamw}) {
    training.optimizer = kind;
    EXPECT_LT(reports_of<float>(stack, training).back().mean_loss, 0.5 * std::log(6)) << key_of(kind);
  }
  training.optimizer = OptimizerKind::sgd;
  training.learning_rate = 0.1;
  EXPECT_LT(reports_of<float>(stack, training).back().mean_loss, 0.5 * std::log(6));
}

TEST(Trainer, LearnsTheNextByte) {
  StackSpec stack = tiny_stack(pre_ln_stack());
  stack.vocab_size = 256;
  stack.input.text = "abcd";
  TrainingSpec training = tiny_training(100);
  training.task = Task::text;
  training.learning_rate = 1e-2;
  EXPECT_LT(reports_of<float>(stack, training).back().mean_loss, 0.2);
}

TEST(Trainer, GivesTheSameBitsTwice) {
  for (const Task task : {Task::copy, Task::text}) {
    TrainingSpec training = tiny_training(30);
    training.task = task;
    StackSpec stack = tiny_stack(post_ln_stack());
    stack.vocab_size = 256;
    EXPECT_EQ(reports_of<float>(stack, training), reports_of<float>(stack, training));
    EXPECT_EQ(reports_of<double>(stack, training), reports_of<double>(stack, training));
  }
}

TEST(Trainer, GivesTheSameBitsWhateverOthersDo) {
  const TrainingSpec training = tiny_training(30);
  const StackSpec stacks[] = {tiny_stack(pre_ln_stack()), tiny_stack(post_ln_stack()),
                              tiny_stack(pre_ln_stack(), 5), tiny_stack(pre_ln_stack())};
  std::vector<std::vector<StepReport>> together(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] { together[i] = reports_of<float>(stacks[i], training); });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(together[i], reports_of<float>(stacks[i], training)) << i;
}

TEST(Trainer, StoppedOnTheWayHasDoneNothing) {
  std::stop_source stop;
  Trainer<float> trainer(tiny_stack(pre_ln_stack()), tiny_training());
  ASSERT_TRUE(trainer.step());
  const StepReport first = trainer.report();
  stop.request_stop();
  EXPECT_FALSE(trainer.step(stop.get_token()));
  EXPECT_EQ(trainer.steps(), 1);
  EXPECT_EQ(trainer.report(), first);
  auto reports = run(trainer);
  reports.insert(reports.begin(), first);
  EXPECT_EQ(reports, reports_of<float>(tiny_stack(pre_ln_stack()), tiny_training()));
}

TEST(Trainer, TakesABatchFromOutside) {
  const StackSpec stack = tiny_stack(pre_ln_stack());
  Trainer<float> own(stack, tiny_training());
  Trainer<float> given(stack, tiny_training());
  while (!own.finished()) {
    ASSERT_TRUE(own.step());
    draw_batch(stack, tiny_training(), given.steps() + 1, given.batch());
    ASSERT_TRUE(given.step_on_batch());
    EXPECT_EQ(given.report(), own.report());
  }
}

TEST(Trainer, TrainsALayerAlone) {
  const auto reports = reports_of<float>(tiny_stack(post_ln_stack(), 1), tiny_training());
  EXPECT_EQ(reports.size(), 20U);
  EXPECT_EQ(reports.back().layer_gradients.size(), 1U);
  EXPECT_TRUE(std::isfinite(reports.back().loss));
}

/// Its weights are all 0 and stay so: nothing moves, which is no finding.
TEST(Trainer, ReportsNoUpdateWhereNothingMoves) {
  StackSpec stack = tiny_stack(pre_ln_stack());
  stack.sublayers.attention.norm = stack.sublayers.ffn.norm = {};
  stack.init.gain = 0;
  stack.bias = false;
  TrainingSpec training = tiny_training(3);
  training.optimizer = OptimizerKind::sgd;
  for (const StepReport& report : reports_of<float>(stack, training)) {
    for (const double ratio : report.layer_updates) EXPECT_TRUE(std::isfinite(ratio)) << report.step;
  }
}

/// Runs until something breaks, and checks that nothing has moved since.
std::optional<Breakdown> breakdown_of(Trainer<float>& trainer) {
  while (!trainer.finished()) {
    const Matrix<float> before = all_weights(trainer.weights());
    EXPECT_TRUE(trainer.step());
    if (!trainer.breakdown()) continue;
    const Matrix<float> after = all_weights(trainer.weights());
    EXPECT_TRUE((before.array() == after.array() || before.array().isNaN()).all()) << "weights stay";
    EXPECT_EQ(trainer.report().update_ratio, 0);
    EXPECT_EQ(trainer.report().layer_updates, std::vector<double>(trainer.weights().layers.size(), 0));
  }
  return trainer.breakdown();
}

TEST(Breakdown, InTheForwardPassNamesTheLowestLayer) {
  Trainer<float> trainer(tiny_stack(pre_ln_stack(), 4), tiny_training());
  ASSERT_TRUE(trainer.step());
  ASSERT_TRUE(trainer.step());
  trainer.weights().layers[2].ffn.function.output.w.setConstant(kInf);
  EXPECT_EQ(breakdown_of(trainer), (Breakdown{3, 2, false}));
  EXPECT_EQ(trainer.steps(), 3);
  EXPECT_TRUE(trainer.finished());
}

TEST(Breakdown, OfAStackThatOverflowsIsNamedAtTheFirstStep) {
  StackSpec stack = tiny_stack(pre_ln_stack(), 4);
  stack.sublayers.attention.norm = stack.sublayers.ffn.norm = {};
  stack.bias = false;
  stack.init.gain = 1e4;  // a stream of 1e16 above layer 0, whose scores in layer 1 are no float
  Trainer<float> trainer(stack, tiny_training());
  EXPECT_EQ(breakdown_of(trainer), (Breakdown{1, 1, false}));
}

TEST(Breakdown, AtTheLossHasNoLayer) {
  Trainer<float> trainer(tiny_stack(pre_ln_stack()), tiny_training());
  trainer.weights().ends.unembedding.setConstant(kInf);
  EXPECT_EQ(breakdown_of(trainer), (Breakdown{1, {}, false}));
}

/// A stream of zeros, weights that multiply by 1e20 a layer: only the gradient grows, on its way down. Below
/// layer 2 it is inf, and times the zeros nan.
TEST(Breakdown, InTheBackwardPassNamesTheHighestLayer) {
  StackSpec stack = tiny_stack(pre_ln_stack(), 4);
  stack.sublayers.attention.norm = stack.sublayers.ffn.norm = {};
  stack.final_norm = stack.bias = false;
  stack.init.embedding_std = stack.init.position_std = 0;
  Trainer<float> trainer(stack, tiny_training());
  for (Layer<float>& layer : trainer.weights().layers) {
    layer.attention.function.qkv.w *= 1e10F;
    layer.attention.function.output.w *= 1e10F;
  }
  EXPECT_EQ(breakdown_of(trainer), (Breakdown{1, 1, true}));
}

/// What is inf is the gradient of the embeddings alone, below all layers.
TEST(Breakdown, BelowAllLayersHasNoLayer) {
  StackSpec stack = tiny_stack(pre_ln_stack(), 2);
  stack.sublayers.attention.norm = stack.sublayers.ffn.norm = {};
  stack.final_norm = stack.bias = false;
  stack.init.embedding_std = stack.init.position_std = 0;
  Trainer<float> trainer(stack, tiny_training());
  for (Layer<float>& layer : trainer.weights().layers) {
    layer.attention.function.qkv.w *= 1e10F;
    layer.attention.function.output.w *= 1e10F;
  }
  EXPECT_EQ(breakdown_of(trainer), (Breakdown{1, {}, true}));
}

TEST(Breakdown, OfALearningRateOfABillionIsNamedAtItsStep) {
  TrainingSpec training = tiny_training();
  training.learning_rate = 1e9;
  for (const StackSpec& spec : {pre_ln_stack(), post_ln_stack()}) {
    Trainer<float> trainer(tiny_stack(spec), training);
    const auto found = breakdown_of(trainer);
    ASSERT_TRUE(found) << spec.name;
    EXPECT_GE(found->step, 2) << spec.name;
    EXPECT_LE(found->step, 3) << spec.name;
    EXPECT_EQ(found->layer, 0) << spec.name;
    EXPECT_FALSE(found->backward) << spec.name;
  }
}

}  // namespace
}  // namespace gradflow
