#include "app/ui/freshness.h"

#include <gtest/gtest.h>

namespace gradflow::ui {
namespace {

constexpr float kFrame = 1.0F / 60.0F;

struct Bench {
  session::Scene scene;
  std::vector<std::shared_ptr<const StackReport>> answers;
  Freshness freshness;
  void answer() {
    answers.clear();
    for (const StackSpec& spec : scene.stacks) {
      StackReport report;
      report.spec = spec;
      answers.push_back(std::make_shared<const StackReport>(report));
    }
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i) freshness.follow(scene, answers, kFrame, Motion::full);
  }
};

TEST(Freshness, IsFullWhenEveryAnswerIsTheScenes) {
  Bench bench;
  bench.answer();
  bench.frames(1);
  EXPECT_FALSE(bench.freshness.any_stale());
  EXPECT_FALSE(bench.freshness.moving());
  EXPECT_EQ(bench.freshness.dimmed(), std::vector<float>(2, 0.0F));
}

TEST(Freshness, DimsSlowlyAndComesBack) {
  Bench bench;
  bench.answer();
  bench.frames(1);
  bench.scene.stacks[1].num_layers = 13;
  bench.frames(1);
  EXPECT_EQ(bench.freshness.stale(), (std::vector<bool>{false, true}));
  EXPECT_LT(bench.freshness.dimmed()[1], 0.2F);
  EXPECT_TRUE(bench.freshness.moving());
  bench.frames(20);
  EXPECT_EQ(bench.freshness.dimmed()[1], 1.0F);
  EXPECT_EQ(bench.freshness.dimmed()[0], 0.0F);
  EXPECT_TRUE(bench.freshness.long_stale());
  EXPECT_FALSE(bench.freshness.moving());
  bench.answer();
  bench.frames(20);
  EXPECT_EQ(bench.freshness.dimmed()[1], 0.0F);
}

TEST(Freshness, CountsAMissingAnswerAsStale) {
  Bench bench;
  bench.answers.resize(2);
  bench.frames(1);
  EXPECT_TRUE(bench.freshness.any_stale());
}

}  // namespace
}  // namespace gradflow::ui
