// All steps of a run in bounded memory: coarser, but without losing a spike.
#include <cmath>
#include <limits>

#include "core/tests/training_setting.h"

namespace gradflow {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// Numbers that differ from step to step and from layer to layer.
StepReport made(int step, double value) {
  return {step,
          value,
          value + 1,
          value + 2,
          value + 3,
          value + 4,
          {value + 5, value + 6},
          {value + 7, value + 8},
          {value + 9, value + 10}};
}

double smooth(int step) { return 100 + std::sin(step); }

History filled(int steps) {
  History history;
  for (int step = 1; step <= steps; ++step) history.add(made(step, smooth(step)));
  return history;
}

void expect_in_order(const History& history, int steps) {
  int next = 1;
  for (const StepSpan& span : history.spans()) {
    EXPECT_EQ(span.first.step, next);
    EXPECT_GE(span.last, span.first.step);
    next = span.last + 1;
  }
  EXPECT_EQ(next, steps + 1);
}

TEST(History, HoldsEveryStepAsItWasWhileThereIsRoom) {
  const int most = static_cast<int>(History::kMost);
  const History history = filled(most);
  ASSERT_EQ(history.spans().size(), History::kMost);
  for (int step = 1; step <= most; ++step) {
    const StepSpan& span = history.at(step);
    EXPECT_EQ(span.first, made(step, smooth(step)));
    EXPECT_EQ(span.low, span.first);
    EXPECT_EQ(span.high, span.first);
    EXPECT_EQ(span.last, step);
  }
}

TEST(History, StaysBoundedAndInOrder) {
  for (const int steps : {1, 2, 1023, 1024, 1025, 1026, 2048, 2049, 4096, 5000}) {
    const History history = filled(steps);
    EXPECT_LE(history.spans().size(), History::kMost);
    EXPECT_GE(history.spans().size(), std::min(History::kMost / 2, static_cast<std::size_t>(steps)));
    EXPECT_EQ(history.steps(), steps);
    expect_in_order(history, steps);
  }
}

TEST(History, StaysBoundedOverAMillionSteps) {
  History history;
  StepReport report;
  for (int step = 1; step <= 1000000; ++step) {
    report.step = step;
    report.loss = step == 777777 ? 1e6 : step == 333333 ? -1 : 1;
    history.add(report);
    ASSERT_LE(history.spans().size(), History::kMost);
  }
  expect_in_order(history, 1000000);
  EXPECT_GE(history.spans().size(), History::kMost / 2);
  EXPECT_EQ(history.at(777777).high.loss, 1e6);
  EXPECT_EQ(history.at(333333).low.loss, -1);
  EXPECT_EQ(history.last(), report);
}

TEST(History, LosesNoSpikeOfAnyNumber) {
  for (const int place : {1, 2, 17, 1024, 1025, 3000, 3001, 4999, 5000}) {
    History history;
    for (int step = 1; step <= 5000; ++step) {
      history.add(made(step, step == place ? 1e9 : step == place + 1 ? -1e9 : smooth(step)));
    }
    EXPECT_EQ(history.at(place).high, made(history.at(place).high.step, 1e9)) << place;
    if (place < 5000) {
      EXPECT_EQ(history.at(place + 1).low, made(history.at(place + 1).low.step, -1e9)) << place;
    }
  }
}

TEST(History, FindsTheSpanOfAStep) {
  const History history = filled(5000);
  for (int step = 1; step <= 5000; ++step) {
    const StepSpan& span = history.at(step);
    EXPECT_LE(span.first.step, step);
    EXPECT_GE(span.last, step);
  }
}

TEST(History, TakesWhatIsNotFiniteForTheLargest) {
  History history;
  for (int step = 1; step <= 4096; ++step) {
    const double value = step == 2001 ? kInf : step == 2002 ? kNan : step == 3000 ? kInf : 1;
    history.add(made(step, value));
  }
  const StepSpan& both = history.at(2002);
  EXPECT_EQ(history.at(2001).first.step, both.first.step) << "one span holds both";
  EXPECT_TRUE(std::isnan(both.high.loss));
  EXPECT_TRUE(std::isnan(both.high.layer_gradients[1]));
  EXPECT_EQ(both.low.loss, 1);
  EXPECT_EQ(both.low.layer_updates[0], 8);
  EXPECT_EQ(history.at(3000).high.loss, kInf);
  EXPECT_EQ(history.at(3000).low.loss, 1);
  EXPECT_EQ(history.at(100).high.loss, 1);
}

TEST(History, KeepsANanWhateverComesFirst) {
  for (const int first : {2049, 2050}) {  // one span, once there are 4096 steps
    History history;
    for (int step = 1; step <= 4096; ++step) history.add(made(step, step == first ? kNan : 5));
    EXPECT_TRUE(std::isnan(history.at(first).high.loss)) << first;
    EXPECT_EQ(history.at(first).low.loss, 5) << first;
  }
}

TEST(History, KnowsTheLastStepHoweverCoarse) { EXPECT_EQ(filled(3333).last(), made(3333, smooth(3333))); }

}  // namespace
}  // namespace gradflow
