// Conditions and numbers: every operator, every function, and what is not measured yet.
#include "app/lessons/expression.h"

#include <gtest/gtest.h>

#include <cmath>

#include "app/lessons/operators.h"
#include "core/io/tests/sentence.h"

namespace gradflow::lessons {
namespace {

using test::sentence_of;

StackReport report_of(const StackSpec& spec, double scale) {
  StackReport report;
  report.spec = spec;
  report.scalars = {{"loss", 5 * scale}};
  report.series = {{"grad_norm/ffn.w_1", {0, 1, 2}, {3 * scale, 2 * scale, scale}},
                   {"norm_gain/ffn.post", {1}, {0.8}},
                   {"stream_rms", {0, 1, 2, 3}, {1, 2, 3, std::numeric_limits<double>::quiet_NaN()}}};
  return report;
}

/// Two stacks of three layers, measured by hand.
class Expressions : public testing::Test {
 protected:
  Expressions() {
    for (StackSpec& stack : scene_.stacks) stack.num_layers = 3;
    scene_.stacks[1].sublayers.ffn.residual = false;
    scene_.race.training.steps = 12;
    for (std::size_t i = 0; i < 2; ++i) {
      answers_.push_back(
          std::make_shared<const StackReport>(report_of(scene_.stacks[i], static_cast<double>(i + 1))));
    }
    verdicts_.resize(2);
    verdicts_[0].rule = "pre-ln";
    verdicts_[1].rule = "residual-off";
    for (const session::Lane& lane : session::lanes_of(scene_)) {
      LaneReport report{.stack = lane.spec, .training = lane.training};
      const double loss = lane.stack == 0 ? 0.1 : 2.8;
      for (int step = 1; step <= 12; ++step) {
        StepReport made;
        made.step = step;
        made.loss = made.mean_loss = loss;
        made.update_ratio = 0.1 / step;
        made.layer_cosines = {0.1, step == 1 ? 0.4 : 0.9};
        report.history.add(made);
      }
      report.first_move = loss / 2;
      report.finished = true;
      race_.push_back(std::make_shared<const LaneReport>(report));
    }
  }

  State state() const { return {scene_, answers_, verdicts_, race_}; }
  std::optional<bool> truth(const std::string& text) const { return holds(parse_condition(text), state()); }
  std::optional<double> number(const std::string& text) const {
    return number_of(parse_number(text), state());
  }

  session::Scene scene_;
  std::vector<std::shared_ptr<const StackReport>> answers_;
  std::vector<Verdict> verdicts_;
  std::vector<std::shared_ptr<const LaneReport>> race_;
};

std::string refusal_of(const std::string& condition) {
  return sentence_of([&] { parse_condition(condition); });
}

TEST_F(Expressions, OneTokenIsWalkedThroughTheBlock) {
  scene_.stacks[1] = post_ln_stack();
  scene_.token.x = {4, 1, -2};
  EXPECT_EQ(number("token(A, x, 2)"), -2);
  EXPECT_NEAR(*number("token(A, x)"), std::sqrt(21), 1e-12);
  EXPECT_NEAR(*number("token(A, attention.input, 0)"), std::sqrt(1.5), 1e-5);
  EXPECT_EQ(number("token(A, attention.y, 1)"), 3);
  EXPECT_NEAR(*number("token(B, y)"), std::sqrt(3), 1e-4);
  EXPECT_EQ(number("token(A, gradient.x, 2)"), -4);
  EXPECT_LT(*number("token(B, gradient.x) / token(B, gradient.y)"), 1);
  EXPECT_EQ(number("token_mean(A, x)"), 1);
  EXPECT_NEAR(*number("token_sd(A, x)"), std::sqrt(6), 1e-12);
  EXPECT_NEAR(*number("token_rms(A, x)"), std::sqrt(7), 1e-12);
  EXPECT_EQ(number("token_width"), 3);
  EXPECT_EQ(number("token(A, x, 3)"), std::nullopt);
  EXPECT_EQ(why_unknown(parse_number("token(A, x, 3)"), state()), "the token has 3 numbers, counted from 0");
  EXPECT_EQ(why_unknown(parse_number("token(A, cross_attention.y)"), state()),
            "stack A has no cross_attention.y");
  EXPECT_EQ(why_unknown(parse_number("token(F, x)"), state()), "there is no stack F");
  EXPECT_NE(sentence_of([] { parse_number("token(A, attention.z)"); }).find("attention.sum"),
            std::string::npos);
  EXPECT_NE(sentence_of([] { parse_number("token(A, x, 6)"); }).find("from 0 to 5"), std::string::npos);
}

TEST_F(Expressions, NumbersBindAsInArithmetic) {
  EXPECT_EQ(number("1 + 2 * 3"), 7);
  EXPECT_EQ(number("(1 + 2) * 3"), 9);
  EXPECT_EQ(number("7 - 2 - 1"), 4);
  EXPECT_EQ(number("8 / 4 / 2"), 1);
  EXPECT_EQ(number("2 ^ 3 ^ 2"), 512);
  EXPECT_EQ(number("-2 ^ 2"), -4);
  EXPECT_EQ(number("2 ^ -1"), 0.5);
  EXPECT_EQ(number("- - 3"), 3);
  EXPECT_EQ(number("sqrt(9) + abs(-2) + ln(exp(1))"), 6);
  EXPECT_EQ(number("1e-2 * .5"), 0.005);
  EXPECT_EQ(number("1 / 0"), INFINITY);
}

TEST_F(Expressions, TruthsBindLooserThanComparisonsAndThoseLooserThanNumbers) {
  EXPECT_EQ(truth("1 + 1 == 2 and not 2 < 1 or 1 > 2"), true);
  EXPECT_EQ(truth("1 > 2 and 1 > 2 or 1 < 2"), true);
  EXPECT_EQ(truth("1 > 2 and (1 > 2 or 1 < 2)"), false);
  EXPECT_EQ(truth("not (1 < 2)"), false);
  EXPECT_EQ(truth("1 <= 1 and 1 >= 1 and 1 != 2"), true);
}

TEST_F(Expressions, ANumberThatIsNoneComparesAsFalse) {
  EXPECT_EQ(truth("top(A, stream_rms) > 0"), false);
  EXPECT_EQ(truth("top(A, stream_rms) == top(A, stream_rms)"), false);
}

TEST_F(Expressions, AskTheScene) {
  scene_.view = session::View::training;
  scene_.selected = 1;
  scene_.seeds = 5;
  scene_.hidden = {false, true};
  scene_.pinned = {pre_ln_stack()};
  EXPECT_EQ(truth("view == training and view != depth-law"), true);
  EXPECT_EQ(truth("quantity == loss"), true);
  EXPECT_EQ(truth("selected == B and seeds == 5 and stacks == 2"), true);
  EXPECT_EQ(truth("hidden(B) and not hidden(A) and pinned(A) and not pinned(B)"), true);
  EXPECT_EQ(number("depth(A) + depth(B)"), 6);
  EXPECT_EQ(truth("wiring(A) == pre and wiring(B) == post and wiring(B, ffn) == post"), true);
  EXPECT_EQ(truth("residual(A) == on and residual(B, ffn) == off and residual(B) == mixed"), true);
  EXPECT_EQ(truth("norm(A) == layer_norm and final_norm(A) == on and final_norm(B) == off"), true);
  EXPECT_EQ(truth("has(A, \"sublayers.ffn.norm=pre\") and not has(A, \"sublayers.ffn.norm=pre,branch\")"),
            true);
}

TEST_F(Expressions, SeeTheOverridesOfLayers) {
  scene_.stacks[0].overrides.resize(1);
  scene_.stacks[0].overrides[0].layers = {1};
  scene_.stacks[0].overrides[0].ffn = {SiteSet{Site::post}, false};
  EXPECT_EQ(truth("wiring(A) == mixed and wiring(A, ffn) == mixed and wiring(A, attention) == pre"), true);
  EXPECT_EQ(truth("residual(A, ffn) == mixed"), true);
  scene_.stacks[0].overrides.clear();
  scene_.stacks[0].sublayers.attention.norm = scene_.stacks[0].sublayers.ffn.norm = {Site::entry, Site::post};
  EXPECT_EQ(truth("wiring(A) == unnamed"), true);
}

TEST_F(Expressions, AskTheMeasurements) {
  EXPECT_EQ(number("top(B) / top(A)"), 2);
  EXPECT_EQ(number("bottom(A)"), 3);
  EXPECT_EQ(number("value(A, grad_norm/ffn.w_1, 1)"), 2);
  EXPECT_EQ(number("value(A, norm_gain/ffn.post, 1)"), 0.8);
  EXPECT_EQ(number("scalar(B, loss)"), 10);
  EXPECT_EQ(truth("verdict(B) == residual-off"), true);
}

TEST_F(Expressions, AskTheRace) {
  EXPECT_EQ(truth("race(A) == learnt and race(B) == dead"), true);
  EXPECT_EQ(truth("race(B, warmup) == dead"), true);
  EXPECT_EQ(number("race_loss(A)"), 0.1);
  EXPECT_EQ(number("race_steps(B, warmup)"), 12);
  EXPECT_EQ(number("learnt_at(A)"), 1);
  EXPECT_EQ(number("learnt_at(B)"), std::nullopt);
  EXPECT_NEAR(number("race_first_move(B) / race_first_move(A)").value(), 28, 1e-9);
  EXPECT_EQ(number("race_first_update(B, warmup)"), 0.1);
  EXPECT_EQ(number("race_first_cosine(A)"), 0.4);
  EXPECT_EQ(number("race_cosine(A)"), 0.9);
  EXPECT_TRUE(asks_race(parse_condition("1 > 2 or race(A) == dead")));
  EXPECT_FALSE(asks_race(parse_condition("top(A) > 2")));
}

TEST_F(Expressions, ALaneThatBrokeDownInItsFirstPassHasNoFirstMove) {
  LaneReport broken = *race_[0];
  broken.breakdown = Breakdown{1, 0, false};
  race_[0] = std::make_shared<const LaneReport>(broken);
  EXPECT_EQ(number("race_first_move(A)"), std::nullopt);
  broken.breakdown->step = 2;
  race_[0] = std::make_shared<const LaneReport>(broken);
  EXPECT_EQ(number("race_first_move(A)"), 0.05);
}

TEST_F(Expressions, AskTheKeysOfASession) {
  scene_.race.num_layers = 7;
  scene_.race.seed = 3;
  scene_.race.training.learning_rate = 1e-3;
  EXPECT_EQ(number("setting(race_depth)"), 7);
  EXPECT_EQ(number("setting(race_seed)"), 3);
  EXPECT_EQ(truth("setting(race_learning_rate) <= 0.001"), true);
  EXPECT_EQ(number("setting(race_clip)"), 0) << "which a session says of no clipping";
  scene_.race.training.clip = 0.5;
  EXPECT_EQ(number("setting(race_clip)"), 0.5);
  EXPECT_EQ(number("setting(race_steps)"), 12);
  EXPECT_EQ(
      refusal_of("setting(race_learning_rat) < 1"),
      "\"setting(race_learning_rat) < 1\" has a setting that is none: \"race_learning_rat\" is no key of "
      "a scene with a number; did you mean race_learning_rate?");
  EXPECT_NE(refusal_of("setting(race_optimizer) == 1").find("no key of a scene with a number; allowed are "),
            std::string::npos)
      << "a word";
}

TEST_F(Expressions, AskTheMeanGains) {
  StackReport report = *answers_[0];
  report.series = {{"jacobian_gain/attention", {0, 1}, {2, 0.5}},
                   {"jacobian_gain/ffn", {0, 1}, {4, 4}},
                   {"norm_gain/attention.post", {0, 1}, {0.8, 0.8}},
                   {"norm_gain/ffn.pre", {0, 1}, {7, 7}}};
  answers_[0] = std::make_shared<const StackReport>(report);
  EXPECT_NEAR(number("gain(A)").value(), 2, 1e-12);
  EXPECT_NEAR(number("norm_gain(A)").value(), 0.8, 1e-12) << "of those on the trunk";
  EXPECT_EQ(number("gain(B)"), std::nullopt) << "nothing was measured";
}

TEST_F(Expressions, EveryFunctionIsNamedOnceAndAskedHere) {
  for (const Function* function : functions()) {
    EXPECT_EQ(find_operator(function->name, Form::call), nullptr) << function->name;
    EXPECT_LE(function->required, arguments_of(*function)) << function->name;
    EXPECT_FALSE(function->help.empty()) << function->name;
    const State nothing{scene_};
    Arguments arguments;
    arguments.stack = 5;
    EXPECT_NO_THROW(function->value(nothing, arguments)) << function->name;
  }
}

TEST_F(Expressions, WhatIsNotMeasuredIsNotYetKnown) {
  const State nothing{scene_};
  for (const char* text : {"top(A) > 1", "verdict(A) == pre-ln", "race(A) == dead", "scalar(A, loss) < 9",
                           "not top(A) > 1", "top(A) > 1 and depth(A) == 3", "top(A) + 1 == top(A)"}) {
    EXPECT_EQ(holds(parse_condition(text), nothing), std::nullopt) << text;
  }
  EXPECT_EQ(holds(parse_condition("top(A) > 1 and depth(A) == 4"), nothing), false) << "one side decides";
  EXPECT_EQ(holds(parse_condition("top(A) > 1 or depth(A) == 3"), nothing), true);
  EXPECT_EQ(why_unknown(parse_condition("top(A) > 1"), nothing), "it is not measured");
}

TEST_F(Expressions, AnAnswerToAnEarlierQuestionIsNone) {
  const auto condition = parse_condition("top(A) > 0");
  EXPECT_EQ(holds(condition, state()), true);
  scene_.stacks[0].num_layers = 4;
  EXPECT_EQ(holds(condition, state()), std::nullopt);
  EXPECT_EQ(truth("verdict(A) == pre-ln"), std::nullopt);
  scene_.race.training.steps = 13;
  EXPECT_EQ(truth("race(B) == dead"), std::nullopt);
}

TEST_F(Expressions, SayWhatIsMissing) {
  const auto why = [&](const std::string& text) { return why_unknown(parse_number(text), state()); };
  EXPECT_EQ(why("top(C)"), "there is no stack C");
  EXPECT_EQ(why("1 + top(A, grad_norm/fnn.w_1)"),
            "stack A has no quantity grad_norm/fnn.w_1; did you mean grad_norm/ffn.w_1?");
  EXPECT_EQ(why("value(A, stream_rms, 9)"), "stack A has no stream_rms in layer 9");
  EXPECT_EQ(why("scalar(A, stream_rms)"), "stack A has no quantity stream_rms; allowed are loss");
  EXPECT_EQ(why("race_loss(A, warmup)"), "stack A has no lane with warmup");
}

TEST_F(Expressions, RefusalsSayWhatCameAndWhatIsAllowed) {
  EXPECT_EQ(refusal_of("tpo(A) > 3"), "\"tpo(A) > 3\" asks for tpo; did you mean top?");
  EXPECT_EQ(refusal_of("top(A) >"),
            "\"top(A) >\" has the end where a number, a function or \"(\" is allowed");
  EXPECT_EQ(refusal_of("top(G) > 3"), "\"top(G) > 3\" has G as STACK; allowed is a letter from A to F");
  EXPECT_EQ(refusal_of("top() > 3"), "\"top() > 3\" has \") > 3\" where a letter from A to F is allowed");
  EXPECT_EQ(refusal_of("value(A) > 3"),
            "\"value(A) > 3\" has too few arguments; allowed is value(STACK, QUANTITY, LAYER)");
  EXPECT_EQ(refusal_of("depth(A, ffn) > 3"),
            "\"depth(A, ffn) > 3\" has too many arguments; allowed is depth(STACK)");
  EXPECT_EQ(refusal_of("value(A, loss, top) > 3"),
            "\"value(A, loss, top) > 3\" has top as LAYER; allowed is a whole number from 0");
  EXPECT_EQ(refusal_of("residual(A, fnn) == off"),
            "\"residual(A, fnn) == off\" has fnn as SUBLAYER; allowed is attention, cross_attention or ffn");
  EXPECT_EQ(refusal_of("view == gradient"),
            "\"view == gradient\" compares view with gradient; did you mean gradients?");
  EXPECT_EQ(refusal_of("view < gradients"),
            "\"view < gradients\" has a word beside \"<\"; allowed are == and !=");
  EXPECT_EQ(refusal_of("view == "), "\"view ==\" has the end where a word is allowed");
  EXPECT_EQ(refusal_of("depth(A)"), "\"depth(A)\" is a number; allowed is a condition");
  EXPECT_EQ(refusal_of("view"), "\"view\" is a word; allowed is a condition");
  EXPECT_EQ(refusal_of("1 and 2 > 1"), "\"1 and 2 > 1\" has a number beside \"and\"; allowed is a condition");
  EXPECT_EQ(refusal_of("1 < 2 < 3"), "\"1 < 2 < 3\" has a condition beside \"<\"; allowed is a number");
  EXPECT_EQ(refusal_of("(1 < 2"), "\"(1 < 2\" has the end where \")\" is allowed");
  EXPECT_EQ(refusal_of("1 < 2 3"),
            "\"1 < 2 3\" has \"3\" where an operator, such as + or >, or the end is allowed");
  EXPECT_NE(refusal_of("has(A, \"num_layer=3\")").find("did you mean num_layers?"), std::string::npos);
  EXPECT_EQ(sentence_of([] { parse_number("1 > 2"); }), "\"1 > 2\" is a condition; allowed is a number");
}

TEST_F(Expressions, NestOnlySoDeep) {
  const std::string open(kMaxNesting, '('), close(kMaxNesting, ')');
  EXPECT_EQ(number(open + "1" + close), 1);
  EXPECT_NE(refusal_of("(" + open + "1" + close + ")").find("nests deeper than 32"), std::string::npos);
  EXPECT_NE(refusal_of(std::string(100000, '-')).find("nests deeper than 32"), std::string::npos);
  EXPECT_NE(refusal_of(std::string(100000, '(')).find("nests deeper than 32"), std::string::npos);
}

}  // namespace
}  // namespace gradflow::lessons
