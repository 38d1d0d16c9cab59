// The depth law is what a pass at each depth measures, and says of Pre-LN and Post-LN what theory does.
#include "core/analysis/depth_law.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/analysis/analyze.h"
#include "core/spec/names.h"

namespace gradflow {
namespace {

StackSpec small_stack() {
  StackSpec spec;
  spec.d_model = 16;
  spec.num_heads = 2;
  spec.d_ff = 24;
  spec.sequence_length = 6;
  spec.batch_size = 2;
  return spec;
}

/// Every value of `question` is, to the last bit, what analyze() measures of a stack of that depth.
void expect_as_analyzed(const DepthLawQuestion& question) {
  const auto report = depth_law(question);
  ASSERT_TRUE(report);
  std::size_t compared = 0;
  for (int depth : question.depths) {
    StackSpec spec = question.spec;
    spec.num_layers = depth;
    const StackReport pass = analyze(spec);
    for (const Series& series : report->series) {
      const bool top = series.quantity.starts_with("top/");
      const std::string quantity = series.quantity.substr(series.quantity.find('/') + 1);
      ASSERT_NE(pass.find(quantity), nullptr) << quantity;
      EXPECT_EQ(series.at(depth), pass.find(quantity)->at(top ? depth - 1 : 0))
          << series.quantity << " at depth " << depth;
      ++compared;
    }
  }
  EXPECT_GE(compared, 10 * question.depths.size());
}

TEST(DepthLaw, OfANestedStackIsWhatAPassAtEachDepthMeasures) {
  expect_as_analyzed({small_stack(), all_depths(9)});
  StackSpec post = small_stack();
  post.sublayers.attention.norm = post.sublayers.ffn.norm = {Site::post};
  post.final_norm = false;
  post.tied_embedding = true;
  post.init.clone_layers = true;
  expect_as_analyzed({post, {1, 2, 5, 8}});
}

TEST(DepthLaw, OfAStackWhoseInitDependsOnDepthIsToo) {
  StackSpec gpt2 = small_stack();
  gpt2.init.residual_output = ResidualOutput::gpt2;
  expect_as_analyzed({gpt2, all_depths(6)});
  StackSpec deepnorm = small_stack();
  deepnorm.sublayers.attention.norm = deepnorm.sublayers.ffn.norm = {Site::post};
  deepnorm.residual_scale.rule = SkipGain::Rule::deepnorm;
  expect_as_analyzed({deepnorm, {2, 3, 7}});
}

TEST(DepthLaw, FollowsOverridesAndCrossAttention) {
  StackSpec spec = small_stack();
  spec.sublayers.cross_attention = SublayerSpec{{Site::post}, true};
  Override bad_layer;
  bad_layer.layers = {2};
  bad_layer.ffn.residual = false;
  spec.overrides = {bad_layer};
  expect_as_analyzed({spec, all_depths(5)});
  Override all_post;
  all_post.layers = {0, 1, 2, 3, 4};
  all_post.ffn.norm = SiteSet{Site::post};
  spec.overrides = {all_post};
  expect_as_analyzed({spec, all_depths(5)});
}

TEST(DepthLaw, TopAloneIsTheSameWithoutTheBottom) {
  const auto both = depth_law({small_stack(), all_depths(5)});
  const auto top = depth_law({small_stack(), all_depths(5), DepthEnds::top});
  EXPECT_EQ(top->find("bottom/grad_norm/total"), nullptr);
  EXPECT_EQ(top->find("top/grad_norm/total")->values, both->find("top/grad_norm/total")->values);
}

TEST(DepthLaw, ReportsEachPointAsItComesCoarseToFine) {
  for (ResidualOutput init : {ResidualOutput::none, ResidualOutput::gpt2}) {
    StackSpec spec = small_stack();
    spec.init.residual_output = init;
    std::vector<int> bottoms;
    std::size_t values = 0;
    const auto report = depth_law({spec, all_depths(9)}, [&](const DepthPoint& point) {
      for (const Scalar& value : point.values) {
        if (value.quantity == "bottom/grad_norm/total") bottoms.push_back(point.depth);
      }
      values += point.values.size();
    });
    EXPECT_EQ(bottoms, (std::vector<int>{9, 1, 5, 3, 7, 2, 4, 6, 8})) << key_of(init);
    std::size_t expected = 0;
    for (const Series& series : report->series) expected += series.values.size();
    EXPECT_EQ(values, expected);
  }
}

TEST(DepthLaw, EndsWhenItIsToldTo) {
  for (ResidualOutput init : {ResidualOutput::none, ResidualOutput::gpt2}) {
    StackSpec spec = small_stack();
    spec.init.residual_output = init;
    std::stop_source stop;
    int points = 0;
    const auto report = depth_law(
        {spec, all_depths(50)},
        [&](const DepthPoint&) {
          if (++points == 3) stop.request_stop();
        },
        stop.get_token());
    EXPECT_FALSE(report);
    EXPECT_EQ(points, 3);
  }
}

TEST(DepthLaw, RefusesDepthsOutOfOrderAndStacksBeyondTheMemory) {
  EXPECT_THROW(depth_law({small_stack(), {}}), InvalidSpec);
  EXPECT_THROW(depth_law({small_stack(), {0, 1}}), InvalidSpec);
  EXPECT_THROW(depth_law({small_stack(), {2, 2}}), InvalidSpec);
  EXPECT_THROW(depth_law({small_stack(), {5000}}), InvalidSpec);
  EXPECT_THROW(depth_law({small_stack(), {4000}, DepthEnds::both, 1 << 20}), InvalidSpec);
}

TEST(DepthLaw, AGradientThatUnderflowsHasNoExponent) {
  StackSpec spec = small_stack();
  spec.sublayers.attention = spec.sublayers.ffn = {{}, false};
  spec.init.gain = 1e-3;
  const std::vector reports{*depth_law({spec, all_depths(30)})};
  EXPECT_EQ(reports[0].find("bottom/grad_norm/total")->values.back(), 0);
  for (const Exponent& exponent : fit_exponents(reports)) {
    if (exponent.quantity != "bottom/grad_norm/total") continue;
    EXPECT_TRUE(std::isnan(exponent.value));
    EXPECT_TRUE(std::isnan(exponent.standard_error));
  }
}

/// F1, Xiong et al. 2020, Theorem 1, in the setting of physics_test.cpp, depths 1 to 96.
std::map<std::string, Exponent> f1_exponents(StackSpec spec, int first_seed, int seeds) {
  spec.vocab_size = 128;
  spec.positions = Positions::none;
  spec.input.kind = InputKind::random;
  std::vector<StackReport> reports;
  for (int i = 0; i < seeds; ++i) {
    spec.seed = static_cast<std::uint64_t>(first_seed + i);
    reports.push_back(*depth_law({spec, all_depths(96), DepthEnds::top}));
  }
  std::map<std::string, Exponent> exponents;
  for (const Exponent& exponent : fit_exponents(reports)) exponents[exponent.quantity] = exponent;
  return exponents;
}

TEST(F1, TheExponentsOfTheTopGradientAreMinusOneHalfAndZero) {
  const Exponent pre = f1_exponents(pre_ln_stack(), 1, 5).at("top/grad_norm/ffn.w_1");
  const Exponent post = f1_exponents(post_ln_stack(), 1, 5).at("top/grad_norm/ffn.w_1");
  EXPECT_NEAR(pre.value, -0.5, 2 * pre.standard_error);
  EXPECT_NEAR(post.value, 0, 2 * post.standard_error);
  EXPECT_LT(pre.standard_error, 0.03) << "two standard errors must leave something to be wrong about";
  EXPECT_LT(post.standard_error, 0.03);
}

}  // namespace
}  // namespace gradflow
