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

TEST(Plottable, OffersWholeLayersEveryWeightOfEachStackAndEachWeightOnce) {
  const std::vector reports{report(measured()), report(measured())};
  EXPECT_EQ(plottable(reports),
            (std::vector<std::string>{"grad_norm/total", "stream_grad_norm", "every_weight/0",
                                      "every_weight/1", "grad_norm/ffn.w_1"}));
}

StackReport of_many_weights() {
  StackReport value = measured();
  value.series = {{"grad_norm/attention.w_q", {0, 1}, {1, 2}}, {"grad_norm/attention.b_q", {0, 1}, {1, 2}},
                  {"grad_norm/attention.w_k", {0, 1}, {3, 4}}, {"grad_norm/ffn.norm_pre.weight", {1}, {5}},
                  {"grad_norm/ffn.norm_pre.bias", {1}, {0.5}}, {"grad_norm/cross_attention.w_q", {0}, {7}},
                  {"grad_norm/total", {0, 1}, {9, 9}},         {"weight_norm/ffn.w_1", {0, 1}, {8, 8}},
                  {"stream_grad_norm", {0, 1, 2}, {1, 1, 1}}};
  SublayerPatch cut;
  cut.residual = false;
  value.spec.overrides = {{{1}, cut, {}, {}}};
  return value;
}

TEST(EveryWeight, HasACurveAWeightOfTheOneStack) {
  const std::vector reports{report(measured()), report(of_many_weights())};
  const Figure figure = layer_figure(reports, every_weight(1));
  std::vector<std::string> names;
  for (const Curve& curve : figure.curves) {
    names.push_back(curve.name);
    EXPECT_EQ(curve.stack, 1U);
    EXPECT_TRUE(curve.style);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"W_Q Attn", "b_Q Attn", "W_K Attn", "γ FFN pre", "β FFN pre",
                                             "W_Q Cross"}));
  EXPECT_EQ(figure.curves[2].y, (std::vector<double>{3, 4}));
  EXPECT_EQ(figure.curves[3].x, (std::vector<double>{1}));
  EXPECT_EQ(figure.curves[0].marks, (std::vector<double>{1})) << "once";
  EXPECT_TRUE(figure.curves[1].marks.empty());
  EXPECT_EQ(figure.y_label, "‖∂L/∂θ‖, every weight of B");
}

TEST(EveryWeight, TellsThemApartNotByColourAlone) {
  const std::vector reports{report(of_many_weights())};
  const Figure figure = layer_figure(reports, every_weight(0));
  for (std::size_t a = 0; a < figure.curves.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const StackStyle& left = *figure.curves[a].style;
      const StackStyle& right = *figure.curves[b].style;
      EXPECT_FALSE(left.dash == right.dash && left.marker == right.marker && left.stroke == right.stroke)
          << figure.curves[a].name << " and " << figure.curves[b].name;
    }
  }
}

TEST(EveryWeight, LeavesRoundOffOutAndSaysSo) {
  StackReport value = of_many_weights();
  value.series.push_back({"grad_norm/attention.b_k", {0, 1}, {1e-9, 1e-10}});
  const std::vector reports{report(value)};
  const Figure figure = layer_figure(reports, every_weight(0));
  EXPECT_EQ(figure.curves.size(), 6U);
  EXPECT_NE(figure.guides_note.find("b_K Attn"), std::string::npos);
  EXPECT_EQ(layer_figure(reports, "grad_norm/attention.b_k").curves.size(), 1U) << "by itself it is shown";
}

TEST(EveryWeight, SaysWhyAStackHasNone) {
  const std::vector<std::shared_ptr<const StackReport>> reports{nullptr};
  EXPECT_EQ(layer_figure(reports, every_weight(0)).absences.at(0).sentence, "not measured yet");
  const Figure gone = layer_figure(reports, every_weight(3));
  EXPECT_EQ(gone.absences.at(0).stack, 3U);
  EXPECT_TRUE(gone.curves.empty());
  for (const char* other : {"every_weight/", "every_weight/x", "every_weight/1x", "grad_norm/total"}) {
    EXPECT_EQ(every_weight_of(other), std::nullopt) << other;
  }
  EXPECT_EQ(every_weight_of(every_weight(5)), 5U);
}

}  // namespace
}  // namespace gradflow::figure
