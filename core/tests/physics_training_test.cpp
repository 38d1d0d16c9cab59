// F16, warmup: the copy task in 300 steps of Adam(.9, .98) at 3e-3, over five seeds (after Xiong et al. 2020,
// section 4; Nguyen & Salazar 2019). Once a lane has learnt, single steps still jump by a factor of ten, so a
// loss here is the mean over the ten steps up to one; figures in the comments are those of the five seeds.
#include <array>
#include <cmath>

#include "core/tests/physics_setting.h"
#include "core/training/trainer.h"
#include "core/training/verdict.h"

namespace gradflow {
namespace {

using test::Mean;
using test::mean_of;

constexpr int kSeeds = 5;

StackSpec copy_stack(StackSpec stack, int num_layers, int seed) {
  stack.num_layers = num_layers;
  stack.vocab_size = 16;
  stack.batch_size = 8;
  stack.seed = static_cast<std::uint64_t>(seed);
  return stack;
}

LaneReport trained(const StackSpec& stack, int warmup, double learning_rate = TrainingSpec().learning_rate) {
  LaneReport lane;
  lane.stack = stack;
  lane.training.warmup = warmup;
  lane.training.learning_rate = learning_rate;
  Trainer<float> trainer(lane.stack, lane.training);
  while (!trainer.finished()) {
    trainer.step();
    lane.history.add(trainer.report());
  }
  lane.breakdown = trainer.breakdown();
  lane.first_move = trainer.first_move();
  lane.finished = true;
  return lane;
}

/// The default race of each seed: Pre-LN, Post-LN, Post-LN with 100 steps of warmup.
enum Lane : std::size_t { pre_ln, post_ln, post_ln_warmup };
using Race = std::array<LaneReport, 3>;
std::vector<Race> races(int num_layers, int seeds = kSeeds) {
  std::vector<Race> all;
  for (int seed = 1; seed <= seeds; ++seed) {
    all.push_back({trained(copy_stack(pre_ln_stack(), num_layers, seed), 0),
                   trained(copy_stack(post_ln_stack(), num_layers, seed), 0),
                   trained(copy_stack(post_ln_stack(), num_layers, seed), 100)});
  }
  return all;
}

double loss_at(const LaneReport& lane, int step) { return lane.history.at(step).first.mean_loss; }

Mean loss_at(const std::vector<Race>& races, Lane lane, int step) {
  std::vector<double> losses;
  for (const Race& race : races) losses.push_back(loss_at(race[lane], step));
  return mean_of(losses);
}

std::vector<Verdict> verdicts_of(const Race& race) {
  const std::vector<const LaneReport*> lanes{&race[pre_ln], &race[post_ln], &race[post_ln_warmup]};
  return judge_race(lanes, {"Pre-LN", "Post-LN", "Post-LN, warmup"});
}

/// At chance from its first steps to its last, and said to be dead.
void expect_dead(const LaneReport& lane, const Verdict& verdict) {
  EXPECT_NEAR(loss_at(lane, 300), std::log(16), .2);
  ASSERT_TRUE(at_chance_since(lane));
  EXPECT_LE(*at_chance_since(lane), 20);
  EXPECT_FALSE(learnt_at(lane));
  EXPECT_EQ(verdict.rule, "dead") << verdict.sentence;
}

TEST(F16, WithSixLayersWarmupIsWhatPostLnNeeds) {
  const std::vector<Race> all = races(6);
  EXPECT_LT(loss_at(all, pre_ln, 100).mean, .02);         // .007 to .016
  EXPECT_LT(loss_at(all, post_ln_warmup, 250).mean, .2);  // .018 to .054
  for (const Race& race : all) {
    const auto verdicts = verdicts_of(race);
    EXPECT_LT(learnt_at(race[pre_ln]).value_or(300), 80);           // 56 to 65
    EXPECT_LT(learnt_at(race[post_ln_warmup]).value_or(300), 230);  // 145 to 175
    EXPECT_EQ(verdicts[pre_ln].rule, "learnt") << verdicts[pre_ln].sentence;
    EXPECT_EQ(verdicts[post_ln_warmup].rule, "learnt") << verdicts[post_ln_warmup].sentence;
    expect_dead(race[post_ln], verdicts[post_ln]);
  }
}

double first_move(const StackSpec& stack, int warmup) {
  TrainingSpec training;
  training.warmup = warmup;
  Trainer<float> trainer(stack, training);
  trainer.step();
  return trainer.first_move();
}

/// Liu et al. 2020, section 4.2: what differs from the first step on is how far the update moves the output.
TEST(F16, WarmupShortensTheFirstMoveOfThePredictions) {
  for (int seed = 1; seed <= kSeeds; ++seed) {
    const StackSpec stack = copy_stack(post_ln_stack(), 6, seed);
    EXPECT_GT(first_move(stack, 0), 1.5) << seed;   // 2.0 to 2.8 nats
    EXPECT_LT(first_move(stack, 100), .2) << seed;  // .07 to .11
  }
}

/// It grows with depth in Pre-LN as well; but in Post-LN it is the longer one at every depth.
TEST(F16, AShortFirstUpdateMovesPostLnFurtherThanPreLnAtEveryDepth) {
  for (int seed = 1; seed <= 3; ++seed) {
    double pre_before = 0;
    double post_before = 0;
    for (const int depth : {2, 6, 24, 48}) {
      const double pre = first_move(copy_stack(pre_ln_stack(), depth, seed), 100);
      const double post = first_move(copy_stack(post_ln_stack(), depth, seed), 100);
      EXPECT_GT(post, 1.4 * pre) << depth << " layers, seed " << seed;
      EXPECT_GT(pre, pre_before) << depth << " layers, seed " << seed;
      EXPECT_GT(post, post_before) << depth << " layers, seed " << seed;
      pre_before = pre;
      post_before = post;
    }
  }
}

TEST(F16, WithTwelveLayersPostLnDiesWithWarmupToo) {
  for (const Race& race : races(12, 3)) {
    const auto verdicts = verdicts_of(race);
    EXPECT_LT(learnt_at(race[pre_ln]).value_or(300), 120);  // 72 to 89
    EXPECT_EQ(verdicts[pre_ln].rule, "learnt") << verdicts[pre_ln].sentence;
    expect_dead(race[post_ln], verdicts[post_ln]);
    expect_dead(race[post_ln_warmup], verdicts[post_ln_warmup]);
  }
}

StackSpec with_gpt2_weights(StackSpec stack, int num_layers, int seed) {
  stack.init.scheme = InitScheme::normal_002;
  stack.init.residual_output = ResidualOutput::gpt2;
  return copy_stack(stack, num_layers, seed);
}

/// What the claim "curve-decides" says of the race.
TEST(F16, WithGpt2WeightsPostLnDiesOfAHigherRateOrOfDepth) {
  constexpr double kUsual = 3e-3;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    for (const double rate : {kUsual, 1e-2}) {
      const LaneReport pre = trained(with_gpt2_weights(pre_ln_stack(), 6, seed), 0, rate);
      const LaneReport post = trained(with_gpt2_weights(post_ln_stack(), 6, seed), 0, rate);
      EXPECT_TRUE(learnt_at(pre)) << seed;  // 34 to 52
      EXPECT_EQ(learnt_at(post).has_value(), rate == kUsual) << seed;
    }
  }
  EXPECT_TRUE(learnt_at(trained(with_gpt2_weights(post_ln_stack(), 12, 1), 0)));
  EXPECT_TRUE(learnt_at(trained(with_gpt2_weights(pre_ln_stack(), 24, 1), 0)));
  EXPECT_FALSE(learnt_at(trained(with_gpt2_weights(post_ln_stack(), 24, 1), 0)));
}

}  // namespace
}  // namespace gradflow
