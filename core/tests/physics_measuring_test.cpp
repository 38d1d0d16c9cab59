// What one must know to measure at all: the initial weights, the loss and the seeds that were used; and what
// the factors of the clean-path estimate really are.
#include <algorithm>

#include "core/model/build.h"
#include "core/model/parameters.h"
#include "core/tests/physics_setting.h"

namespace gradflow {
namespace {

using test::at;
using test::kW1;
using test::log_of_layer;
using test::Mean;
using test::of_layer;
using test::reports_of;
using test::setting;

StackSpec gpt2_weights(StackSpec spec) {
  spec.init.scheme = InitScheme::normal_002;
  spec.init.residual_output = ResidualOutput::gpt2;
  return spec;
}

/// F12, Radford et al. 2019: on tokens embedded at scale 1 the branches are too small to matter.
TEST(F12, Gpt2sInitialWeightsMakeEveryCurveFlat) {
  for (int depth : {6, 24, 96}) {
    std::vector<double> level;
    for (const StackSpec& spec : {pre_ln_stack(), post_ln_stack()}) {
      const auto reports = reports_of(setting(gpt2_weights(spec), depth), 4);
      std::vector<double> curve;
      for (int l = 0; l < depth; ++l) curve.push_back(of_layer(reports, kW1, l).mean);
      const auto [least, most] = std::minmax_element(curve.begin(), curve.end());
      EXPECT_LT(*most / *least, 1.1) << spec.name << ", " << depth << " layers";
      level.push_back(curve.back());
    }
    EXPECT_NEAR(level[0] / level[1], 1, .1) << "Pre-LN and Post-LN, " << depth << " layers";
  }
}

TEST(F12, ButNotPreLnsWhenTheEmbeddingIsAsSmallAsInGpt2) {
  StackSpec spec = setting(gpt2_weights(pre_ln_stack()), 24);
  spec.init.embedding_std = .02;
  const auto reports = reports_of(spec, 4);
  EXPECT_LT(of_layer(reports, kW1, 23).mean, .75 * of_layer(reports, kW1, 0).mean);
}

/// The gradients of all layers' matrices together (a norm's own bias does get one: it is behind the norm),
/// from the gradient `dy` of the top of the stream.
double backward_from(const Stack<double>& stack, const StackTape<double>& tape, const Matrix<double>& dy) {
  StackWork<double> work;
  LayerGradient met;
  double square = 0;
  const Matrix<double>* dx = &dy;
  for (std::size_t l = stack.layers.size(); l-- > 0;) {
    Layer<double> gradient = stack.layers[l];
    set_zero(gradient);
    dx = &backward_layer(stack.layers[l], l, tape, *dx, gradient, work, met);
    visit(gradient, [&](const std::string& name, View<double> view) {
      if (name.find(".w_") != std::string::npos) square += squared_norm(view);
    });
  }
  return std::sqrt(square);
}

/// F14, PyTorch issue 63541: a norm's output sums to zero whatever comes in, so its gradient is zero.
TEST(F14, TheSumOfANormsOutputsIsNoLoss) {
  for (const StackSpec& spec : {setting(pre_ln_stack(), 6), setting(post_ln_stack(), 6)}) {
    const Stack<double> stack = build_stack<double>(spec);
    const Batch<double> batch = build_batch<double>(spec);
    StackTape<double> tape;
    StackWork<double> work;
    Ends<double> gradient = stack.ends;
    forward(stack, batch, tape);
    const Matrix<double>& top = stream(tape, stack.layers.size());
    const Matrix<double> ones = Matrix<double>::Ones(top.rows(), top.cols());
    Matrix<double> of_sum = ones;
    if (stack.ends.final_norm) {
      backward(*stack.ends.final_norm, tape.final_norm, ones, *gradient.final_norm, of_sum);
    }
    const double from_sum = backward_from(stack, tape, of_sum);
    const double from_loss = backward_from(
        stack, tape, backward_head(stack.ends, batch, stack.layers.size(), tape, gradient, work));
    EXPECT_GT(from_loss, .1) << spec.name;
    EXPECT_LT(from_sum, 1e-11) << spec.name;
  }
}

/// F15: the first layer's W_1 of Post-LN over 20 seeds, mean .70.
TEST(F15, SingleSeedsMislead) {
  const auto reports = reports_of(setting(post_ln_stack(), 24), 20);
  const Mean first = of_layer(reports, kW1, 0);
  EXPECT_NEAR(first.mean, .70, 2 * first.standard_error);
  EXPECT_GT(first.standard_deviation, .2 * first.mean);
  std::vector<double> values;
  for (const StackReport& report : reports) values.push_back(at(report, kW1, 0));
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  EXPECT_GT(*most, 2 * *least) << "two seeds of one stack";
}

/// The geometric mean of a gain over the layers and seeds.
double gain(const std::vector<StackReport>& reports, std::string_view quantity) {
  double sum = 0;
  double count = 0;
  for (const StackReport& report : reports) {
    for (double value : report.find(quantity)->values) {
      sum += std::log(value);
      ++count;
    }
  }
  return std::exp(sum / count);
}

/// How much of the gradient's length arrives at the bottom of the stream.
double over_the_stack(const std::vector<StackReport>& reports) {
  return std::exp(log_of_layer(reports, "stream_grad_norm", 0).mean -
                  log_of_layer(reports, "stream_grad_norm", 12).mean);
}

/// F17: the course takes 1 + .05 a layer for Pre-LN, .8 (1 + .05) for Post-LN: 1.80 and .123 over 12 layers.
TEST(F17, TheNormsFactorIsFairButTheBranchGivesItBack) {
  const auto post = reports_of(setting(post_ln_stack(), 12), 8);
  const double attention = gain(post, "norm_gain/attention.post");
  const double ffn = gain(post, "norm_gain/ffn.post");
  EXPECT_NEAR(std::sqrt(attention * ffn), .8, .05) << "measured .72 and .87";
  EXPECT_NEAR(gain(post, "jacobian_gain/attention"), 1, .03) << "assumed .84";
  EXPECT_NEAR(gain(post, "jacobian_gain/ffn"), 1, .03);
  EXPECT_GT(over_the_stack(post), .6) << "assumed .123";
}

TEST(F17, OnTheCleanPathOfPreLnTheGradientGrowsMoreThanAssumed) {
  const auto pre = reports_of(setting(pre_ln_stack(), 12), 8);
  EXPECT_NEAR(gain(pre, "jacobian_gain/attention"), 1.08, .02);
  EXPECT_NEAR(gain(pre, "jacobian_gain/ffn"), 1.04, .02);
  EXPECT_NEAR(over_the_stack(pre), 4.0, .8) << "assumed 1.80";
}

}  // namespace
}  // namespace gradflow
