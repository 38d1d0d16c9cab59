#include "app/figure/heat_map.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "app/figure/readings.h"
#include "app/figure/spread.h"
#include "app/figure/viridis.h"

namespace gradflow::figure {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

using Answers = std::vector<std::shared_ptr<const StackReport>>;

std::shared_ptr<const StackReport> report(int layers, std::vector<Series> series) {
  StackReport value;
  value.spec.num_layers = layers;
  value.series = std::move(series);
  return std::make_shared<const StackReport>(std::move(value));
}

/// A has no post norm; B is deeper and has one in two of its layers.
Answers two() {
  return {report(2, {{"grad_norm/attention.w_q", {0, 1}, {0.1, 0}},
                     {"grad_norm/ffn.w_1", {0, 1}, {10, kInf}},
                     {"grad_norm/total", {0, 1}, {1e9, 1e9}},
                     {"stream_rms", {0, 1, 2}, {1, 2, 3}}}),
          report(3, {{"grad_norm/attention.w_q", {0, 1, 2}, {0.01, 0.2, 0.3}},
                     {"grad_norm/attention.norm_post.weight", {0, 2}, {0.5, 0.6}},
                     {"grad_norm/ffn.w_1", {0, 1, 2}, {1, 2, 3}}})};
}

TEST(HeatMap, HasARowAWeightInTheOrderOfTheSublayersAndAPanelAStack) {
  const HeatMap map = heat_map(two());
  std::vector<std::string> tags;
  for (const HeatRow& row : map.rows) tags.push_back(row.tag);
  EXPECT_EQ(tags, (std::vector<std::string>{"W_Q Attn", "γ Attn post", "W₁ FFN"}));
  ASSERT_EQ(map.panels.size(), 2U);
  EXPECT_EQ(map.at(0, {0, 0}), 0.1);
  EXPECT_EQ(map.at(0, {0, 1}), 0.0) << "an exact zero is a value";
  EXPECT_EQ(map.at(0, {1, 0}), std::nullopt) << "A has no such norm";
  EXPECT_EQ(map.at(0, {2, 1}), kInf);
  EXPECT_EQ(map.at(0, {2, 2}), std::nullopt) << "A has no third layer";
  EXPECT_EQ(map.at(1, {1, 0}), 0.5);
  EXPECT_EQ(map.at(1, {1, 1}), std::nullopt) << "an override took the norm away";
  EXPECT_EQ(map.at(1, {2, 2}), 3.0);
}

TEST(HeatMap, HasOneScaleOfColoursForWhatIsShown) {
  const HeatMap map = heat_map(two());
  const Extent all = extent_of(map);
  EXPECT_NEAR(all.y->min, -2, 1e-12);
  EXPECT_NEAR(all.y->max, 1, 1e-12) << "the total of a layer is no weight";
  EXPECT_EQ(*all.x, (Range{0, 2}));
  EXPECT_TRUE(all.underflow && all.overflow);
  const Extent second = extent_of(map, {true, false});
  EXPECT_NEAR(second.y->max, std::log10(3.0), 1e-12);
  EXPECT_FALSE(second.underflow || second.overflow);
}

TEST(HeatMap, SaysWhyAStackHasNoCells) {
  StackReport failed;
  failed.error = "d_model 65 is not a multiple of num_heads 4";
  const Answers answers{nullptr, std::make_shared<const StackReport>(failed), two()[0]};
  const HeatMap map = heat_map(answers);
  EXPECT_EQ(map.panels[0].absence, "not measured yet");
  EXPECT_EQ(map.panels[1].absence, failed.error);
  EXPECT_EQ(map.panels[2].absence, "");
  EXPECT_EQ(map.panels[1].layers, 0);
  EXPECT_EQ(map.rows.size(), 2U);
  EXPECT_TRUE(heat_map(Answers{nullptr}).rows.empty());
}

/// Softmax does not see b_K; with rotary positions it does.
TEST(HeatMap, LeavesRoundOffOutAndSaysSo) {
  const std::vector<Series> measured{{"grad_norm/attention.b_k", {0, 1}, {1e-9, 2e-9}},
                                     {"grad_norm/attention.w_k", {0, 1}, {1, 2}}};
  const HeatMap map = heat_map(Answers{report(2, measured)});
  EXPECT_EQ(map.rows.size(), 1U);
  EXPECT_NE(map.note.find("b_K Attn"), std::string::npos);
  EXPECT_EQ(*extent_of(map).y, (Range{0, std::log10(2.0)}));
  StackReport rotary = *report(2, measured);
  rotary.spec.positions = Positions::rotary;
  const HeatMap mixed = heat_map(Answers{report(2, measured), std::make_shared<const StackReport>(rotary)});
  EXPECT_EQ(mixed.rows.size(), 2U);
  EXPECT_EQ(mixed.note, "");
  EXPECT_EQ(mixed.at(0, {1, 1}), std::nullopt);
  EXPECT_EQ(mixed.at(1, {1, 1}), 2e-9);
  EXPECT_EQ(readings_at(mixed, {}, {1, 1}).lines.at(0).value, "zero but for round-off");
  StackReport exact = *report(2, measured);
  exact.series[0].values = {0, 0};
  EXPECT_EQ(heat_map(Answers{std::make_shared<const StackReport>(exact)}).rows.size(), 2U)
      << "an exact zero is shown";
  exact.series[0].values = {1e-9, kNan};
  EXPECT_EQ(heat_map(Answers{std::make_shared<const StackReport>(exact)}).rows.size(), 2U)
      << "an overflow is no round-off";
}

TEST(HeatMap, PoolsLayersSoThatNoFindingIsLost) {
  const HeatMap map =
      heat_map(Answers{report(6, {{"grad_norm/ffn.w_1", {0, 1, 2, 3, 4}, {1, 3, 0, kNan, 2}}})});
  EXPECT_EQ(pooled(map, 0, 0, 0, 2), 3.0);
  EXPECT_EQ(pooled(map, 0, 0, 0, 3), 0.0);
  EXPECT_TRUE(std::isnan(*pooled(map, 0, 0, 0, 5)));
  EXPECT_EQ(pooled(map, 0, 0, 5, 6), std::nullopt);
}

TEST(HeatMap, ReadsTheSameCellInEveryPanel) {
  const Readings readings = readings_at(heat_map(two()), {}, {0, 0});
  EXPECT_EQ(readings.head, "layer 0  ·  W_Q  attention");
  ASSERT_EQ(readings.lines.size(), 3U);
  EXPECT_EQ(readings.lines[0].value, "0.100");
  EXPECT_EQ(readings.lines[1].value, "0.0100");
  EXPECT_EQ(readings.lines[2].words, "B / A");
  EXPECT_EQ(readings.lines[2].value, "0.100");
  const Readings zero = readings_at(heat_map(two()), {}, {0, 1});
  EXPECT_EQ(zero.lines.size(), 2U) << "nothing is a multiple of zero";
  EXPECT_EQ(zero.lines[0].value, "0 (underflow)");
  const Readings beyond = readings_at(heat_map(two()), {}, {1, 2});
  EXPECT_EQ(beyond.lines[0].value, "no such layer");
  EXPECT_EQ(readings_at(heat_map(two()), {}, {1, 0}).lines[0].value, "no such weight");
  EXPECT_EQ(readings_at(heat_map(two()), {true, false}, {0, 0}).lines.size(), 1U);
}

double brightness(const Rgb& color) { return 0.2126 * color.r + 0.7152 * color.g + 0.0722 * color.b; }

TEST(Viridis, GetsBrighterFromEndToEnd) {
  EXPECT_EQ(viridis(0), (Rgb{68, 1, 84}));
  EXPECT_EQ(viridis(1), (Rgb{253, 231, 37}));
  EXPECT_EQ(viridis(-3), viridis(0));
  EXPECT_EQ(viridis(7), viridis(1));
  for (int i = 0; i < 64; ++i) EXPECT_LT(brightness(viridis(i / 64.0)), brightness(viridis((i + 1) / 64.0)));
}

/// matplotlib's own colour in the middle, #21918c; ours is between two stops there.
TEST(Viridis, IsTheKnownOneBetweenItsStops) {
  const Rgb middle = viridis(128 / 255.0);
  EXPECT_NEAR(middle.r, 0x21, 1);
  EXPECT_NEAR(middle.g, 0x91, 1);
  EXPECT_NEAR(middle.b, 0x8c, 2);
}

TEST(Spread, KeepsLabelsApartInTheirOrderAndInTheRoom) {
  const Range room{0, 100};
  EXPECT_EQ(spread({50, 10}, 10, room), (std::vector<double>{50, 10}));
  EXPECT_EQ(spread({50, 52, 10}, 10, room), (std::vector<double>{46, 56, 10})) << "both give way";
  EXPECT_EQ(spread({99, 98, 200}, 10, room), (std::vector<double>{90, 80, 100}));
  EXPECT_EQ(spread({-5, -6}, 10, room), (std::vector<double>{10, 0}));
  EXPECT_EQ(spread({5, 5, 5}, 80, room), (std::vector<double>{0, 50, 100})) << "closer where there are many";
  EXPECT_TRUE(spread({}, 10, room).empty());
}

}  // namespace
}  // namespace gradflow::figure
