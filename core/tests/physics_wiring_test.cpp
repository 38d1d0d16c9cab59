// What the wiring does to the gradients of deep stacks: cross-attention, DeepNorm, the output norm, and the
// bug of the residual behind the norm.
#include "core/tests/physics_setting.h"

namespace gradflow {
namespace {

using test::at;
using test::expect_draw;
using test::kW1;
using test::log_of_layer;
using test::Mean;
using test::of_layer;
using test::reports_of;
using test::setting;
using test::wide_encoder;
using test::with_norms;

constexpr int kSeeds = 8;

/// d_model 96, d_ff 384, vocabulary 500, with cross-attention wired as the rest unless `memory_cosine` is
/// nothing.
std::vector<StackReport> decoders(StackSpec spec, int depth, std::optional<double> memory_cosine) {
  spec = setting(std::move(spec), depth);
  spec.d_model = 96;
  spec.d_ff = 384;
  spec.vocab_size = 500;
  if (memory_cosine) {
    spec.sublayers.cross_attention = spec.sublayers.attention;
    spec.memory_cosine = *memory_cosine;
  } else {
    spec.causal = false;
  }
  return reports_of(spec, kSeeds);
}

/// F5, Liu et al. 2020 (Admin): what vanishes is the Post-LN decoder, whose memory's tokens are alike.
TEST(F5, PostLnVanishesDownwardsWhenItReadsAMemoryOfLikeTokens) {
  const auto shallow = decoders(post_ln_stack(), 6, 0.9);
  const auto deep = decoders(post_ln_stack(), 18, 0.9);
  expect_draw(of_layer(shallow, kW1, 0), .09, "L = 6, first layer");
  expect_draw(of_layer(shallow, kW1, 5), .60, "L = 6, last layer");
  expect_draw(log_of_layer(deep, kW1, 0), std::log(.004), "L = 18, first layer");
  expect_draw(of_layer(deep, kW1, 17), .57, "L = 18, last layer");
  EXPECT_GT(of_layer(shallow, kW1, 5).mean / of_layer(shallow, kW1, 0).mean, 4);
  EXPECT_GT(of_layer(deep, kW1, 17).mean / of_layer(deep, kW1, 0).mean, 60);
}

TEST(F5, ItDoesNotWhenTheMemorysTokensDifferOrThereIsNone) {
  const auto different = decoders(post_ln_stack(), 6, 0.0);
  expect_draw(of_layer(different, kW1, 0), .47, "first layer");
  expect_draw(of_layer(different, kW1, 5), .58, "last layer");
  const auto encoder = decoders(post_ln_stack(), 18, std::nullopt);
  EXPECT_NEAR(of_layer(encoder, kW1, 17).mean / of_layer(encoder, kW1, 0).mean, 1.4, .4);
}

TEST(F5, PreLnIsNotTouchedByTheMemory) {
  const auto pre = decoders(pre_ln_stack(), 18, 0.9);
  expect_draw(of_layer(pre, kW1, 0), .18, "first layer");
  expect_draw(of_layer(pre, kW1, 17), .10, "last layer");
}

/// F7, Wang et al. 2022: flat over the layers, proportional to L^(-1/2).
TEST(F7, DeepNormIsFlatOverTheLayersAndFallsWithTheRootOfDepth) {
  StackSpec spec = post_ln_stack();
  spec.residual_scale.rule = SkipGain::Rule::deepnorm;
  spec.init.residual_output = ResidualOutput::deepnorm;
  std::vector<double> scaled;  // by sqrt(L)
  for (const auto& [depth, figure] : std::vector<std::pair<int, double>>{{6, .26}, {24, .128}, {48, .090}}) {
    const auto reports = reports_of(wide_encoder(spec, depth), 4);
    const double first = of_layer(reports, kW1, 0).mean;
    for (int l = 0; l < depth; ++l) {
      const Mean layer = of_layer(reports, kW1, l);
      EXPECT_NEAR(layer.mean, figure, .03 * figure + 2 * layer.standard_error)
          << depth << " layers, layer " << l;
      EXPECT_NEAR(layer.mean / first, 1, .05) << depth << " layers, layer " << l;
    }
    scaled.push_back(first * std::sqrt(depth));
  }
  EXPECT_NEAR(scaled[1] / scaled[0], 1, .03);
  EXPECT_NEAR(scaled[2] / scaled[0], 1, .03);
}

/// F8, OLMo 2: the output norm needs the norm on queries and keys.
TEST(F8, TheOutputNormExplodesDownwardsWithoutQkNorm) {
  StackSpec spec = with_norms(pre_ln_stack(), {Site::branch});
  const auto without = reports_of(wide_encoder(spec, 48), kSeeds);
  spec.qk_norm = QkNorm::full;
  const auto with = reports_of(wide_encoder(spec, 48), kSeeds);
  expect_draw(log_of_layer(without, kW1, 0), std::log(3010), "first layer without");
  expect_draw(of_layer(with, kW1, 0), .94, "first layer with");
  expect_draw(of_layer(without, kW1, 47), .23, "last layer without");
  expect_draw(of_layer(with, kW1, 47), .23, "last layer with");
  for (std::size_t i = 0; i < without.size(); ++i) {
    EXPECT_GT(at(without[i], kW1, 0), 100 * at(with[i], kW1, 0)) << "seed " << i + 1;
  }
}

/// F11, PyTorch issue 61165: t = LN(x), y = t + F(t) is Post-LN with its norms shifted by half a sub-layer.
TEST(F11, TheResidualTakenBehindTheNormHasTheProfileOfPostLn) {
  const auto bug = reports_of(wide_encoder(with_norms(pre_ln_stack(), {Site::entry}), 6), kSeeds);
  const auto post = reports_of(wide_encoder(post_ln_stack(), 6), kSeeds);
  for (int l = 0; l < 6; ++l) {
    const double ratio = of_layer(bug, kW1, l).mean / of_layer(post, kW1, l).mean;
    EXPECT_NEAR(ratio, 1, .04) << "layer " << l;
  }
  expect_draw(of_layer(bug, kW1, 0), .898, "first layer, the bug");
  expect_draw(of_layer(post, kW1, 0), .90, "first layer, Post-LN");
  expect_draw(of_layer(bug, kW1, 5), 1.12, "last layer, the bug");
  expect_draw(of_layer(post, kW1, 5), 1.13, "last layer, Post-LN");
}

}  // namespace
}  // namespace gradflow
