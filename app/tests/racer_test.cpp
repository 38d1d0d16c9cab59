// The race as the window runs it: side by side, paused, stepped, stopped, looked back at.
#include "app/session/racer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

#include "app/session/moments.h"
#include "app/session/scene.h"
#include "app/tests/small_stack.h"
#include "core/training/trainer.h"

namespace gradflow::session {
namespace {

constexpr std::chrono::seconds kPatience{20};

Lane lane(int num_layers, int steps) {
  Lane lane;
  lane.spec = gradflow::testing::small_stack(num_layers);
  lane.training.steps = steps;
  lane.name = lane.spec.name;
  return lane;
}

/// What the lane shows when it is trained by itself, in this thread.
LaneReport alone(const Lane& lane) {
  Trainer<float> trainer(lane.spec, lane.training);
  LaneReport report{lane.spec, lane.training};
  while (!trainer.finished()) {
    trainer.step();
    report.history.add(trainer.report());
  }
  return report;
}

TEST(Racer, EveryLaneShowsWhatItShowsAlone) {
  const std::vector<Lane> lanes{lane(1, 30), lane(3, 50), lane(2, 40)};
  std::atomic<int> woken = 0;
  Racer racer([&] { ++woken; });
  EXPECT_EQ(racer.phase(), RacePhase::none);
  EXPECT_TRUE(racer.reports().empty());
  racer.start(lanes);
  racer.wait();
  EXPECT_EQ(racer.phase(), RacePhase::finished);
  const auto reports = racer.reports();
  ASSERT_EQ(reports.size(), lanes.size());
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    EXPECT_TRUE(reports[i]->finished);
    EXPECT_EQ(reports[i]->history, alone(lanes[i]).history) << i;
  }
  EXPECT_GE(woken, 3);
}

TEST(Racer, APauseBringsAllToOneStepAndAStepIsOne) {
  Racer racer([] {});
  racer.start({lane(1, 100000), lane(4, 100000)});
  while (racer.reports()[1]->history.steps() < 5) {
  }
  racer.pause();
  racer.wait();
  EXPECT_EQ(racer.phase(), RacePhase::paused);
  const int paused = racer.reports()[0]->history.steps();
  EXPECT_EQ(racer.reports()[1]->history.steps(), paused);
  EXPECT_GE(paused, 5);
  racer.step();
  racer.wait();
  for (const auto& report : racer.reports()) EXPECT_EQ(report->history.steps(), paused + 1);
  racer.resume();
  EXPECT_EQ(racer.phase(), RacePhase::running);
  while (racer.reports()[0]->history.steps() < paused + 10) {
  }
  racer.stop();
  racer.wait();
  EXPECT_EQ(racer.phase(), RacePhase::finished);
  EXPECT_FALSE(racer.reports()[0]->finished) << "stopped before its end";
}

TEST(Racer, APausedStartMakesOneStep) {
  Racer racer([] {});
  racer.start({lane(1, 9), lane(2, 9)}, Racer::From::paused);
  racer.wait();
  for (const auto& report : racer.reports()) EXPECT_EQ(report->history.steps(), 1);
  EXPECT_EQ(racer.phase(), RacePhase::paused);
}

TEST(Racer, ALaneThatCannotRunSaysSoAndTheOthersRunOn) {
  std::vector<Lane> lanes{lane(1, 20), lane(4, 20), lane(1, 20)};
  lanes[0].spec.sequence_length = 5;
  lanes[1].spec.sublayers.attention.norm = lanes[1].spec.sublayers.ffn.norm = {};
  lanes[1].spec.init.gain = 1e6;
  Racer racer([] {});
  racer.start(lanes);
  racer.wait();
  const auto reports = racer.reports();
  EXPECT_NE(reports[0]->error.find("sequence_length is 5"), std::string::npos) << reports[0]->error;
  ASSERT_TRUE(reports[1]->breakdown);
  EXPECT_EQ(reports[1]->breakdown->step, 1);
  EXPECT_EQ(reports[2]->history.steps(), 20);
  EXPECT_TRUE(reports[2]->error.empty());
}

TEST(Racer, AnotherStartTakesThePlaceOfTheRace) {
  Racer racer([] {});
  for (int round = 0; round < 5; ++round) racer.start({lane(2, 100000), lane(3, 100000)});
  racer.start({lane(1, 10)});
  racer.wait();
  ASSERT_EQ(racer.reports().size(), 1U);
  EXPECT_EQ(racer.reports()[0]->history, alone(lane(1, 10)).history);
  EXPECT_TRUE(racer.stop(kPatience));
}

TEST(Racer, EndsAtOnceWhenItIsDestroyedOnTheWay) {
  const auto begin = std::chrono::steady_clock::now();
  {
    Racer racer([] {});
    racer.start({lane(6, 1000000), lane(6, 1000000)});
  }
  {
    Racer racer([] {});
    racer.start({lane(6, 1000000)}, Racer::From::paused);
    racer.wait();
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kPatience);
}

TEST(Racer, OneCanLookBack) {
  Racer racer([] {});
  racer.start({lane(3, 40)});
  EXPECT_EQ(racer.moments(1).size(), 1U);
  racer.wait();
  const auto newest = racer.moments(0).front();
  ASSERT_NE(newest, nullptr);
  EXPECT_EQ(newest->scalar("step"), 40);
  EXPECT_EQ(racer.moments(0).front(), newest) << "the same moment is the same object";
  const auto past = racer.moments(7).front();
  EXPECT_EQ(past->scalar("step"), 7);
  const StepSpan& span = racer.reports()[0]->history.at(7);
  const std::vector<double>& totals = past->find("grad_norm/total")->values;
  ASSERT_EQ(totals.size(), 3U);
  for (std::size_t l = 0; l < totals.size(); ++l) {
    EXPECT_NEAR(totals[l], span.first.layer_gradients[l], 1e-12 * totals[l]);
  }
}

TEST(Moments, AreBoundedAndGiveTheNearestBefore) {
  const StackSpec spec = gradflow::testing::small_stack(1);
  PassRecord record;
  record.streams.resize(2);
  record.layers.resize(1);
  PassNames names;
  names.gradients.resize(1);
  Moments moments(spec);
  EXPECT_EQ(moments.at(0), nullptr);
  for (int step = 1; step <= 5000; ++step) {
    record.loss = step;
    moments.add(step, record, names);
  }
  EXPECT_EQ(moments.at(0)->scalar("step"), 5000);
  EXPECT_EQ(moments.at(1)->scalar("step"), 1);
  int known = 0;
  double before = 0;
  for (int step = 1; step <= 5000; ++step) {
    const double found = *moments.at(step)->scalar("step");
    EXPECT_LE(found, step);
    EXPECT_GT(found + 32, step);
    EXPECT_EQ(moments.at(step)->scalar("loss"), found);
    known += found != before ? 1 : 0;
    before = found;
  }
  EXPECT_LE(known, 513);
  EXPECT_GE(known, 256);
}

}  // namespace
}  // namespace gradflow::session
