// The verdict says what was measured and what that means, for the wirings that people try first.
#include "core/analysis/verdict.h"

#include <gtest/gtest.h>

#include "core/analysis/analyze.h"

namespace gradflow {
namespace {

using Reports = std::vector<std::shared_ptr<const StackReport>>;

std::shared_ptr<const StackReport> measured(const StackSpec& spec) {
  return std::make_shared<const StackReport>(analyze(spec));
}

Verdict verdict_of(const StackSpec& spec) { return judge(Reports{measured(spec)}).front(); }

std::pair<Verdict, Verdict> pair_at(int depth) {
  StackSpec pre = pre_ln_stack();
  StackSpec post = post_ln_stack();
  pre.num_layers = post.num_layers = depth;
  const std::vector<Verdict> verdicts = judge(Reports{measured(pre), measured(post)});
  return {verdicts[0], verdicts[1]};
}

TEST(Verdict, WarmupIsRequiredOnceTheRatioPassesThree) {
  const auto [pre_deep, post_deep] = pair_at(48);
  EXPECT_EQ(pre_deep.judgement, Judgement::good);
  EXPECT_NE(pre_deep.sentence.find("pre-LN block"), std::string::npos) << pre_deep.sentence;
  EXPECT_EQ(post_deep.judgement, Judgement::caution);
  EXPECT_NE(post_deep.sentence.find("warmup required"), std::string::npos) << post_deep.sentence;
  EXPECT_NE(post_deep.sentence.find("× A's (> 3)"), std::string::npos) << post_deep.sentence;
  const auto [pre_shallow, post_shallow] = pair_at(2);
  EXPECT_EQ(post_shallow.judgement, Judgement::good);
  EXPECT_EQ(post_shallow.sentence.find("warmup required"), std::string::npos) << post_shallow.sentence;
}

TEST(Verdict, NoRatioIsClaimedBetweenStacksThatDifferInMoreThanTheWiring) {
  StackSpec pre = pre_ln_stack();
  StackSpec post = post_ln_stack();
  pre.num_layers = post.num_layers = 48;
  post.seed = 2;
  const Verdict verdict = judge(Reports{measured(pre), measured(post)})[1];
  EXPECT_EQ(verdict.sentence.find("A's"), std::string::npos) << verdict.sentence;
}

TEST(Verdict, NamesACutResidualAMissingFinalNormAndAMixture) {
  StackSpec cut = pre_ln_stack();
  cut.sublayers.ffn.residual = false;
  EXPECT_EQ(verdict_of(cut).judgement, Judgement::bad);
  EXPECT_NE(verdict_of(cut).sentence.find("residual off (Feed-forward)"), std::string::npos);
  StackSpec open = pre_ln_stack();
  open.final_norm = false;
  EXPECT_NE(verdict_of(open).sentence.find("no final norm: the loss at the start is"), std::string::npos);
  EXPECT_NE(verdict_of(open).sentence.find("instead of 5.55 (ln V)"), std::string::npos);
  StackSpec mixed = pre_ln_stack();
  mixed.sublayers.attention.norm = {Site::post};
  EXPECT_EQ(verdict_of(mixed).judgement, Judgement::caution);
  EXPECT_NE(verdict_of(mixed).sentence.find("mixed"), std::string::npos);
}

TEST(Verdict, SaysWhereTheNumbersLeaveTheRangeOfFloat) {
  StackSpec no_norm = pre_ln_stack();
  no_norm.num_layers = 300;
  no_norm.sublayers.attention.norm = {};
  no_norm.sublayers.ffn.norm = {};
  EXPECT_NE(verdict_of(no_norm).sentence.find("overflow"), std::string::npos) << verdict_of(no_norm).sentence;
  StackSpec cut = post_ln_stack();
  cut.num_layers = 1000;
  cut.sublayers.attention.residual = cut.sublayers.ffn.residual = false;
  EXPECT_NE(verdict_of(cut).sentence.find("underflow"), std::string::npos) << verdict_of(cut).sentence;
}

TEST(Verdict, AnErrorIsTheVerdictAndAMissingAnswerSaysSo) {
  StackReport failed;
  failed.error = "num_layers is 0; allowed is 1 to 4096";
  const Reports reports{std::make_shared<const StackReport>(failed), nullptr};
  const std::vector<Verdict> verdicts = judge(reports);
  EXPECT_EQ(verdicts[0].sentence, failed.error);
  EXPECT_EQ(verdicts[0].judgement, Judgement::bad);
  EXPECT_EQ(verdicts[1].sentence, "not measured yet");
}

TEST(Verdict, EveryNamedWiringGetsASentenceWithItsFigure) {
  for (const NamedWiring& wiring : kWirings) {
    StackSpec spec = pre_ln_stack();
    spec.sublayers.attention.norm = spec.sublayers.ffn.norm = wiring.norm;
    spec.residual_scale.rule = wiring.skip;
    EXPECT_NE(verdict_of(spec).sentence.find("top-of-stack gradient"), std::string::npos)
        << wiring.key << ": " << verdict_of(spec).sentence;
  }
}

}  // namespace
}  // namespace gradflow
