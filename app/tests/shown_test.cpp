// What is shown of a stack beside its block: hidden or not, pinned as a ghost, in words on the clipboard, in
// presenter mode, beside the course's toy.
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "app/session/scene_edits.h"
#include "app/session/scene_file.h"
#include "app/tests/driver.h"

namespace gradflow::testing {
namespace {

Stage roomy() { return {.width = 1280, .height = 800}; }

/// How wide the entries of both stacks in the legend are, in a window of this width.
std::pair<float, float> legend_entries(int width) {
  Driver driver({.width = width, .height = 800});
  driver.settle();
  return {driver.landmark("plot.legend.0").rect.width, driver.landmark("plot.legend.1").rect.width};
}

TEST(Shown, TheLegendGivesALongNameTheRoomThatAShortOneLeaves) {
  const auto [wide_pre, wide_post] = legend_entries(1920);
  const auto [pre, post] = legend_entries(1280);
  EXPECT_GT(wide_post, wide_pre);
  EXPECT_LT(pre, wide_pre) << "the line beside the name is shorter";
  EXPECT_NEAR(post - pre, wide_post - wide_pre, 1) << "the name is cut";  // 1: of rounding
}

TEST(Shown, TheEyeHidesCurveAndVerdictAndTheLegendIsTheSameState) {
  Driver driver(roomy());
  driver.settle();
  const session::Scene before = driver.scene();
  driver.click("list.1.shown");
  driver.settle();
  EXPECT_EQ(driver.scene().hidden, (std::vector<bool>{false, true}));
  EXPECT_EQ(driver.scene().stacks, before.stacks);
  EXPECT_TRUE(driver.has("verdict.0"));
  EXPECT_FALSE(driver.has("verdict.1"));
  driver.click("plot.legend.1");
  EXPECT_EQ(driver.scene().hidden, std::vector<bool>{true}) << "a hidden one is shown alone";
  driver.settle();
  EXPECT_FALSE(driver.has("verdict.0"));
  EXPECT_TRUE(driver.has("verdict.1"));
  driver.click("list.0.shown");
  EXPECT_EQ(driver.scene(), before);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.scene().hidden, std::vector<bool>{true});
  driver.key_with_ctrl(ui::Key::z);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.scene(), before) << "each was a step";
}

TEST(Shown, AllStacksMayBeHidden) {
  Driver driver(roomy());
  driver.settle();
  driver.click("list.0.shown");
  driver.click("list.1.shown");
  driver.settle();
  EXPECT_FALSE(driver.has("verdict.0"));
  driver.click("plot.legend.0");
  driver.settle();
  EXPECT_TRUE(driver.has("verdict.0"));
}

TEST(Shown, AHiddenStackIsStillMeasured) {
  Driver driver(roomy());
  driver.click("list.0.shown");
  driver.drag("depth.slider", 12, 30);
  driver.settle();
  EXPECT_EQ(driver.report(0).spec.num_layers, 30);
}

TEST(Shown, APinStaysInThePlotWhileTheStackIsEditedOn) {
  Driver driver(roomy());
  driver.settle();
  const StackSpec before = driver.stack(0);
  driver.click("list.0.pin");
  driver.settle();
  ASSERT_NE(session::pin_of(driver.scene(), 0), nullptr);
  EXPECT_EQ(*session::pin_of(driver.scene(), 0), before);
  driver.click("stack.0.attention.norm.pre");
  driver.drag("depth.slider", 12, 24);
  driver.settle();
  EXPECT_EQ(*session::pin_of(driver.scene(), 0), before);
  EXPECT_TRUE(driver.has("plot.pin.0"));
  driver.move_away();
  driver.settle();
  const platform::Image with = driver.pixels();
  driver.click("list.0.pin");
  driver.move_away();
  driver.settle();
  EXPECT_FALSE(driver.has("plot.pin.0"));
  EXPECT_GT(difference(with, driver.pixels()), 200U);
  driver.key_with_ctrl(ui::Key::z);
  driver.settle();
  EXPECT_TRUE(driver.has("plot.pin.0")) << "undone";
}

TEST(Shown, AGhostIsThereInTheDepthLawToo) {
  Driver driver(roomy());
  driver.click("list.1.pin");
  driver.drag("depth.slider", 12, 6);
  driver.click("plot.view.depth-law");
  driver.settle();
  EXPECT_TRUE(driver.has("plot.pin.1"));
  EXPECT_TRUE(driver.has("plot.note.1"));
  driver.click("plot.view.gradients");
  driver.settle();
  EXPECT_TRUE(driver.has("plot.pin.1"));
  EXPECT_FALSE(driver.has("plot.note.1"));
}

TEST(Shown, ByTheMenuAndByKeyboard) {
  Driver driver(roomy());
  driver.settle();
  driver.click("list.1.more");
  driver.frames(2);
  driver.click("list.menu.pin");
  EXPECT_NE(session::pin_of(driver.scene(), 1), nullptr);
  driver.click("list.1.more");
  driver.frames(2);
  driver.click("list.menu.hide");
  EXPECT_TRUE(session::is_hidden(driver.scene(), 1));
  driver.tab_to("list.1.shown");
  driver.key(ui::Key::space);
  EXPECT_FALSE(session::is_hidden(driver.scene(), 1));
  driver.tab_to("list.1.pin");
  driver.key(ui::Key::enter);
  EXPECT_EQ(session::pin_of(driver.scene(), 1), nullptr);
}

TEST(Shown, APinGoesWithItsStackAndComesBackFromAFile) {
  Stage again = roomy();
  {
    Driver driver(roomy());
    driver.click("list.0.pin");
    driver.click("list.1.shown");
    driver.settle();
    again.scene = session::parse_scene(session::scene_json(driver.scene()), "s.json");
    EXPECT_EQ(again.scene, driver.scene());
  }
  Driver other(again);
  other.settle();
  EXPECT_TRUE(other.has("plot.pin.0"));
  EXPECT_FALSE(other.has("verdict.1"));
  other.click("list.0.more");
  other.frames(2);
  other.click("list.menu.down");
  other.settle();
  EXPECT_TRUE(other.has("plot.pin.1"));
}

TEST(Shown, APinThatCannotBeMeasuredIsNoGhostAndNoHarm) {
  Stage stage = roomy();
  stage.scene.pinned = {pre_ln_stack()};
  stage.scene.pinned[0]->num_heads = 5;
  Driver driver(stage);
  driver.settle();
  EXPECT_FALSE(driver.has("plot.pin.0"));
  EXPECT_EQ(driver.report(0).error, "");
}

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(Shown, ASummaryInWordsIsCopiedByKeyAndByMenu) {
  Driver driver(roomy());
  driver.settle();
  driver.key_with_ctrl_and_shift(ui::Key::c);
  driver.frames(2);
  const std::string text = driver.clipboard();
  for (const char* line : {"View: Gradients.", "Quantity: norm of the loss gradient in W1, feed-forward.",
                           "Stack A: Pre-LN", "Stack B: Post-LN", "Depth: 12 layers."}) {
    EXPECT_TRUE(has_line(text, line)) << line << " is not in\n" << text;
  }
  EXPECT_TRUE(driver.has("header.remark"));
  driver.click("list.1.shown");
  driver.settle();
  EXPECT_FALSE(driver.has("header.remark"));
  driver.click("header.edit");
  driver.frames(2);
  driver.click("edit.summary");
  EXPECT_NE(driver.clipboard(), text);
  EXPECT_TRUE(has_line(driver.clipboard(), "Hidden in the plot."));
  EXPECT_TRUE(driver.has("header.remark"));
}

TEST(Shown, PresenterModeHasADiagramThatCanBeRewired) {
  for (const auto& [width, height, scale] :
       {std::tuple{1280, 800, 1.0F}, std::tuple{1920, 1080, 1.0F}, std::tuple{2560, 1600, 2.0F},
        std::tuple{1920, 1080, 2.0F}, std::tuple{900, 600, 1.0F}}) {
    SCOPED_TRACE(std::to_string(width) + "x" + std::to_string(height) + " at " + std::to_string(scale));
    Driver driver({.width = width, .height = height, .scale = scale});
    driver.key(ui::Key::f5);
    driver.settle();
    for (const char* name : {"block.diagram", "stack.0.ffn.norm.pre", "stack.0.embedding", "depth.slider",
                             "verdict.0", "verdict.1", "plot.area"}) {
      ASSERT_TRUE(driver.has(name)) << name;
      EXPECT_TRUE(driver.landmark(name).visible) << name;
    }
    EXPECT_FALSE(driver.has("settings"));
    EXPECT_LT(driver.landmark("block.diagram").rect.x + driver.landmark("block.diagram").rect.width,
              driver.landmark("plot.area").rect.x);
    driver.click("stack.0.ffn.norm.pre");
    EXPECT_TRUE(driver.stack(0).sublayers.ffn.norm.empty());
    driver.click("block.select.1");
    driver.click("stack.1.attention.residual");
    EXPECT_FALSE(driver.stack(1).sublayers.attention.residual);
    driver.settle();
    EXPECT_EQ(driver.report(1).error, "");
  }
}

TEST(Shown, PresenterModeShowsAPickedLayerAndTheWayBack) {
  Driver driver(roomy());
  driver.settle();
  driver.click("block.layer.7");
  driver.key(ui::Key::f5);
  driver.frames(3);
  driver.click("stack.0.ffn.residual");
  ASSERT_EQ(driver.stack(0).overrides.size(), 1U);
  driver.click("block.layers.all");
  driver.frames(2);
  EXPECT_FALSE(driver.has("block.layers.all"));
  driver.click("stack.0.attention.residual");
  EXPECT_FALSE(driver.stack(0).sublayers.attention.residual);
}

TEST(Shown, PresenterModeLeavesOutADiagramThatHasNoRoom) {
  Driver driver;
  driver.key(ui::Key::f5);
  driver.settle();
  driver.click("stack.0.ffn.norm.pre");  // pulses run
  for (const int height : {120, 60, 20, 1, 600}) {
    driver.resize(640, height);
    driver.frames(4);
    EXPECT_EQ(driver.has("block.diagram"), height == 600) << height;
  }
}

TEST(Shown, TheToyMovesWithItsSlidersAndLeavesTheSceneAlone) {
  Driver driver({.width = 1280, .height = 1200});
  driver.settle();
  const session::Scene before = driver.scene();
  driver.click("toy");
  driver.frames(3);
  for (const char* name : {"toy.branch", "toy.norm", "toy.assumed", "toy.measured", "toy.sentence"})
    EXPECT_TRUE(driver.has(name)) << name;
  driver.settle();
  const platform::Image course = driver.pixels();
  driver.drag("toy.norm", 0.8, 1.0);
  driver.move_away();
  driver.settle();
  EXPECT_GT(difference(course, driver.pixels()), 30U);
  driver.tab_to("toy.norm");
  for (int step = 0; step < 20; ++step) driver.key(ui::Key::left);
  driver.key(ui::Key::escape);
  driver.settle();
  EXPECT_EQ(driver.scene(), before);
  driver.click("toy");
  driver.frames(2);
  EXPECT_FALSE(driver.has("toy.norm"));
  driver.move_to("toy.branch");
  EXPECT_TRUE(driver.has("toy.branch")) << "what is to be revealed is unfolded";
}

}  // namespace
}  // namespace gradflow::testing
