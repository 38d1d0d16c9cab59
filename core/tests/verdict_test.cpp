// The verdict says what was measured and what that means, most important finding first.
#include "core/analysis/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "core/io/preset.h"
#include "core/tests/verdict_setting.h"

namespace gradflow {
namespace {

using test::made;
using test::measured;
using test::mentions;
using test::Reports;
using test::small;
using test::small_post_ln;
using test::verdict_on;
using test::with;

std::string three_figures(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

std::pair<Verdict, Verdict> pair_at(int depth) {
  StackSpec pre = pre_ln_stack();
  StackSpec post = post_ln_stack();
  pre.num_layers = post.num_layers = depth;
  const std::vector<Verdict> verdicts = judge(measured({pre, post}));
  return {verdicts[0], verdicts[1]};
}

TEST(Verdict, WarmupIsRequiredOnceTheRatioPassesThree) {
  const auto [pre_deep, post_deep] = pair_at(48);
  EXPECT_EQ(pre_deep.judgement, Judgement::good);
  EXPECT_TRUE(mentions(pre_deep, "pre-LN block")) << pre_deep.sentence;
  EXPECT_EQ(post_deep.judgement, Judgement::caution);
  EXPECT_TRUE(mentions(post_deep, "warmup required")) << post_deep.sentence;
  EXPECT_TRUE(mentions(post_deep, "× A's (> 3)")) << post_deep.sentence;
  EXPECT_NE(post_deep.reason.find("rule of thumb"), std::string::npos) << post_deep.reason;
  const auto [pre_shallow, post_shallow] = pair_at(2);
  EXPECT_EQ(post_shallow.judgement, Judgement::good);
  EXPECT_FALSE(mentions(post_shallow, "warmup required")) << post_shallow.sentence;
  EXPECT_TRUE(mentions(post_shallow, "× A's (up to 3)")) << post_shallow.sentence;
}

TEST(Verdict, TheThresholdIsThreeTimesItself) {
  for (const auto& [top, rule] : {std::pair(2.999, "post-ln"), std::pair(3.001, "warmup")}) {
    Reports reports = made(small(2), {{std::string(kTopQuantity), {0, 1}, {1, 1}}});
    reports.push_back(made(small_post_ln(2), {{std::string(kTopQuantity), {0, 1}, {1, top}}}).front());
    EXPECT_EQ(verdict_on(reports).rule, rule);
  }
}

TEST(Verdict, NoRatioIsClaimedBetweenStacksThatDifferInMoreThanTheWiring) {
  const StackSpec post = small_post_ln(24);
  const auto ratio_to = [&](const StackSpec& other) {
    return mentions(verdict_on(measured({other, post})), "A's");
  };
  EXPECT_TRUE(ratio_to(small(24)));
  EXPECT_FALSE(ratio_to(with(small(24), [](StackSpec& s) { s.seed = 2; })));
  EXPECT_FALSE(ratio_to(small(25)));
  EXPECT_FALSE(ratio_to(with(small(24), [](StackSpec& s) { s.final_norm = false; })));
  EXPECT_FALSE(ratio_to(with(small(24), [](StackSpec& s) { s.sublayers.ffn.residual = false; })));
}

TEST(Verdict, NumbersAreTheReportsOwn) {
  const Reports open = measured({with(small(12), [](StackSpec& s) { s.final_norm = false; })});
  EXPECT_TRUE(
      mentions(verdict_on(open), three_figures(*open.front()->scalar("loss")) + " instead of 5.55 (ln V)"));
  const Reports cut = measured({with(small(12), [](StackSpec& s) {
    s.overrides = {{{6}, {}, {}, {{}, false}}};
  })});
  const Series& stream = *cut.front()->find("stream_grad_norm");
  EXPECT_TRUE(mentions(verdict_on(cut), "stream gradient " + three_figures(*stream.at(7)) + " above, " +
                                            three_figures(*stream.at(6)) + " below"));
}

/// The trunk of Pre-LN is what the cut severs; Post-LN's norm brings the scale back.
TEST(Verdict, ACutInOneBlockShortensTheGradientInPreLn) {
  const Reports cut = measured({with(small(12), [](StackSpec& s) {
    s.overrides = {{{6}, {}, {}, {{}, false}}};
  })});
  const Series& stream = *cut.front()->find("stream_grad_norm");
  EXPECT_LT(*stream.at(6), .5 * *stream.at(7));
}

TEST(Verdict, OverridesInEveryLayerAreTheWiringItself) {
  StackSpec spec = small(3);
  spec.overrides = {{{0, 1, 2}, {SiteSet{Site::post}, {}}, {}, {SiteSet{Site::post}, {}}}};
  spec.final_norm = false;
  EXPECT_EQ(verdict_on(spec).rule, "post-ln");
  spec.overrides.front().ffn.residual = false;
  EXPECT_EQ(verdict_on(spec).rule, "residual-off");
  EXPECT_TRUE(mentions(verdict_on(spec), "residual off (feed-forward)"));
}

TEST(Verdict, LayersBeyondTheDepthDoNotCount) {
  StackSpec spec = small(3);
  spec.overrides = {{{3, 9}, {{}, false}, {}, {{}, false}}};
  EXPECT_EQ(verdict_on(spec).rule, "pre-ln");
}

TEST(Verdict, ANormOnTheTrunkOfTheLastLayerIsFinalNormEnough) {
  StackSpec spec = small(8);
  spec.final_norm = false;
  EXPECT_EQ(verdict_on(spec).rule, "final-norm-missing");
  spec.overrides = {{{7}, {}, {}, {SiteSet{Site::post}, {}}}};
  const Verdict verdict = verdict_on(spec);
  EXPECT_EQ(verdict.rule, "layers-differ") << verdict.sentence;
  EXPECT_TRUE(verdict.also.empty());
}

TEST(Verdict, OneTokenAndEqualMemoryAreNoUnderflow) {
  const StackSpec one = with(small(4), [](StackSpec& s) { s.sequence_length = 1; });
  EXPECT_EQ(*measured({one}).front()->top("grad_norm/attention.w_q"), 0);
  EXPECT_EQ(verdict_on(one).rule, "one-token");
  EXPECT_TRUE(verdict_on(one).also.empty());
}

TEST(Verdict, SaysWhereTheNumbersLeaveTheRangeOfFloat) {
  const StackSpec bare = with(small(300, {}, {}), [](StackSpec& s) { s.final_norm = false; });
  const Verdict over = verdict_on(bare);
  EXPECT_EQ(over.rule, "overflow");
  EXPECT_TRUE(mentions(over, "below, not finite above; also no norm, no final norm")) << over.sentence;
  EXPECT_NE(over.reason.find("Also: no norm in any block: stream RMS not finite at the top"),
            std::string::npos);
  const StackSpec doubling = with(small(60), [](StackSpec& s) { s.residual_scale.value = 2; });
  EXPECT_TRUE(mentions(verdict_on(doubling), "the norms square a stream of RMS "))
      << verdict_on(doubling).sentence;
  StackSpec cut = small_post_ln(1000);
  cut.sublayers.attention.residual = cut.sublayers.ffn.residual = false;
  EXPECT_EQ(verdict_on(cut).rule, "underflow");
  EXPECT_EQ(verdict_on(cut).also.front(), "residual-off");
}

TEST(Verdict, AnErrorIsTheVerdictAndAMissingAnswerSaysSo) {
  StackReport failed;
  failed.error = "num_layers is 0; allowed is 1 to 4096";
  failed.spec.num_layers = 2'000'000'000;  // what a refused question may hold
  const Reports reports{std::make_shared<const StackReport>(failed), nullptr};
  const std::vector<Verdict> verdicts = judge(reports);
  EXPECT_EQ(verdicts[0].sentence, failed.error);
  EXPECT_EQ(verdicts[0].judgement, Judgement::bad);
  EXPECT_TRUE(verdicts[0].also.empty());
  EXPECT_EQ(verdicts[1].sentence, "not measured yet");
  EXPECT_TRUE(verdicts[1].rule.empty());
}

TEST(Verdict, AnEmptyReportIsNoFinding) {
  const Verdict verdict = verdict_on(made(small(4), {}));
  EXPECT_EQ(verdict.rule, "pre-ln");
}

TEST(Verdict, OthersAreNamedOnTheLineWhereTheyFitAndAlwaysBehindIt) {
  const Verdict deep = pair_at(96).second;
  ASSERT_EQ(deep.also, std::vector<std::string_view>{"rank-collapse"}) << deep.reason;
  EXPECT_NE(deep.reason.find("\nAlso: rank collapse: token cosine above 0.99 after "), std::string::npos);
  StackSpec spec = small(12, {Site::pre}, {Site::post});
  spec.sublayers.attention.residual = spec.sublayers.ffn.residual = false;
  const Verdict many = verdict_on(spec);
  ASSERT_GE(many.also.size(), 3U) << many.reason;
  EXPECT_EQ(many.also.front(), "mixed");
  EXPECT_TRUE(mentions(many, "; also mixed, …")) << many.sentence;
}

/// What is published trains; the decoder of 2017 shows what Liu et al. 2020 found in it.
TEST(Verdict, NoPublishedModelIsCalledBrokenOrUnnamed) {
  for (const std::string& name : preset_names()) {
    StackSpec spec = load_preset(name).stack;
    spec.num_layers = std::min(spec.num_layers, 48);
    const Verdict verdict = verdict_on(spec);
    const bool decoder = spec.sublayers.cross_attention.has_value();
    EXPECT_EQ(verdict.judgement, decoder ? Judgement::caution : Judgement::good)
        << name << ": " << verdict.sentence;
    EXPECT_EQ(verdict.rule == "rank-collapse", decoder) << name << ": " << verdict.sentence;
  }
}

TEST(Verdict, EveryNamedWiringIsCalledByItsName) {
  for (const NamedWiring& wiring : kWirings) {
    StackSpec spec = small(4, wiring.norm, wiring.norm);
    spec.residual_scale.rule = wiring.skip;
    if (wiring.skip == SkipGain::Rule::deepnorm) spec.init.residual_output = ResidualOutput::deepnorm;
    spec.final_norm = !wiring.norm.contains(Site::post);
    const Verdict verdict = verdict_on(spec);
    EXPECT_NE(verdict.rule, "unnamed") << wiring.key << ": " << verdict.sentence;
    EXPECT_NE(verdict.rule, "mixed") << wiring.key << ": " << verdict.sentence;
    if (verdict.rule != "named") continue;
    EXPECT_TRUE(mentions(verdict, std::string(wiring.label) + ": ")) << verdict.sentence;
  }
}

}  // namespace
}  // namespace gradflow
