#include "app/figure/layers.h"

#include <gtest/gtest.h>

#include "app/figure/quantity.h"

namespace gradflow::figure {
namespace {

std::shared_ptr<const StackReport> report(StackReport value) {
  return std::make_shared<const StackReport>(std::move(value));
}

StackReport measured() {
  StackReport value;
  value.spec = pre_ln_stack();
  value.series = {{"grad_norm/ffn.w_1", {0, 1, 2}, {0.5, 0, 0.25}},
                  {"stream_rms", {0, 1, 2, 3}, {1, 2, 3, 4}}};
  return value;
}

TEST(LayerFigure, TakesTheSeriesAsItIsWithItsZeros) {
  const std::vector reports{report(measured())};
  const Figure figure = layer_figure(reports, "grad_norm/ffn.w_1");
  ASSERT_EQ(figure.curves.size(), 1U);
  EXPECT_EQ(figure.curves[0].x, (std::vector<double>{0, 1, 2}));
  EXPECT_EQ(figure.curves[0].y, (std::vector<double>{0.5, 0, 0.25}));
  EXPECT_EQ(figure.curves[0].name, measured().spec.name);
  EXPECT_TRUE(figure.absences.empty());
}

TEST(LayerFigure, MarksTheLayersWithAWiringOfTheirOwn) {
  StackReport rewired = measured();
  SublayerPatch cut;
  cut.residual = false;
  rewired.spec.overrides = {{{7, 2}, cut, {}, {}}};
  const std::vector reports{report(measured()), report(rewired)};
  const Figure figure = layer_figure(reports, "grad_norm/ffn.w_1");
  EXPECT_TRUE(figure.curves[0].marks.empty());
  EXPECT_EQ(figure.curves[1].marks, (std::vector<double>{2, 7}));
}

TEST(LayerFigure, SaysWhyAStackHasNoCurve) {
  StackReport failed = measured();
  failed.error = "d_model 65 is not a multiple of num_heads 4";
  const std::vector<std::shared_ptr<const StackReport>> reports{report(failed), nullptr, report(measured())};
  const Figure figure = layer_figure(reports, "grad_norm/cross_attention.w_q");
  EXPECT_TRUE(figure.curves.empty());
  ASSERT_EQ(figure.absences.size(), 3U);
  EXPECT_EQ(figure.absences[0].sentence, failed.error);
  EXPECT_EQ(figure.absences[1].stack, 1U);
  EXPECT_NE(figure.absences[2].sentence.find("W_Q"), std::string::npos);
}

TEST(Quantity, HasWordsForEveryKindOfParameter) {
  EXPECT_EQ(quantity_axis("grad_norm/ffn.w_1"), "‖∂L/∂W₁‖ feed-forward");
  EXPECT_EQ(quantity_axis("grad_norm/attention.w_q"), "‖∂L/∂W_Q‖ attention");
  EXPECT_EQ(quantity_axis("grad_norm/attention.b_q"), "‖∂L/∂b_Q‖ attention");
  EXPECT_EQ(quantity_axis("grad_norm/ffn.norm_pre.weight"), "‖∂L/∂γ‖ feed-forward, pre norm");
  EXPECT_EQ(quantity_axis("grad_norm/attention.q_norm.weight"), "‖∂L/∂γ‖ attention, q norm");
  EXPECT_EQ(quantity_axis("weight_norm/ffn.w_2"), "‖W₂‖ feed-forward");
  EXPECT_EQ(quantity_label("grad_norm/ffn.w_1"), "W₁  feed-forward");
  EXPECT_EQ(quantity_label("something/else"), "something/else");
}

TEST(Plottable, OffersTheThreeWholeLayerQuantitiesAndEveryWeightOnce) {
  const std::vector reports{report(measured()), report(measured())};
  EXPECT_EQ(plottable(reports), (std::vector<std::string>{"grad_norm/total", "stream_grad_norm", "stream_rms",
                                                          "grad_norm/ffn.w_1"}));
}

}  // namespace
}  // namespace gradflow::figure
