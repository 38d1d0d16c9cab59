// What became of each lane of a race, on curves that are made for each rule.
#include "core/training/verdict.h"

#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <set>

#include "core/io/tests/other_language.h"
#include "core/tests/training_setting.h"

namespace gradflow {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

using Curve = std::function<double(int step)>;

/// A lane of the copy task over 16 symbols (chance has 2.77) whose mean loss is `curve`.
LaneReport made(StackSpec stack, int steps, const Curve& curve, int planned = 300) {
  LaneReport lane;
  lane.stack = std::move(stack);
  lane.training.steps = planned;
  for (int step = 1; step <= steps; ++step) {
    StepReport report;
    report.step = step;
    report.loss = report.mean_loss = curve(step);
    report.layer_gradients = report.layer_updates = report.layer_cosines = {0.5, 0.5, 0.5};
    lane.history.add(report);
  }
  lane.finished = steps == planned;
  return lane;
}

double flat(int) { return 2.8; }
Curve learnt_at_step(int step) {
  return [step](int t) { return t < step ? 2.4 : 0.01; };
}

std::vector<Verdict> judged(const std::vector<LaneReport>& lanes) {
  std::vector<const LaneReport*> pointers;
  std::vector<std::string> names;
  for (const LaneReport& lane : lanes) {
    pointers.push_back(&lane);
    names.push_back(lane.stack.name);
  }
  return judge_race(pointers, names);
}

Verdict judged(const LaneReport& lane) { return judged(std::vector{lane}).front(); }

/// The mean cosine of each layer, from the step on.
LaneReport with_cosines(int steps, int since, std::vector<double> cosines) {
  LaneReport lane;
  lane.training.steps = steps;
  lane.finished = true;
  for (int step = 1; step <= steps; ++step) {
    StepReport report;
    report.step = step;
    report.loss = report.mean_loss = 2.8;
    report.layer_cosines = step < since ? std::vector<double>(cosines.size(), 0.3) : cosines;
    lane.history.add(report);
  }
  return lane;
}

TEST(RaceVerdict, OfALaneThatLearntSaysWhen) {
  const Verdict verdict = judged(made(pre_ln_stack(), 300, learnt_at_step(65)));
  EXPECT_EQ(verdict.rule, "learnt");
  EXPECT_EQ(verdict.judgement, Judgement::good);
  EXPECT_EQ(verdict.sentence, "learnt by step 65: loss 0.01 at step 300");
  EXPECT_NE(verdict.reason.find("half of 2.77"), std::string::npos);
}

TEST(RaceVerdict, OfALaneAtChanceAtItsEndIsDeadWhereAnotherLearnt) {
  const LaneReport lane = made(post_ln_stack(), 300, [](int t) { return t < 40 ? 2.0 : 2.8; });
  EXPECT_EQ(judged(lane).sentence, "at chance: loss 2.8 at step 300")
      << "nobody has learnt it in so few steps";
  const Verdict verdict = judged({lane, made(pre_ln_stack(), 300, learnt_at_step(299))})[0];
  EXPECT_EQ(verdict.rule, "dead");
  EXPECT_EQ(verdict.judgement, Judgement::bad);
  EXPECT_EQ(verdict.sentence, "dead: loss at chance since step 40");
}

TEST(RaceVerdict, OfALossFarAboveChanceDoesNotCallItChance) {
  const Verdict verdict = judged(made(post_ln_stack(), 300, [](int) { return 4e6; }));
  EXPECT_EQ(verdict.rule, "dead");
  EXPECT_EQ(verdict.sentence, "dead: loss 4e6, no better than chance since step 1");
}

TEST(RaceVerdict, LosesPatienceThreeTimesAsLateAsTheQuickestLearnt) {
  const LaneReport quick = made(pre_ln_stack(), 300, learnt_at_step(60));
  const LaneReport slower = made(pre_ln_stack(), 300, learnt_at_step(61));
  EXPECT_EQ(judged({slower, made(post_ln_stack(), 179, flat), quick})[1].rule, "at-chance");
  EXPECT_EQ(judged({slower, made(post_ln_stack(), 180, flat), quick})[1].rule, "dead");
  EXPECT_EQ(judged(made(post_ln_stack(), 299, flat)).rule, "at-chance") << "nobody has learnt";
}

TEST(RaceVerdict, OfALaneAtChanceOnItsWayWaits) {
  const Verdict verdict = judged(made(post_ln_stack(), 100, flat));
  EXPECT_EQ(verdict.rule, "at-chance");
  EXPECT_EQ(verdict.judgement, Judgement::caution);
  EXPECT_EQ(verdict.sentence, "at chance: loss 2.8 at step 100");
}

TEST(RaceVerdict, OfALaneBetweenSaysThatItLearnsOrHasNot) {
  const Verdict running = judged(made(pre_ln_stack(), 100, [](int) { return 2.0; }));
  EXPECT_EQ(running.rule, "learning");
  EXPECT_EQ(running.sentence, "learning: loss 2 at step 100");
  EXPECT_EQ(running.judgement, Judgement::open);
  const Verdict over = judged(made(pre_ln_stack(), 300, [](int) { return 2.0; }));
  EXPECT_EQ(over.rule, "learning");
  EXPECT_EQ(over.sentence, "has not learnt it: loss 2 at step 300");
  EXPECT_EQ(over.judgement, Judgement::caution);
}

TEST(RaceVerdict, OfALaneThatForgotIsNotLearnt) {
  const Verdict verdict = judged(made(pre_ln_stack(), 300, [](int t) { return t == 100 ? 0.1 : 2.0; }));
  EXPECT_EQ(verdict.rule, "learning");
}

TEST(RaceVerdict, OfWhatBrokeDownSaysTheStepAndTheLayerWhileOthersRun) {
  LaneReport broken = made(post_ln_stack(), 1, [](int) { return kInf; });
  broken.finished = true;
  const LaneReport other = made(pre_ln_stack(), 80, learnt_at_step(65));
  const auto sentence = [&](const Breakdown& where) {
    broken.breakdown = where;
    const auto verdicts = judged({broken, other});
    EXPECT_EQ(verdicts[0].rule, "not-finite");
    EXPECT_EQ(verdicts[0].judgement, Judgement::bad);
    EXPECT_EQ(verdicts[1].sentence, "learnt by step 65: loss 0.01 at step 80");
    return verdicts[0].sentence;
  };
  EXPECT_EQ(sentence({1, 3, false}), "broke down at step 1: numbers are not finite from layer 3 up");
  EXPECT_EQ(sentence({1, 3, true}), "broke down at step 1: the gradient is not finite from layer 3 down");
  EXPECT_EQ(sentence({1, {}, false}), "broke down at step 1: the loss is not finite, though the stream is");
  EXPECT_EQ(sentence({1, {}, true}),
            "broke down at step 1: the gradient is finite in every layer, but not at the stack's ends");
}

TEST(RaceVerdict, OfARealBreakdownIsThatOfTheTrainer) {
  LaneReport lane;
  lane.stack = test::tiny_stack(post_ln_stack());
  lane.training = test::tiny_training();
  lane.training.learning_rate = 1e9;
  Trainer<float> trainer(lane.stack, lane.training);
  for (const StepReport& report : test::run(trainer)) lane.history.add(report);
  lane.breakdown = trainer.breakdown();
  lane.finished = trainer.finished();
  ASSERT_TRUE(lane.breakdown);
  EXPECT_EQ(judged(lane).sentence, "broke down at step " + std::to_string(lane.breakdown->step) +
                                       ": numbers are not finite from layer 0 up");
}

TEST(RaceVerdict, OfARefusedLaneIsItsError) {
  LaneReport lane = made(pre_ln_stack(), 0, flat);
  lane.error = "warmup is 301 steps; allowed is 0 to the 300 steps of the run";
  EXPECT_EQ(judged(lane).rule, "error");
  EXPECT_EQ(judged(lane).sentence, lane.error);
  EXPECT_EQ(judged(lane).judgement, Judgement::bad);
}

TEST(RaceVerdict, OfALaneWithoutAStepWaits) {
  EXPECT_EQ(judged(made(pre_ln_stack(), 0, flat)).rule, "waiting");
  const std::vector<const LaneReport*> none{nullptr};
  EXPECT_EQ(judge_race(none, {"A"}).front().rule, "waiting");
  EXPECT_EQ(judge_race(none, {"A"}).front().judgement, Judgement::open);
}

TEST(RaceVerdict, OfADeadLaneComparesItsFirstMoveWithTheSameStackThatLearnt) {
  LaneReport pre = made(pre_ln_stack(), 300, learnt_at_step(60));
  LaneReport warm = made(post_ln_stack(), 300, learnt_at_step(170));
  LaneReport dead = made(post_ln_stack(), 300, flat);
  warm.stack.name = "Post-LN, warmup";
  pre.first_move = 1.5;
  warm.first_move = 0.1;
  dead.first_move = 2.1;
  EXPECT_EQ(
      judged({pre, dead, warm})[1].sentence,
      "dead: loss at chance since step 1; its first update moved the predictions 21 × as far as that of "
      "Post-LN, warmup");
  EXPECT_EQ(judged({pre, dead})[1].sentence, "dead: loss at chance since step 1") << "1.4 x is not telling";
  pre.first_move = 0.5;
  EXPECT_EQ(judged({pre, dead})[1].sentence,
            "dead: loss at chance since step 1; its first update moved the predictions 4.2 × as far as that "
            "of Pre-LN");
}

TEST(RaceVerdict, OfADeadLaneNamesTheLayerAndTheStepOfItsCollapse) {
  const LaneReport lane = with_cosines(300, 20, {0.2, 0.995, 1, 0.999});
  EXPECT_EQ(judged(lane).sentence,
            "at chance: loss 2.8 at step 300; from layer 1 up all tokens look alike since step 20");
  EXPECT_EQ(judged({lane, made(pre_ln_stack(), 300, learnt_at_step(60))})[0].sentence,
            "dead: loss at chance since step 1; from layer 1 up all tokens look alike since step 20");
}

TEST(RaceVerdict, IsTranslatedToTheLastWord) {
  const test::OtherLanguage language;
  std::vector<LaneReport> lanes{made(pre_ln_stack(), 300, learnt_at_step(65)),
                                made(post_ln_stack(), 300, flat),
                                made(post_ln_stack(), 300, [](int) { return 4e6; }),
                                made(pre_ln_stack(), 100, [](int) { return 2.0; }),
                                made(pre_ln_stack(), 300, [](int) { return 2.0; }),
                                made(pre_ln_stack(), 0, flat),
                                with_cosines(300, 4, {0.3, 1, 1})};
  for (const bool backward : {false, true}) {
    for (const std::optional<int> layer : {std::optional<int>(), std::optional(1)}) {
      lanes.push_back(made(pre_ln_stack(), 1, flat));
      lanes.back().breakdown = {2, layer, backward};
    }
  }
  lanes[0].first_move = 1;
  lanes[1].first_move = 5;
  for (LaneReport& lane : lanes) lane.stack.name = "1";
  std::set<std::string_view> rules;
  for (const Verdict& verdict : judged(lanes)) {
    rules.insert(verdict.rule);
    for (const std::string& word : test::english_words(verdict.sentence + " " + verdict.reason))
      ADD_FAILURE() << '"' << word << "\" in: " << verdict.sentence << "; " << verdict.reason;
  }
  EXPECT_EQ(rules, (std::set<std::string_view>{"dead", "learning", "learnt", "not-finite", "waiting"}));
}

TEST(Collapse, IsFromTheLowestLayerWhoseTokensAreAlikeAllTheWayUp) {
  const auto layer = [](std::vector<double> cosines) {
    const auto collapse = collapse_of(with_cosines(50, 7, std::move(cosines)));
    return collapse ? std::pair(collapse->layer, collapse->since) : std::pair(-1, -1);
  };
  EXPECT_EQ(layer({1, 1, 1}), std::pair(0, 7));
  EXPECT_EQ(layer({1, 0.5, 1}), std::pair(2, 7));
  EXPECT_EQ(layer({0.2, 0.99, 0.99}), std::pair(1, 7));
  EXPECT_EQ(layer({1, 1, 0.98}), std::pair(-1, -1));
  EXPECT_FALSE(collapse_of(LaneReport{}));
}

TEST(Collapse, CountsFromTheLastTimeThatTheTopWasNotAlike) {
  LaneReport lane = with_cosines(50, 1, {1, 1});
  StepReport apart = lane.history.last();
  apart.step = 51;
  apart.layer_cosines = {1, 0.5};
  lane.history.add(apart);
  EXPECT_FALSE(collapse_of(lane));
  apart.step = 52;
  apart.layer_cosines = {1, 1};
  lane.history.add(apart);
  ASSERT_TRUE(collapse_of(lane));
  EXPECT_EQ(collapse_of(lane)->since, 52);
}

TEST(LearntAt, IsTheFirstStepBelowHalfOfChance) {
  EXPECT_EQ(learnt_at(made(pre_ln_stack(), 300, learnt_at_step(65))), 65);
  EXPECT_EQ(learnt_at(made(pre_ln_stack(), 300, flat)), std::nullopt);
  EXPECT_EQ(learnt_at(LaneReport{}), std::nullopt);
}

TEST(LearntAt, IsGoodToASpanInALongRun) {
  const LaneReport lane = made(pre_ln_stack(), 10000, learnt_at_step(7777), 10000);
  const auto step = learnt_at(lane);
  ASSERT_TRUE(step);
  EXPECT_NEAR(*step, 7777, 16);
  EXPECT_EQ(judged(lane).sentence.substr(judged(lane).sentence.find(':')), ": loss 0.01 at step 10000");
}

TEST(AtChanceSince, IsTheFirstStepAfterTheLastThatWasBelow) {
  EXPECT_EQ(at_chance_since(made(pre_ln_stack(), 300, flat)), 1);
  EXPECT_EQ(at_chance_since(made(pre_ln_stack(), 300, [](int t) { return t == 120 ? 2.4 : 2.8; })), 121);
  EXPECT_EQ(at_chance_since(made(pre_ln_stack(), 300, [](int t) { return t == 300 ? 2.4 : 2.8; })),
            std::nullopt);
  EXPECT_EQ(at_chance_since(LaneReport{}), std::nullopt);
}

TEST(AtChanceSince, SeesADipInsideASpanOfALongRun) {
  for (const int dip : {7777, 7778, 7779, 7780}) {
    const Curve curve = [dip](int t) { return t == dip ? 2.0 : 2.8; };
    const auto since = at_chance_since(made(pre_ln_stack(), 10000, curve, 10000));
    ASSERT_TRUE(since);
    EXPECT_GT(*since, dip);
    EXPECT_LE(*since, dip + 16);
  }
}

TEST(AtChanceSince, IsMeasuredAgainstTheTextsEntropy) {
  LaneReport lane = made(pre_ln_stack(), 10, [](int) { return 0.65; });
  EXPECT_EQ(at_chance_since(lane), std::nullopt);
  lane.training.task = Task::text;
  lane.stack.input.text = "ab";
  EXPECT_EQ(at_chance_since(lane), 1);
}

}  // namespace
}  // namespace gradflow
