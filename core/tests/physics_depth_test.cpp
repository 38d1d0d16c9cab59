// What depth does: tokens become equal, numbers leave the range of float, copies of a layer add up.
#include <limits>

#include "core/tests/physics_setting.h"

namespace gradflow {
namespace {

using test::at;
using test::expect_draw;
using test::kW1;
using test::kWq;
using test::log_of_layer;
using test::Mean;
using test::of_layer;
using test::over_seeds;
using test::reports_of;
using test::setting;
using test::wide_encoder;
using test::with_norms;

/// F6, Noci et al. 2022; Dong et al. 2021: where all tokens are equal, attention's weights do not matter.
TEST(F6, InADeepPostLnEncoderTokensBecomeEqualAndQueriesAndKeysDieFirst) {
  const auto post = reports_of(wide_encoder(post_ln_stack(), 48), 4);
  expect_draw(log_of_layer(post, kWq, 0), std::log(.31), "W_Q, first layer");
  for (const StackReport& report : post) {
    EXPECT_NEAR(at(report, "token_cosine", 48), 1, 1e-6);
    EXPECT_LT(at(report, kWq, 47), 1e-5 * at(report, kWq, 0));
    EXPECT_LT(at(report, "grad_norm/attention.w_k", 47), 1e-5 * at(report, "grad_norm/attention.w_k", 0));
    EXPECT_GT(at(report, kW1, 47), .2 * at(report, kW1, 0)) << "the feed-forward lives";
    EXPECT_GT(at(report, "grad_norm/attention.w_v", 47), .2 * at(report, "grad_norm/attention.w_v", 0));
  }
}

TEST(F6, WhatIsLeftOfThemIsRoundOff) {
  const auto in_double = reports_of<double>(wide_encoder(post_ln_stack(), 48), 2);
  for (const StackReport& report : in_double) EXPECT_LT(at(report, kWq, 47), 1e-11);  // 4e-8 in float
}

TEST(F6, PreLnKeepsTokensApart) {
  const auto pre = reports_of(wide_encoder(pre_ln_stack(), 48), 4);
  expect_draw(of_layer(pre, kWq, 0), .28, "W_Q, first layer");
  expect_draw(of_layer(pre, kWq, 47), .003, "W_Q, last layer");
  expect_draw(of_layer(pre, "token_cosine", 48), .94, "token cosine");
}

/// F10: not an error, but findings to be drawn as such.
TEST(F10, WithoutNormsTheStreamGrowsUntilItOverflows) {
  StackSpec spec = with_norms(pre_ln_stack(), {});
  spec.final_norm = false;
  const auto at_48 = reports_of(setting(spec, 48), 6);
  expect_draw(log_of_layer(at_48, "stream_rms", 48), std::log(std::sqrt(3e19)), "RMS at the top of 48");
  const StackReport report = analyze(setting(spec, 1000));
  EXPECT_TRUE(std::isnan(*report.scalar("loss")));
  const std::vector<double>& rms = report.find("stream_rms")->values;
  ASSERT_EQ(rms.size(), 1001U);
  EXPECT_EQ(report.error, "");
  EXPECT_TRUE(std::isfinite(rms[60]));
  EXPECT_FALSE(std::isfinite(rms[1000]));
  std::size_t overflow = 0;
  while (std::isfinite(rms[overflow])) ++overflow;
  for (std::size_t k = overflow; k < rms.size(); ++k)
    EXPECT_FALSE(std::isfinite(rms[k])) << "it does not come back";
  EXPECT_GT(rms[overflow - 1], 1e17) << "the scores overflow first, which are squares of this";
}

TEST(F10, WithoutResidualsTheDeepPostLnStackUnderflowsToExactlyZeroInQueriesAndKeys) {
  StackSpec spec = setting(post_ln_stack(), 1000);
  spec.sublayers.attention.residual = false;
  spec.sublayers.ffn.residual = false;
  for (const StackReport& report : reports_of(spec, 3)) {
    for (const char* name : {"grad_norm/attention.w_q", "grad_norm/attention.w_k"}) {
      for (int l = 0; l <= 500; ++l) ASSERT_EQ(at(report, name, l), 0) << name << " of layer " << l;
      EXPECT_GT(at(report, name, 999), 0);
    }
    EXPECT_GT(at(report, kW1, 500), 0) << "the feed-forward does not";
    EXPECT_LT(at(report, kW1, 0), 1e-3 * at(report, kW1, 999));
  }
}

/// F13, PyTorch issues 86274 and 72253: what TransformerEncoder's deep copies start with.
TEST(F13, LayersThatStartAsCopiesGrowThePreLnStreamMuchFaster) {
  const auto square_of = [](const StackReport& report) { return std::pow(*report.top("stream_rms"), 2); };
  StackSpec spec = setting(pre_ln_stack(), 24);
  const Mean own = over_seeds(spec, 8, square_of);
  spec.init.clone_layers = true;
  const Mean copies = over_seeds(spec, 8, square_of);
  expect_draw(own, 25, "drawn layer by layer");
  expect_draw(copies, 562, "copies of one layer");
  EXPECT_GT(copies.mean, 15 * own.mean);
}

}  // namespace
}  // namespace gradflow
