// How a stack is trained: schedules as their papers write them, the loss of chance, and what is refused in
// which words.
#include <cmath>
#include <limits>
#include <numbers>

#include "core/spec/validate.h"
#include "core/tests/training_setting.h"

namespace gradflow {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TrainingSpec scheduled(Schedule schedule, int warmup) {
  TrainingSpec training;
  training.schedule = schedule;
  training.warmup = warmup;
  training.steps = 300;
  training.learning_rate = 0.02;
  return training;
}

void expect_schedule(const TrainingSpec& training, double (*formula)(double t)) {
  for (int t = 1; t <= training.steps; ++t) {
    EXPECT_NEAR(learning_rate_at(training, t), 0.02 * formula(t), 1e-15) << "step " << t;
  }
}

TEST(LearningRate, IsConstantWithoutWarmup) {
  expect_schedule(scheduled(Schedule::constant, 0), [](double) { return 1.0; });
}

TEST(LearningRate, RisesLinearlyToItsHighestAtTheLastStepOfTheWarmup) {
  expect_schedule(scheduled(Schedule::constant, 100), [](double t) { return t < 100 ? t / 100 : 1.0; });
}

TEST(LearningRate, FallsAsTheCosineToZeroAtTheLastStep) {
  expect_schedule(scheduled(Schedule::cosine, 100), [](double t) {
    return t < 100 ? t / 100 : (1 + std::cos(std::numbers::pi * (t - 100) / 200)) / 2;
  });
  expect_schedule(scheduled(Schedule::cosine, 0),
                  [](double t) { return (1 + std::cos(std::numbers::pi * t / 300)) / 2; });
  EXPECT_NEAR(learning_rate_at(scheduled(Schedule::cosine, 100), 300), 0, 1e-18);
}

/// Vaswani et al. 2017, equation 3, without its factor: min(t^(-1/2), t W^(-3/2)), which is W^(-1/2) at most.
TEST(LearningRate, FallsAsTheInverseRootOfTheStep) {
  expect_schedule(scheduled(Schedule::inverse_sqrt, 100), [](double t) {
    return std::sqrt(100.0) * std::min(std::pow(t, -0.5), t * std::pow(100.0, -1.5));
  });
  expect_schedule(scheduled(Schedule::inverse_sqrt, 0), [](double t) { return 1 / std::sqrt(t); });
}

TEST(LearningRate, IsFoundWhereTheWarmupIsTheWholeRunOrOneStep) {
  for (const Schedule schedule : {Schedule::constant, Schedule::cosine, Schedule::inverse_sqrt}) {
    const TrainingSpec whole = scheduled(schedule, 300);
    EXPECT_DOUBLE_EQ(learning_rate_at(whole, 299), 0.02 * 299 / 300);
    EXPECT_DOUBLE_EQ(learning_rate_at(whole, 300), 0.02);
    EXPECT_DOUBLE_EQ(learning_rate_at(scheduled(schedule, 1), 1), 0.02);
  }
}

TEST(ChanceLoss, IsTheEntropyOfWhatIsDrawn) {
  StackSpec stack = pre_ln_stack();
  TrainingSpec training;
  EXPECT_DOUBLE_EQ(chance_loss(stack, training), std::log(16));
  training.task = Task::text;
  stack.input.text = "aaab";
  EXPECT_NEAR(chance_loss(stack, training), 0.75 * std::log(4.0 / 3) + 0.25 * std::log(4), 1e-15);
  stack.input.text = "\xff\x01";  // bytes, whatever the sign of char
  EXPECT_NEAR(chance_loss(stack, training), std::log(2), 1e-15);
}

template <class Change>
std::string refusal_of(Change change, std::size_t limit = kDefaultMemoryLimit) {
  StackSpec stack = pre_ln_stack();
  TrainingSpec training;
  change(stack, training);
  try {
    validate_training(stack, training, limit);
  } catch (const InvalidSpec& error) {
    return error.what();
  }
  return "";
}

/// As refusal_of(), of the training alone.
std::string refusal_with(void (*change)(TrainingSpec&)) {
  return refusal_of([&](StackSpec&, TrainingSpec& training) { change(training); });
}

TEST(ValidateTraining, AcceptsTheDefaultsAndWhatIsOnlyUnwise) {
  EXPECT_EQ(refusal_with([](TrainingSpec&) {}), "");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.learning_rate = 1e9; }), "");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.warmup = t.steps; }), "");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.task = Task::text; }), "");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.momentum = t.beta1 = t.beta2 = t.weight_decay = 0; }), "");
  EXPECT_EQ(refusal_of([](StackSpec& s, TrainingSpec& t) {
              s.num_layers = 1;
              s.vocab_size = t.symbols;
            }),
            "");
  EXPECT_EQ(refusal_of([](StackSpec& s, TrainingSpec&) { s.input.text.clear(); }), "")
      << "the copy task reads no text";
}

TEST(ValidateTraining, RefusesLearningRatesThatAreNone) {
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.learning_rate = 0; }),
            "learning_rate is 0; allowed is any number above 0");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.learning_rate = -0.5; }),
            "learning_rate is -0.5; allowed is any number above 0");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.learning_rate = kNan; }),
            "learning_rate is nan; allowed is any number above 0");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.learning_rate = kInf; }),
            "learning_rate is inf; allowed is any number above 0");
}

TEST(ValidateTraining, RefusesEveryOtherRealOutOfItsRange) {
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.momentum = 1; }), "momentum is 1; allowed is 0 to below 1");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.beta1 = -1e-9; }),
            "beta1 is -1e-09; allowed is 0 to below 1");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.beta2 = kNan; }), "beta2 is nan; allowed is 0 to below 1");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.epsilon = -1; }),
            "epsilon is -1; allowed is 0 or any number above");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.weight_decay = kInf; }),
            "weight_decay is inf; allowed is 0 or any number above");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.clip = 0; }),
            "clip is 0; allowed is any number above 0, or none");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.clip = kNan; }),
            "clip is nan; allowed is any number above 0, or none");
  for (const TrainingReal& real : kTrainingReals) {
    for (const double value : {-1.0, kInf, -kInf, kNan}) {
      const std::string sentence =
          refusal_of([&](StackSpec&, TrainingSpec& training) { training.*real.member = value; });
      EXPECT_EQ(sentence.find(std::string(real.key) + " is "), 0U) << real.key << " " << value;
    }
  }
}

TEST(ValidateTraining, RefusesStepsAndWarmupsThatDoNotFit) {
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.steps = 0; }), "steps is 0; allowed is 1 to 1000000");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.steps = 1000001; }),
            "steps is 1000001; allowed is 1 to 1000000");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.warmup = 301; }),
            "warmup is 301 steps; allowed is 0 to the 300 steps of the run");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.warmup = -1; }),
            "warmup is -1 steps; allowed is 0 to the 300 steps of the run");
}

TEST(ValidateTraining, RefusesACopyTaskThatTheStackCannotHold) {
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.symbols = 1; }), "symbols is 1; allowed is 2 to 256");
  EXPECT_EQ(refusal_with([](TrainingSpec& t) { t.symbols = 257; }), "symbols is 257; allowed is 2 to 256");
  EXPECT_EQ(refusal_of([](StackSpec& s, TrainingSpec&) { s.vocab_size = 15; }),
            "symbols is 16 and vocab_size is 15; there may be no more symbols than tokens");
  EXPECT_EQ(refusal_of([](StackSpec& s, TrainingSpec&) { s.sequence_length = 15; }),
            "sequence_length is 15; the copy task needs an even one, half of it to copy");
}

TEST(ValidateTraining, RefusesATextTaskThatTheStackCannotHold) {
  const auto refusal_of_text = [](void (*change)(StackSpec&)) {
    return refusal_of([&](StackSpec& stack, TrainingSpec& training) {
      training.task = Task::text;
      change(stack);
    });
  };
  EXPECT_EQ(refusal_of_text([](StackSpec& s) { s.vocab_size = 255; }),
            "vocab_size is 255; the text task needs 256 or more");
  EXPECT_EQ(refusal_of_text([](StackSpec& s) { s.input.text.clear(); }),
            "input.text is empty; the text task needs at least one byte");
  EXPECT_EQ(refusal_of_text([](StackSpec& s) { s.input.text = "zzz"; }),
            "input.text is one byte again and again; the text task needs two kinds or more");
  EXPECT_EQ(refusal_of_text([](StackSpec& s) { s.input.text.assign(2000000, 'x'); }),
            "input.text has 2000000 bytes; at most 1048576 are allowed");
  EXPECT_EQ(refusal_of_text([](StackSpec& s) { s.sequence_length = 15; }), "");
}

TEST(ValidateTraining, RefusesWhatTheStackItselfIsRefusedFor) {
  EXPECT_EQ(refusal_of([](StackSpec& s, TrainingSpec&) { s.num_layers = 0; }),
            "num_layers is 0; allowed is 1 to 4096");
}

TEST(ValidateTraining, CountsTheOptimizersMemory) {
  const StackSpec stack = pre_ln_stack();
  const auto pass = static_cast<std::size_t>(pass_bytes(stack, sizeof(float), true));
  const auto with_means = pass + 2 * static_cast<std::size_t>(weight_bytes(stack, sizeof(float)));
  EXPECT_NE(refusal_of([](StackSpec&, TrainingSpec&) {}, with_means - 1000), "");
  EXPECT_EQ(refusal_of([](StackSpec&, TrainingSpec&) {}, with_means + 1000), "");
}

}  // namespace
}  // namespace gradflow
