// Every rule of the verdict's table, on a stack that it is made for.
#include <limits>
#include <set>

#include "core/io/tests/other_language.h"
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

constexpr double kInf = std::numeric_limits<double>::infinity();

struct Case {
  std::string_view rule;
  std::string_view words;  // that the sentence has
  Reports reports;         // the last one is judged
};

Reports refused() {
  StackReport report;
  report.error = "num_layers is 0; allowed is 1 to 4096";
  report.spec.num_layers = 0;
  return {std::make_shared<const StackReport>(report)};
}

StackSpec cut(StackSpec spec, SublayerKind kind) {
  spec.sublayers.find(kind)->residual = false;
  return spec;
}
StackSpec with_override(StackSpec spec, std::vector<int> layers, SublayerPatch attention, SublayerPatch ffn) {
  spec.overrides.push_back({std::move(layers), attention, {}, ffn});
  return spec;
}
StackSpec with_memory(StackSpec spec, double cosine) {
  spec.sublayers.cross_attention = spec.sublayers.attention;
  spec.memory_cosine = cosine;
  return spec;
}
StackSpec with_deepnorm(StackSpec spec, SkipGain::Rule skip, ResidualOutput output) {
  spec.residual_scale.rule = skip;
  spec.init.residual_output = output;
  return spec;
}
StackSpec with_gain(StackSpec spec, double gain) {
  spec.residual_scale.value = gain;
  return spec;
}

const auto kAlpha = SkipGain::Rule::deepnorm;
const auto kBeta = ResidualOutput::deepnorm;

std::vector<Case> out_of_range() {
  const std::vector<int> stream{0, 1, 2, 3};
  const std::vector<int> layers{0, 1, 2};
  return {
      {"refused", "num_layers is 0; allowed is 1 to 4096", refused()},
      {"overflow", "overflow from layer 1 up: stream RMS 2 below, not finite above",
       made(small(3), {{"stream_rms", stream, {1, 2, kInf, kInf}}})},
      {"overflow", "overflow from layer 2 up: the norms square a stream of RMS 1e19",
       made(small(3), {{"stream_rms", stream, {1, 2, 3, 1e19}}})},
      {"overflow", "overflow from layer 1 down: gradient 1e20 above, not finite below",
       made(small(3), {{"grad_norm/total", layers, {kInf, kInf, 1e20}}})},
      {"overflow", "overflow: the loss is not finite", made(small(3), {}, kInf)},
      {"underflow", "underflow: the gradient of W_Q (attention) is exactly 0 in 2 of 3 layers, up to layer 1",
       made(small(3), {{"grad_norm/attention.w_q", layers, {0, 0, .1}}})},
  };
}

std::vector<Case> cut_wires() {
  return {
      {"residual-off", "residual off (attention): W_Q's gradient falls to",
       measured({cut(small(4), SublayerKind::attention)})},
      {"residual-off", "residual off (all sub-layers)", measured({with_gain(small(4), 0)})},
      {"residual-cut", "residual off at block 6 feed-forward: stream gradient ",
       measured({with_override(small(12), {6}, {}, {{}, false})})},
      {"residual-cut", "residual off at blocks 2–4, 7 attention + feed-forward: ",
       measured({with_override(small(12), {2, 3, 4, 7}, {{}, false}, {{}, false})})},
      {"residual-cut", "residual off at 4 blocks from 1 to 7 attention: ",
       measured({with_override(small(12), {1, 3, 5, 7}, {{}, false}, {})})},
      {"residual-after-norm", "residual taken after the norm: top-of-stack gradient ",
       measured({small(4, {Site::entry}, {Site::entry})})},
      {"residual-after-norm", "residual taken after the norm in block 2: ",
       measured({with_override(small(4), {2}, {SiteSet{Site::entry}, {}}, {})})},
  };
}

std::vector<Case> missing_norms() {
  const SiteSet branch{Site::branch};
  return {
      {"no-norm", "no norm in any block: stream RMS ", measured({small(6, {}, {})})},
      {"norm-missing", "no norm at the attention: stream RMS ", measured({small(6, {}, {Site::pre})})},
      {"norm-missing", "no norm at the feed-forward: ", measured({small(6, {Site::pre}, {})})},
      {"one-norm", "no norm at the attention, the trunk's holds: ", measured({small(4, {}, {Site::post})})},
      {"final-norm-missing", "no final norm: the loss at the start is ",
       measured({with(small(12), [](StackSpec& s) { s.final_norm = false; })})},
      {"final-norm-doubled", "post-LN block: the final norm repeats its last norm, stream RMS 1 before it",
       measured({small(4, {Site::post}, {Site::post})})},
      {"qk-norm-missing", "output norm without QK-norm: W₁'s gradient is ",
       measured({small(48, branch, branch)})},
      {"named", "output norm with QK-norm: W₁'s gradient is ",
       measured({with(small(48, branch, branch), [](StackSpec& s) { s.qk_norm = QkNorm::full; })})},
  };
}

std::vector<Case> gains() {
  const auto cloned = [](StackSpec& s) { s.init.clone_layers = true; };
  return {
      {"alpha-outside-post", "DeepNorm's α without Post-LN: stream RMS ",
       measured({with_deepnorm(small(4), kAlpha, kBeta)})},
      {"alpha-alone", "DeepNorm's α without its initial weights: ",
       measured({with_deepnorm(small_post_ln(4), kAlpha, ResidualOutput::none)})},
      {"alpha-alone", "DeepNorm's α", measured({with_gain(small_post_ln(8), 2)})},  // (2 · 8)^(1/4)
      {"init-alone", "DeepNorm's initial weights without its α: ",
       measured({with_deepnorm(small_post_ln(4), SkipGain::Rule::constant, kBeta)})},
      {"named", "DeepNorm: W₁'s gradient is ", measured({with_deepnorm(small_post_ln(4), kAlpha, kBeta)})},
      {"residual-scaled", "residual × 0.5: stream RMS ", measured({with_gain(small(4), .5)})},
      {"residual-scaled", "residual × 3: stream RMS ", measured({with_gain(small_post_ln(4), 3)})},
      {"cloned-layers", "(Lemma 2)", measured({with(small(6), cloned)})},
      {"cloned-layers", "cloned layers: W₁'s gradient is ", measured({with(small_post_ln(6), cloned)})},
      {"exploding", "the gradient explodes downwards: W₁'s gradient is ",
       measured({with(small(12), [](StackSpec& s) { s.init.gain = 8; })})},
  };
}

std::vector<Case> placements() {
  const auto tiny_weights = [](StackSpec& s) { s.init.scheme = InitScheme::normal_002; };
  const auto rms = [](StackSpec& s) { s.norm.kind = NormKind::rms_norm; };
  return {
      {"mixed", "mixed: not broken, but no published model ships it; ",
       measured({small(4, {Site::pre}, {Site::post})})},
      {"unnamed", "norms at pre + post, in no published model: ",
       measured({small(4, {Site::pre, Site::post}, {Site::pre, Site::post})})},
      {"warmup", "post-LN block, warmup required: top-of-stack gradient ",
       measured({small(48), small_post_ln(48)})},
      {"flat-start", "post-LN block: N(0, 0.02) starts flat; ",
       measured({with(small(4), tiny_weights), with(small_post_ln(4), tiny_weights)})},
      {"layers-differ", "blocks 2–3 unlike the rest (attention post): stream RMS ",
       measured({with_override(small(8), {2, 3}, {SiteSet{Site::post}, {}}, {})})},
      {"named",
       "sandwich norm: ", measured({small(4, {Site::pre, Site::branch}, {Site::pre, Site::branch})})},
      {"one-layer", "pre-LN block, one layer: ", measured({small(1)})},
      {"pre-ln", "pre-LN block: top-of-stack gradient ", measured({small(4)})},
      {"pre-ln", "pre-LN block with RMSNorm: ", measured({with(small(4), rms)})},
      {"post-ln", "post-LN block: top-of-stack gradient ", measured({small_post_ln(2)})},
      {"post-ln", "no warmup by rule of thumb", measured({small(2), small_post_ln(2)})},
  };
}

std::vector<Case> depths() {
  const auto one_token = [](StackSpec& s) { s.sequence_length = 1; };
  return {
      {"vanishing", "the gradient vanishes downwards: ", measured({with_memory(small_post_ln(18), .9)})},
      {"rank-collapse", "rank collapse: token cosine above 0.99 after ", measured({small_post_ln(24)})},
      {"one-token", "one token: ", measured({with(small(4), one_token)})},
      {"equal-memory", "memory of equal tokens: ", measured({with_memory(small(4), 1)})},
  };
}

/// What the stack measures with drawn weights, as if they came from a file.
Reports of_file(const Reports& drawn) {
  StackReport report = *drawn.back();
  report.spec.init.weights = "/home/me/a-name-of-24-letters.st";
  return {std::make_shared<const StackReport>(report)};
}

std::vector<Case> weights_of_files() {
  return {{"weights-of-file", "weights of a-name-of-24-letters.st: loss ", of_file(measured({small(4)}))}};
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (auto part : {out_of_range, cut_wires, missing_norms, gains, placements, depths, weights_of_files}) {
    for (Case& one : part()) cases.push_back(std::move(one));
  }
  return cases;
}

TEST(VerdictRules, EachIsReachedByTheStackItIsMadeForAndSaysWhatItIs) {
  std::set<std::string_view> reached;
  for (const Case& one : all_cases()) {
    const Verdict verdict = verdict_on(one.reports);
    EXPECT_EQ(verdict.rule, one.rule) << verdict.sentence;
    EXPECT_TRUE(mentions(verdict, one.words)) << one.words << " is not in: " << verdict.sentence;
    reached.insert(verdict.rule);
  }
  for (const VerdictRule& rule : verdict_rules()) EXPECT_TRUE(reached.contains(rule.key)) << rule.key;
}

TEST(VerdictRules, AreWrittenOutAndTriedFromBadToGood) {
  std::set<std::string_view> keys;
  Judgement before = Judgement::bad;
  for (const VerdictRule& rule : verdict_rules()) {
    EXPECT_TRUE(keys.insert(rule.key).second) << rule.key << " is there twice";
    EXPECT_FALSE(rule.label.empty() || rule.condition.empty() || rule.meaning.empty()) << rule.key;
    EXPECT_TRUE(!rule.source.empty() || rule.key == "refused") << rule.key;
    EXPECT_LE(rule.judgement, before) << rule.key << " stands behind a milder one";
    before = rule.judgement;
  }
}

TEST(VerdictRules, SentencesFitOnALine) {
  for (const Case& one : all_cases()) {
    const std::string sentence = verdict_on(one.reports).sentence;
    EXPECT_LE(sentence.size(), kLineLength + 8) << sentence;  // × and – are two or three bytes
    EXPECT_EQ(sentence.find("nan"), std::string::npos) << sentence;
  }
}

TEST(VerdictRules, AreTranslatedToTheLastWord) {
  const test::OtherLanguage language;
  // Symbols, units of information, letters of stacks, keys of weights and the name of a file.
  const std::set<std::string> symbols{"W",    "W_Q", "W_K",       "W_V", "ln",        "A",
                                      "V",    "N",   "attention", "ffn", "num_heads", "d_model",
                                      "name", "of",  "letters",   "st",  "a"};
  for (const Case& one : all_cases()) {
    if (one.rule == "refused") continue;  // repeats the error of a report, which is of before
    const Verdict verdict = verdict_on(one.reports);
    for (const std::string& text : {verdict.sentence, verdict.reason}) {
      for (const std::string& word : test::english_words(text))
        EXPECT_TRUE(symbols.contains(word)) << '"' << word << "\" in: " << text;
    }
  }
}

TEST(VerdictRules, OfAFilesWeightsSayWhatIsMeasuredAndNothingThatHoldsOfDrawnOnes) {
  const std::set<std::string_view> said{
      "overflow",      "underflow", "residual-off",        "residual-cut", "layers-differ",
      "rank-collapse", "one-token", "residual-after-norm", "refused",      "weights-of-file"};
  for (const Case& one : all_cases()) {
    const Verdict verdict = verdict_on(of_file(one.reports));
    EXPECT_TRUE(said.contains(verdict.rule)) << verdict.rule;
    for (const std::string_view rule : verdict.also) EXPECT_TRUE(said.contains(rule)) << rule;
    if (said.contains(one.rule)) {
      EXPECT_EQ(verdict.rule, one.rule);
    }
  }
  const Verdict cut_off = verdict_on(of_file(measured({cut(small(4), SublayerKind::attention)})));
  EXPECT_EQ(cut_off.rule, "residual-off");
  EXPECT_TRUE(cut_off.reason.starts_with("with drawn weights: ")) << cut_off.reason;
}

TEST(VerdictRules, AFilesWeightsAreNotWhatPostLnIsComparedWith) {
  Reports reports = of_file(measured({small(48)}));
  reports.push_back(measured({small_post_ln(48)}).back());
  EXPECT_EQ(verdict_on(reports).rule, "rank-collapse");
  EXPECT_EQ(verdict_on(reports).sentence.find("A's"), std::string::npos);
}

}  // namespace
}  // namespace gradflow
