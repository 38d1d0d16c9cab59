// The table of a token's walk: which lines there are, what they say, how numbers are written.
#include "app/figure/token_table.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/spec/names.h"

namespace gradflow::figure {
namespace {

using Strings = std::vector<std::string>;

TokenPanel panel_of(const StackSpec& stack) {
  return token_table(std::array{stack}, TokenVectors()).panels.at(0);
}

Strings keys_of(const TokenPanel& panel) {
  Strings keys;
  for (const TokenSection& section : panel.sections) {
    for (const TokenLine& line : section.lines) keys.push_back(line.key);
  }
  return keys;
}

const TokenLine& line_of(const TokenPanel& panel, const std::string& key) {
  for (const TokenSection& section : panel.sections) {
    for (const TokenLine& line : section.lines) {
      if (line.key == key) return line;
    }
  }
  throw std::out_of_range(key);
}

TEST(TokenTable, HasALineForEveryStepThatDoesSomething) {
  EXPECT_EQ(keys_of(panel_of(pre_ln_stack())),
            (Strings{"x", "attention.input", "attention.written", "attention.y", "ffn.input", "ffn.written",
                     "ffn.y", "gradient.y", "gradient.attention.y", "gradient.x"}));
  EXPECT_EQ(keys_of(panel_of(post_ln_stack())),
            (Strings{"x", "attention.input", "attention.written", "attention.sum", "attention.y", "ffn.input",
                     "ffn.written", "ffn.sum", "ffn.y", "gradient.y", "gradient.ffn.sum",
                     "gradient.attention.y", "gradient.attention.sum", "gradient.x"}));
  StackSpec rich = pre_ln_stack();
  rich.sublayers.cross_attention = SublayerSpec{{Site::entry, Site::branch}};
  const Strings keys = keys_of(panel_of(rich));
  for (const char* key : {"cross_attention.trunk", "cross_attention.branch", "cross_attention.y",
                          "gradient.cross_attention.trunk"}) {
    EXPECT_NE(std::find(keys.begin(), keys.end(), key), keys.end()) << key;
  }
}

TEST(TokenTable, SaysWhatANormTookAndWhatIsAdded) {
  const TokenPanel pre = panel_of(pre_ln_stack());
  EXPECT_EQ(line_of(pre, "attention.input").label, "into F: LN(x)");
  EXPECT_EQ(line_of(pre, "attention.input").note, "(x − 2.00) / 3.74");
  EXPECT_EQ(line_of(pre, "attention.y").label, "y = x + F");
  EXPECT_EQ(line_of(pre, "gradient.x").label, "Attn: add, × 1");
  EXPECT_EQ(line_of(pre, "gradient.x").figures[2], "100 %");
  const TokenPanel post = panel_of(post_ln_stack());
  EXPECT_EQ(line_of(post, "attention.sum").label, "sum = x + F");
  EXPECT_EQ(line_of(post, "attention.y").note, "(sum − 3.00) / 2.83");
  EXPECT_EQ(line_of(post, "gradient.attention.sum").label, "Attn: LN, ÷ 2.83");
  EXPECT_EQ(line_of(post, "gradient.attention.sum").figures[0], "0.00") << "round-off is no mean";
}

TEST(TokenTable, KnowsRmsGainsAndCutWires) {
  StackSpec rms = pre_ln_stack();
  rms.norm.kind = NormKind::rms_norm;
  const TokenPanel panel = panel_of(rms);
  EXPECT_EQ(line_of(panel, "attention.input").note, "x / 4.24");
  EXPECT_EQ(panel.sections[0].heads[1], "RMS");
  EXPECT_EQ(line_of(panel, "x").figures[1], "4.24");
  StackSpec deep = post_ln_stack();
  deep.residual_scale.rule = SkipGain::Rule::deepnorm;
  EXPECT_EQ(line_of(panel_of(deep), "ffn.sum").label, "sum = 2.21 x + F");
  EXPECT_EQ(panel_of(deep).note, "α = (2L)^(1/4) = 2.21 at L = 12");
  EXPECT_EQ(line_of(panel_of(deep), "gradient.x").label, "Attn: add, × 2.21");
  StackSpec cut = pre_ln_stack();
  cut.sublayers.attention.residual = false;
  EXPECT_EQ(line_of(panel_of(cut), "attention.y").label, "y = F");
  EXPECT_EQ(line_of(panel_of(cut), "gradient.x").figures[2], "0 %");
  EXPECT_EQ(line_of(panel_of(cut), "gradient.x").label, "Attn: cut, × 0");
  cut.overrides.resize(1);
  EXPECT_NE(panel_of(cut).note, "");
}

TEST(TokenTable, EverySectionIsDrawnAgainstTheLargestOfItsPass) {
  const TokenTable table = token_table(std::array{pre_ln_stack(), post_ln_stack()}, TokenVectors());
  for (const TokenPanel& panel : table.panels) {
    for (const TokenSection& section : panel.sections) {
      EXPECT_EQ(section.largest, &section == &panel.sections.back() ? 4 : 7) << section.title;
      for (const TokenLine& line : section.lines) EXPECT_FALSE(line.tip.empty()) << line.key;
    }
  }
}

TEST(TokenNumbers, AreShortAndKeepTheirSign) {
  EXPECT_EQ(token_number(0, 5), "0.00");
  EXPECT_EQ(token_number(-1.4142, 5), "−1.41");
  EXPECT_EQ(token_number(99.994, 100), "99.99");
  EXPECT_EQ(token_number(99.996, 100), "100.0");
  EXPECT_EQ(token_number(1000, 1000), "1000");
  EXPECT_EQ(token_number(-250000, 1e6), "−2.5·10⁵");
  EXPECT_EQ(token_number(4e-9, 4e-8), "4.0·10⁻⁹");
  EXPECT_EQ(token_number(0.0004, 0.25), "4.0·10⁻⁴");
  EXPECT_EQ(token_number(0.004, 5), "0.00");
  EXPECT_EQ(token_number(-1e-16, 1), "0.00");
  EXPECT_EQ(token_number(std::numeric_limits<double>::quiet_NaN(), 1), "nan");
}

}  // namespace
}  // namespace gradflow::figure
