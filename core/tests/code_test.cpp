// The block as Python: what the text says of a wiring. That it computes the same numbers is for
// app/cli/tests/generated_code.py to prove.
#include "core/spec/code.h"

#include <gtest/gtest.h>

#include <map>

#include "core/tests/code_text.h"

namespace gradflow {
namespace {

using testing::count;
using testing::expect_presentable;
using testing::has;
using testing::lines_of;
using testing::stack_with;

TEST(Code, PreLnReadsAsInTheLecture) {
  EXPECT_EQ(block_code(pre_ln_stack(), CodeLanguage::numpy),
            "# Pre-LN, one layer in NumPy, written by gradflow.\n"
            "def block(x, layer):\n"
            "    \"\"\"Every layer; x is [batch, sequence, d_model].\"\"\"\n"
            "    attn, ffn = layer.attention, layer.ffn\n"
            "    x = x + attention(layer_norm(x, attn.norm_pre), attn)\n"
            "    x = x + feed_forward(layer_norm(x, ffn.norm_pre), ffn)\n"
            "    return x\n");
  EXPECT_EQ(block_code(pre_ln_stack(), CodeLanguage::pytorch),
            "# Pre-LN, one layer in PyTorch, written by gradflow.\n"
            "class Block(nn.Module):\n"
            "    \"\"\"Every layer; x is [batch, sequence, d_model].\"\"\"\n"
            "\n"
            "    def __init__(self):\n"
            "        super().__init__()\n"
            "        self.attention = Attention()\n"
            "        self.attention.norm_pre = nn.LayerNorm(D_MODEL, eps=EPSILON)\n"
            "        self.ffn = FeedForward()\n"
            "        self.ffn.norm_pre = nn.LayerNorm(D_MODEL, eps=EPSILON)\n"
            "\n"
            "    def forward(self, x):\n"
            "        x = x + self.attention(self.attention.norm_pre(x))\n"
            "        x = x + self.ffn(self.ffn.norm_pre(x))\n"
            "        return x\n");
}

/// Each named wiring of a feed-forward as its paper writes it, N its norm at a site; SKIP is "x + " or
/// nothing.
const std::map<std::string_view, std::vector<std::string>> kLiteral{
    {"none", {"x = SKIPF(x)"}},
    {"pre", {"x = SKIPF(N_pre(x))"}},
    {"post", {"x = N_post(SKIPF(x))"}},
    {"output", {"x = SKIPN_branch(F(x))"}},
    {"sandwich", {"x = SKIPN_branch(F(N_pre(x)))"}},
    {"deepnorm", {"x = N_post(SKIPF(x))"}},
    {"entry", {"x = N_entry(x)", "x = SKIPF(x)"}},
};

std::string replaced(std::string text, std::string_view part, std::string_view by) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size())) {
    text.replace(at, part.size(), by);
  }
  return text;
}

/// The feed-forward's statements of a PyTorch block, in the letters of kLiteral.
std::vector<std::string> ffn_statements(const StackSpec& spec) {
  std::vector<std::string> statements;
  for (const std::string& line : lines_of(block_code(spec, CodeLanguage::pytorch))) {
    if (!line.starts_with("        x = ") || !has(line, "ffn")) continue;
    statements.push_back(replaced(replaced(line.substr(8), "self.ffn.norm", "N"), "self.ffn", "F"));
  }
  return statements;
}

TEST(Code, OfEveryNamedWiringIsItsLiteralFormulaWithEitherNormAndTheResidualOnOrCut) {
  for (const NamedWiring& wiring : kWirings) {
    for (const Named<NormKind>& norm : kNames<NormKind>) {
      for (const bool residual : {true, false}) {
        SCOPED_TRACE(std::string(wiring.key) + (residual ? "" : " cut") + std::string(norm.key));
        const bool deepnorm = wiring.skip == SkipGain::Rule::deepnorm;
        StackSpec spec = stack_with(wiring.norm, residual, {wiring.skip, 1});
        spec.norm.kind = norm.value;
        std::vector<std::string> expected = kLiteral.at(wiring.key);
        const std::string skip = !residual ? "" : deepnorm ? "ALPHA * x + " : "x + ";
        for (std::string& statement : expected) statement = replaced(statement, "SKIP", skip);
        EXPECT_EQ(ffn_statements(spec), expected);
        const std::string numpy = block_code(spec, CodeLanguage::numpy);
        EXPECT_EQ(has(numpy, std::string(norm.key) + "(x, ffn.norm"),
                  wiring.norm.contains(Site::pre) || wiring.norm.contains(Site::entry));
        EXPECT_EQ(has(numpy, "x = x + ") || has(numpy, "(x + "), residual && !deepnorm);
        EXPECT_EQ(has(numpy, "ALPHA"), residual && deepnorm);
      }
    }
  }
}

TEST(Code, HasANormWhereTheSiteHasOneAndNowhereElse) {
  for (int bits = 0; bits < 1 << 12; bits += 7) {  // 7: every set of four, in every sub-layer
    StackSpec spec;
    spec.sublayers.cross_attention.emplace();
    spec.residual_scale = {SkipGain::Rule::constant, -0.12345678901234567};  // as wide as a gain gets
    for (SublayerKind kind : kSublayerKinds) {
      SublayerSpec& sublayer = *spec.sublayers.find(kind);
      sublayer = {{}, bits % 14 == 0};
      for (Site site : kSites) {
        if ((bits >> (4 * static_cast<int>(kind) + static_cast<int>(site))) & 1) sublayer.norm.insert(site);
      }
    }
    for (const Named<CodeLanguage>& language : kNames<CodeLanguage>) {
      SCOPED_TRACE(std::string(language.key) + " " + std::to_string(bits));
      const std::string code = block_code(spec, language.value);
      expect_presentable(code);
      EXPECT_EQ(count(code, "* x + "), bits % 14 == 0 ? 3U : 0U);
      const std::array<std::string, 3> words =
          language.value == CodeLanguage::numpy
              ? std::array<std::string, 3>{"attn", "cross", "ffn"}
              : std::array<std::string, 3>{"attention", "cross_attention", "ffn"};
      for (SublayerKind kind : kSublayerKinds) {
        for (Site site : kSites) {
          const std::string use = (language.value == CodeLanguage::numpy ? ", " : "self.") +
                                  words[static_cast<std::size_t>(kind)] + ".norm_" +
                                  std::string(key_of(site)) +
                                  (language.value == CodeLanguage::numpy ? ")" : "(");
          EXPECT_EQ(count(code, use), spec.sublayers.find(kind)->norm.contains(site) ? 1U : 0U) << use;
        }
      }
    }
  }
}

TEST(Code, AGainOfOneIsNotWrittenAndAGainOfZeroIsACutWire) {
  const auto statement = [](double gain) {
    return ffn_statements(stack_with({}, true, {SkipGain::Rule::constant, gain})).at(0);
  };
  EXPECT_EQ(statement(1), "x = x + F(x)");
  EXPECT_EQ(statement(0.1), "x = 0.1 * x + F(x)");
  EXPECT_EQ(statement(-1.25), "x = -1.25 * x + F(x)");
  EXPECT_EQ(statement(0), "x = F(x)");
}

TEST(Code, DeepNormsAlphaIsANumberWithItsFormulaWhereAResidualIsOn) {
  StackSpec spec = stack_with({Site::post}, true, {SkipGain::Rule::deepnorm, 1});
  const std::string alpha =
      "# DeepNorm's alpha, (2 L) ** (1 / 4) at L = 12 layers (Wang et al. 2022)\nALPHA = 2.213363839400643\n";
  for (const Named<CodeLanguage>& language : kNames<CodeLanguage>) {
    EXPECT_TRUE(has(program_code(spec, language.value), alpha));
    EXPECT_TRUE(has(block_code(spec, language.value), alpha));
    EXPECT_FALSE(
        has(program_code(stack_with({Site::post}, false, spec.residual_scale), language.value), "ALPHA"));
  }
}

StackSpec overridden_stack() {
  StackSpec spec;
  Override entry;
  entry.layers = {6};
  entry.ffn.residual = false;
  spec.overrides = {entry};
  return spec;
}

TEST(Code, EachDistinctWiringIsOneBlock) {
  const StackSpec spec = overridden_stack();
  const std::string numpy = block_code(spec, CodeLanguage::numpy);
  EXPECT_EQ(count(numpy, "def block_"), 2U);
  EXPECT_TRUE(has(numpy, "def block_1(x, layer):\n    \"\"\"Layers 0 to 5, 7 to 11; x is")) << numpy;
  EXPECT_TRUE(has(numpy, "def block_2(x, layer):\n    \"\"\"Layer 6; x is")) << numpy;
  EXPECT_EQ(count(numpy, "x = x + feed_forward"), 1U);
  EXPECT_EQ(count(numpy, "x = feed_forward"), 1U);
  EXPECT_TRUE(numpy.ends_with("\n\n\nBLOCKS = [block_1] * 6 + [block_2] + [block_1] * 5\n")) << numpy;
  for (const Named<CodeLanguage>& language : kNames<CodeLanguage>) {
    const std::string blocks = block_code(spec, language.value);
    EXPECT_TRUE(has(program_code(spec, language.value), blocks.substr(blocks.find('\n') + 1)));
  }
  EXPECT_TRUE(
      has(block_code(spec, CodeLanguage::pytorch), "BLOCKS = [Block1] * 6 + [Block2] + [Block1] * 5\n"));
}

TEST(Code, OfOneLayerIsThatLayersBlock) {
  const StackSpec spec = overridden_stack();
  const std::string sixth = block_code(spec, CodeLanguage::numpy, 6);
  EXPECT_TRUE(has(sixth, "def block(x, layer):\n    \"\"\"Layer 6; x is")) << sixth;
  EXPECT_TRUE(has(sixth, "    x = feed_forward(")) << sixth;
  EXPECT_FALSE(has(sixth, "BLOCKS"));
  EXPECT_EQ(block_code(spec, CodeLanguage::numpy, 0), block_code(spec, CodeLanguage::numpy, 11));
  EXPECT_EQ(block_code(pre_ln_stack(), CodeLanguage::pytorch, 3),
            block_code(pre_ln_stack(), CodeLanguage::pytorch));
}

TEST(Code, ManyBlocksStayWithinTheColumns) {
  StackSpec spec = overridden_stack();
  spec.num_layers = 100;
  spec.overrides[0].layers.clear();
  for (int layer = 0; layer < 100; layer += 2) spec.overrides[0].layers.push_back(layer);
  const std::string code = program_code(spec, CodeLanguage::numpy);
  expect_presentable(code);
  EXPECT_TRUE(has(code, "\"\"\"Layers 0, 2, 4, 6, 8, 10, 12, 14, 16, ...; x is"));
  EXPECT_TRUE(has(code, "\nBLOCKS = (\n    [block_1] + [block_2] + "));
  EXPECT_EQ(count(code, "[block_1]"), 50U);
  EXPECT_EQ(count(code, "[block_2]"), 50U);
}

}  // namespace
}  // namespace gradflow
