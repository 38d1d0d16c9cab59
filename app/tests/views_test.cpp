// The views beside Gradients and Depth law, driven by a scripted hand: forward, heat map, every weight of a
// stack.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/figure/axis.h"
#include "app/figure/heat_map.h"
#include "app/figure/layers.h"
#include "app/figure/quantity.h"
#include "app/platform/size.h"
#include "app/tests/driver.h"

namespace gradflow::testing {
namespace {

using session::View;
using Answers = std::vector<std::shared_ptr<const StackReport>>;

Answers answers_of(const Driver& driver) {
  Answers answers;
  for (std::size_t i = 0; i < driver.scene().stacks.size(); ++i) {
    answers.push_back(std::make_shared<const StackReport>(driver.report(i)));
  }
  return answers;
}

std::size_t changed(const platform::Image& before, Driver& driver) {
  return difference(before, driver.pixels());
}

Stage stage_of(View view, int layers = 12) {
  Stage stage{.width = 1280, .height = 800};
  stage.scene.view = view;
  for (StackSpec& stack : stage.scene.stacks) stack.num_layers = layers;
  return stage;
}

/// The mouse onto a cell of the heat map.
void point_at(Driver& driver, std::size_t stack, int row, int layer) {
  const ui::Landmark panel = driver.landmark("plot.panel." + std::to_string(stack));
  const ui::Rect names = driver.landmark("plot.row." + std::to_string(row)).rect;
  driver.move(panel.x->x_of(layer), names.center_y());
}

TEST(Forward, PlotsEachOfItsQuantitiesAndForgetsNone) {
  Driver driver(stage_of(View::gradients));
  driver.settle();
  driver.choose("plot.quantity", "grad_norm/attention.w_q");
  driver.click("plot.view.forward");
  EXPECT_EQ(driver.scene().forward_quantity, "stream_rms");
  driver.click("plot.quantity");
  driver.frames(2);
  EXPECT_FALSE(driver.has("plot.quantity.grad_norm/total")) << "a gradient is nothing of the forward pass";
  driver.key(ui::Key::escape);
  driver.settle();
  platform::Image before = driver.pixels();
  for (const char* key : {"branch_rms/attention", "branch_rms/ffn", "token_cosine", "attention_entropy"}) {
    SCOPED_TRACE(key);
    driver.choose("plot.quantity", key);
    driver.settle();
    EXPECT_EQ(driver.scene().forward_quantity, key);
    EXPECT_GT(changed(before, driver), 500U);
    before = driver.pixels();
  }
  driver.click("plot.view.gradients");
  EXPECT_EQ(driver.scene().quantity, "grad_norm/attention.w_q");
  driver.click("plot.view.forward");
  EXPECT_EQ(driver.scene().forward_quantity, "attention_entropy");
}

TEST(Forward, IsReachedByKeysAlone) {
  Driver driver(stage_of(View::gradients));
  driver.settle();
  driver.tab_to("plot.view.forward");
  driver.key(ui::Key::space);
  ASSERT_EQ(driver.scene().view, View::forward);
  driver.tab_to("plot.quantity");
  driver.key(ui::Key::enter);
  driver.key(ui::Key::end);
  driver.key(ui::Key::enter);
  driver.settle();
  EXPECT_EQ(driver.scene().forward_quantity, "attention_entropy");
  driver.tab_to("plot.area");
  driver.frames(2);
  ASSERT_TRUE(driver.has("plot.readings"));
  const float right = driver.landmark("plot.readings").rect.x;
  for (int i = 0; i < 6; ++i) driver.key(ui::Key::left);
  EXPECT_LT(driver.landmark("plot.readings").rect.x, right);
}

/// What Lemma 2 says of a stack in its placement, measured: Post-LN's stream has RMS 1, Pre-LN's grows in the
/// band's order of magnitude. d_ff is not the lemma's, so its lower bound may be missed by a little.
TEST(Forward, ComparesTheMeasuredStreamWithTheTheory) {
  Driver driver(stage_of(View::forward, 24));
  driver.settle();
  const Answers answers = answers_of(driver);
  const figure::Figure shown = figure::layer_figure(answers, "stream_rms");
  ASSERT_EQ(shown.curves.size(), 2U);
  ASSERT_EQ(shown.guides.size(), 2U);
  EXPECT_EQ(shown.curves[0].y, answers[0]->find("stream_rms")->values);
  for (int layer = 1; layer <= 24; ++layer) {
    const auto l = static_cast<std::size_t>(layer);
    EXPECT_NEAR(shown.curves[1].y[l], 1, 1e-3) << "behind LayerNorm";
    const double embedded = shown.curves[0].y[0];
    const double mean_square = shown.curves[0].y[l] * shown.curves[0].y[l] / (embedded * embedded);
    EXPECT_GT(mean_square, 1 + 0.2 * layer / (embedded * embedded));
    EXPECT_LT(shown.curves[0].y[l], embedded * shown.guides[0].high[l]);
  }
  const platform::Image with_band = driver.pixels();
  driver.click("stack.0.ffn.residual");
  driver.settle();
  EXPECT_TRUE(figure::layer_figure(answers_of(driver), "stream_rms").guides[0].stacks ==
              (std::vector<std::size_t>{1}))
      << "a cut residual is no Pre-LN";
  EXPECT_GT(changed(with_band, driver), 1000U);
}

TEST(Forward, CosineAndEntropyStayOnTheirLinearAxis) {
  Driver driver(stage_of(View::forward, 48));
  driver.settle();
  const Answers answers = answers_of(driver);
  const double uniform = std::log(driver.stack(0).sequence_length);
  for (const auto& answer : answers) {
    for (const double cosine : answer->find("token_cosine")->values) {
      EXPECT_GE(cosine, -1);
      EXPECT_LE(cosine, 1 + 1e-6);
    }
    for (const double entropy : answer->find("attention_entropy")->values) {
      EXPECT_GE(entropy, 0);
      EXPECT_LE(entropy, uniform);
    }
  }
  driver.choose("plot.quantity", "token_cosine");
  driver.settle();
  driver.move_to("plot.area");
  driver.settle();
  const platform::Image fitted = driver.pixels();
  driver.wheel("plot.area", 3);
  driver.settle();
  EXPECT_GT(changed(fitted, driver), 500U);
  ASSERT_TRUE(driver.has("plot.fit"));
  driver.choose("plot.quantity", "stream_rms");
  driver.settle();
  EXPECT_FALSE(driver.has("plot.fit")) << "a zoom in cosines says nothing of decades";
}

TEST(HeatMap, ShowsAPanelAStackAndTheNumbersUnderTheMouse) {
  Driver driver(stage_of(View::heat_map));
  driver.settle();
  const figure::HeatMap map = figure::heat_map(answers_of(driver));
  ASSERT_TRUE(driver.has("plot.panel.0") && driver.has("plot.panel.1") && driver.has("plot.colors"));
  EXPECT_TRUE(driver.has("plot.row." + std::to_string(map.rows.size() - 1)));
  EXPECT_FALSE(driver.has("plot.row." + std::to_string(map.rows.size())));
  EXPECT_FALSE(driver.has("plot.quantity"));
  const figure::HeatRow& first = map.rows.front();
  EXPECT_EQ(map.at(1, {0, 7}), driver.report(1).find(first.quantity)->at(7)) << first.tag;
  EXPECT_FALSE(driver.has("plot.readings"));
  point_at(driver, 0, 3, 5);
  driver.frames(2);
  ASSERT_TRUE(driver.has("plot.readings"));
  const platform::Image one = driver.pixels();
  point_at(driver, 1, 3, 6);
  driver.frames(2);
  EXPECT_GT(changed(one, driver), 200U);
  driver.move_away();
  driver.frames(2);
  EXPECT_FALSE(driver.has("plot.readings"));
}

/// The colour of a cell, away from its edges.
std::array<std::uint8_t, 3> color_of(Driver& driver, std::size_t stack, int row, int layer) {
  const ui::Landmark panel = driver.landmark("plot.panel." + std::to_string(stack));
  const ui::Rect names = driver.landmark("plot.row." + std::to_string(row)).rect;
  const platform::Image image = driver.pixels();
  const auto x = static_cast<std::size_t>(panel.x->x_of(layer));
  const auto y = static_cast<std::size_t>(names.center_y());
  const std::size_t at = (y * static_cast<std::size_t>(image.width) + x) * 3;
  return {image.rgb[at], image.rgb[at + 1], image.rgb[at + 2]};
}

TEST(HeatMap, HasOneScaleOfColoursForAllPanels) {
  Stage stage = stage_of(View::heat_map);
  stage.scene.stacks.push_back(stage.scene.stacks[0]);
  Driver driver(stage);
  driver.settle();
  const auto own = color_of(driver, 0, 2, 4);
  EXPECT_EQ(color_of(driver, 2, 2, 4), own) << "the same stack twice";
  EXPECT_NE(color_of(driver, 1, 2, 4), own);
  driver.click("plot.legend.1");
  driver.settle();
  EXPECT_FALSE(driver.has("plot.panel.1"));
  const float width = driver.landmark("plot.panel.0").rect.width;
  driver.click("plot.legend.1");
  driver.settle();
  EXPECT_TRUE(driver.has("plot.panel.1")) << "the second click shows it alone";
  EXPECT_FALSE(driver.has("plot.panel.0"));
  EXPECT_GT(driver.landmark("plot.panel.1").rect.width, 1.5F * width);
}

TEST(HeatMap, IsWalkedWithTheArrowKeys) {
  Driver driver(stage_of(View::heat_map));
  driver.settle();
  const int layers = driver.stack(0).num_layers;
  driver.tab_to("plot.area");
  driver.frames(2);
  ASSERT_TRUE(driver.has("plot.readings"));
  const ui::Rect corner = driver.landmark("plot.readings").rect;
  platform::Image before = driver.pixels();
  for (const ui::Key key : {ui::Key::home, ui::Key::right, ui::Key::down, ui::Key::left, ui::Key::up}) {
    driver.key(key);
    EXPECT_GT(changed(before, driver), 20U);
    before = driver.pixels();
  }
  driver.key(ui::Key::end);
  driver.frames(2);
  EXPECT_EQ(driver.landmark("plot.readings").rect, corner);
  EXPECT_EQ(driver.stack(0).num_layers, layers) << "the arrows do not move the depth";
}

TEST(HeatMap, DrawsSixDeepStacksAndWhatBreaks) {
  Stage stage = stage_of(View::heat_map, 300);
  for (int i = 0; i < 4; ++i) stage.scene.stacks.push_back(stage.scene.stacks[1]);
  stage.scene.stacks[2].sublayers.attention.residual = stage.scene.stacks[2].sublayers.ffn.residual = false;
  stage.scene.stacks[3].sublayers.attention.norm = stage.scene.stacks[3].sublayers.ffn.norm = {};
  stage.scene.stacks[4].num_heads = 5;
  stage.scene.stacks[5].num_layers = 1;
  Driver driver(stage);
  driver.settle();
  const figure::HeatMap map = figure::heat_map(answers_of(driver));
  const figure::Extent extent = figure::extent_of(map);
  EXPECT_TRUE(extent.underflow) << "no residual, 300 layers";
  EXPECT_TRUE(extent.overflow) << "no norm, 300 layers";
  EXPECT_FALSE(map.panels[4].absence.empty());
  EXPECT_FALSE(driver.has("plot.panel.4"));
  for (const std::size_t stack : {0U, 1U, 2U, 3U, 5U}) {
    ASSERT_TRUE(driver.has("plot.panel." + std::to_string(stack)));
    point_at(driver, stack, 0, 0);
    EXPECT_TRUE(driver.has("plot.readings"));
  }
  for (const platform::Size size : {platform::Size{200, 100}, {1, 1}, {900, 600}}) {
    driver.resize(size.width, size.height);
    driver.settle();
  }
}

TEST(EveryWeight, IsPlottedForTheStackThatIsPicked) {
  Driver driver(stage_of(View::gradients));
  driver.settle();
  driver.choose("plot.quantity", "every_weight/0");
  driver.settle();
  const figure::Figure shown = figure::layer_figure(answers_of(driver), driver.scene().quantity);
  std::vector<std::string> weights = figure::weights_of(driver.report(0));
  EXPECT_EQ(std::erase(weights, "grad_norm/attention.b_k"), 1U) << "round-off, as theory makes it zero";
  ASSERT_EQ(shown.curves.size(), weights.size());
  EXPECT_GE(weights.size(), 12U);
  for (std::size_t c = 0; c < weights.size(); ++c) {
    EXPECT_EQ(shown.curves[c].y, driver.report(0).find(weights[c])->values) << weights[c];
    EXPECT_TRUE(driver.has("plot.curve." + std::to_string(c)));
    for (std::size_t other = 0; other < c; ++other) {
      EXPECT_NE(shown.curves[c].style, shown.curves[other].style)
          << shown.curves[c].name << " looks like " << shown.curves[other].name;
    }
  }
  EXPECT_FALSE(driver.has("plot.curve." + std::to_string(weights.size())));
  driver.click("plot.legend.1");
  EXPECT_EQ(driver.scene().quantity, "every_weight/1");
}

TEST(EveryWeight, IsHiddenAndShownAloneAtItsName) {
  Driver driver(stage_of(View::gradients));
  driver.choose("plot.quantity", "every_weight/0");
  driver.settle();
  driver.move_away();
  driver.settle();
  const platform::Image all = picture_of(driver, "plot.area");
  const auto less = [&] { return difference(all, picture_of(driver, "plot.area")); };
  driver.click("plot.curve.0");
  driver.move_away();
  driver.settle();
  const std::size_t one_less = less();
  EXPECT_GT(one_less, 200U);
  driver.tab_to("plot.curve.0");
  driver.key(ui::Key::space);
  driver.key(ui::Key::escape);
  driver.settle();
  EXPECT_GT(less(), 2 * one_less) << "alone";
  driver.click("plot.curve.0");
  driver.move_away();
  driver.settle();
  EXPECT_EQ(less(), 0U);
}

TEST(EveryWeight, OfAStackThatIsGoneIsSaid) {
  Stage stage = stage_of(View::gradients);
  stage.scene.quantity = "every_weight/4";
  Driver driver(stage);
  driver.settle();
  EXPECT_FALSE(driver.has("plot.curve.0"));
  driver.click("plot.view.depth-law");
  driver.settle();
  driver.click("plot.view.gradients");
  driver.click("plot.legend.0");
  driver.settle();
  EXPECT_TRUE(driver.has("plot.curve.0"));
}

}  // namespace
}  // namespace gradflow::testing
