// The view of one token, driven by a scripted hand: numbers are typed, lines follow, undo and sessions keep
// them.
#include <gtest/gtest.h>

#include <cmath>

#include "app/session/scene_file.h"
#include "app/tests/driver.h"
#include "app/tests/small_stack.h"
#include "core/analysis/token_walk.h"

namespace gradflow::testing {
namespace {

Stage token_stage() {
  Stage stage{.width = 1280, .height = 800};
  stage.scene.view = session::View::token;
  return stage;
}

std::vector<double> row_of(Driver& driver, std::size_t stack, const std::string& key) {
  return find_row(token_walk(driver.stack(stack), driver.scene().token), key)->values;
}

/// The pixels of a line, so that a change of its numbers shows.
platform::Image line(Driver& driver, const std::string& name) {
  driver.move_away();
  driver.settle();
  return picture_of(driver, "token.row." + name);
}

TEST(OneToken, IsWalkedThroughBothStacksSideBySide) {
  Driver driver(token_stage());
  driver.settle();
  for (const char* name :
       {"token.x.2", "token.attention.0", "token.ffn.1", "token.gradient.2", "token.panel.0", "token.panel.1",
        "token.remark", "token.row.0.attention.input", "token.row.1.attention.sum", "token.row.1.ffn.y",
        "token.row.0.gradient.x", "token.row.1.gradient.x"}) {
    ASSERT_TRUE(driver.has(name)) << name;
    EXPECT_TRUE(driver.landmark(name).visible) << name;
  }
  EXPECT_FALSE(driver.has("token.row.0.attention.sum")) << "without a norm behind it, it is y";
  EXPECT_FALSE(driver.has("token.cross_attention.0"));
  EXPECT_FALSE(driver.has("plot.quantity"));
  EXPECT_TRUE(driver.has("depth.slider"));
  EXPECT_LT(driver.landmark("token.panel.0").rect.x, driver.landmark("token.panel.1").rect.x);
}

TEST(OneToken, FollowsWhatIsTypedAndUndoBringsItBack) {
  Driver driver(token_stage());
  driver.settle();
  const session::Scene before = driver.scene();
  const platform::Image pre = line(driver, "0.attention.y");
  const platform::Image post = line(driver, "1.attention.y");
  driver.enter("token.x.0", "9.5");
  EXPECT_EQ(driver.scene().token.x, (std::vector<double>{9.5, 3, -3}));
  EXPECT_DOUBLE_EQ(row_of(driver, 0, "attention.y")[0], 8.5);
  EXPECT_GT(difference(pre, line(driver, "0.attention.y")), 10U);
  EXPECT_GT(difference(post, line(driver, "1.attention.y")), 10U) << "both stacks have the same token";
  driver.enter("token.attention.1", "-4");
  driver.enter("token.gradient.2", "7");
  EXPECT_EQ(driver.scene().token.attention[1], -4);
  EXPECT_EQ(row_of(driver, 0, "gradient.x")[2], 7);
  for (int edit = 0; edit < 3; ++edit) driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.scene(), before) << "each number was a step";
  EXPECT_EQ(difference(pre, line(driver, "0.attention.y")), 0U);
}

TEST(OneToken, RefusesWhatIsNoNumberAndWhatIsTooLarge) {
  Driver driver(token_stage());
  driver.settle();
  const session::Scene before = driver.scene();
  const platform::Image remark = picture_of(driver, "token.remark");
  for (const char* typed : {"six", "1e7", "-2000000", "nan"}) {
    driver.enter("token.x.1", typed);
    driver.settle();
    EXPECT_EQ(driver.scene(), before) << typed;
    EXPECT_GT(difference(remark, picture_of(driver, "token.remark")), 50U) << typed;
  }
  driver.enter("token.x.1", "6e5");
  EXPECT_EQ(driver.scene().token.x[1], 6e5);
}

TEST(OneToken, HasTwoToSixNumbers) {
  Driver driver(token_stage());
  driver.settle();
  for (int i = 0; i < 5; ++i) driver.click("token.wider");
  EXPECT_EQ(driver.scene().token.x, (std::vector<double>{6, 3, -3, 0, 0, 0}));
  EXPECT_EQ(driver.scene().token.gradient.size(), 6U);
  driver.settle();
  EXPECT_TRUE(driver.has("token.x.5"));
  driver.enter("token.ffn.5", "2");
  EXPECT_EQ(row_of(driver, 0, "y")[5], 2);
  for (int i = 0; i < 6; ++i) driver.click("token.narrower");
  EXPECT_EQ(driver.scene().token.x, (std::vector<double>{6, 3}));
  driver.settle();
  EXPECT_FALSE(driver.has("token.x.2"));
  EXPECT_EQ(driver.scene().token.ffn.size(), 2U);
}

TEST(OneToken, FollowsTheWiringBeforeAnythingIsMeasured) {
  Driver driver(token_stage());
  driver.settle();
  driver.click("stack.0.attention.norm.post");
  driver.frames(2);
  EXPECT_TRUE(driver.has("token.row.0.attention.sum"));
  EXPECT_TRUE(driver.has("token.row.0.gradient.attention.sum"));
  driver.click("stack.0.attention.norm.entry");
  driver.frames(2);
  EXPECT_TRUE(driver.has("token.row.0.attention.trunk"));
  const platform::Image on = line(driver, "0.gradient.x");
  driver.click("stack.0.ffn.residual");
  driver.frames(2);
  EXPECT_EQ(row_of(driver, 0, "gradient.x"), (std::vector<double>{0, 0, 0}));
  EXPECT_GT(difference(on, line(driver, "0.gradient.x")), 10U);
  driver.click("stack.0.norm_kind.rms_norm");
  driver.settle();
  EXPECT_NE(row_of(driver, 0, "attention.input")[0], row_of(driver, 1, "attention.input")[0]);
}

TEST(OneToken, ExplainsALineOnHover) {
  Driver driver(token_stage());
  driver.settle();
  driver.move_away();
  driver.settle();
  const platform::Image calm = driver.pixels();
  driver.move_to("token.row.1.attention.y");
  driver.settle();
  EXPECT_GT(difference(calm, driver.pixels()), 3000U) << "a tip of two lines";
}

TEST(OneToken, HidesWithItsStackAndShowsACrossAttention) {
  Stage stage = token_stage();
  stage.scene.stacks[1].sublayers.cross_attention = SublayerSpec{{Site::post}};
  Driver driver(stage);
  driver.settle();
  EXPECT_TRUE(driver.has("token.cross_attention.0"));
  EXPECT_TRUE(driver.has("token.row.1.cross_attention.sum"));
  EXPECT_FALSE(driver.has("token.row.0.cross_attention.written"));
  const float width = driver.landmark("token.panel.0").rect.width;
  driver.click("plot.legend.1");
  driver.settle();
  EXPECT_FALSE(driver.has("token.panel.1"));
  EXPECT_GT(driver.landmark("token.panel.0").rect.width, 1.5F * width);
  driver.click("list.0.shown");
  driver.settle();
  EXPECT_FALSE(driver.has("token.panel.0"));
  EXPECT_TRUE(driver.has("token.x.0"));
}

TEST(OneToken, ComesBackFromASession) {
  Stage again = token_stage();
  {
    Driver driver(token_stage());
    driver.click("token.wider");
    driver.enter("token.x.3", "-0.125");
    driver.enter("token.ffn.0", "1e-3");
    again.scene = session::parse_scene(session::scene_json(driver.scene()), "s.json");
    EXPECT_EQ(again.scene, driver.scene());
  }
  EXPECT_EQ(again.scene.token.x, (std::vector<double>{6, 3, -3, -0.125}));
  Driver other(again);
  other.settle();
  EXPECT_TRUE(other.has("token.x.3"));
  EXPECT_EQ(other.scene(), again.scene) << "showing it changes nothing";
}

TEST(OneToken, IsToldInWords) {
  Driver driver(token_stage());
  driver.settle();
  driver.key_with_ctrl_and_shift(ui::Key::c);
  driver.frames(2);
  const std::string text = driver.clipboard();
  for (const char* words : {"View: One token.", "Stack B: Post-LN", "y = LN(sum)", "5.00, 5.00",
                            "Way back, along the trunk:", "of g 100"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words << " is not in\n" << text;
  }
  EXPECT_EQ(text.find("Quantity"), std::string::npos);
  for (const char* sign : {"−", "÷", "×", "·"}) EXPECT_EQ(text.find(sign), std::string::npos) << sign;
}

TEST(OneToken, HasRoomInEveryWindow) {
  Stage stage = token_stage();
  for (int i = 0; i < 4; ++i) stage.scene.stacks.push_back(stage.scene.stacks[1]);
  for (StackSpec& stack : stage.scene.stacks) {
    const std::string name = stack.name;
    const Sublayers sublayers = stack.sublayers;
    stack = small_stack(2);
    stack.name = name;
    stack.sublayers = sublayers;
  }
  stage.scene.stacks[3].norm.epsilon = 0;
  stage.scene.token.x = {2, 2, 2};  // of which no LayerNorm without epsilon makes a number
  stage.scene.token.attention = {0, 0, 0};
  Driver driver(stage);
  driver.settle();
  EXPECT_TRUE(driver.has("token.panel.5"));
  EXPECT_TRUE(std::isnan(row_of(driver, 3, "attention.y")[0]));
  driver.key(ui::Key::f5);
  for (const auto& [width, height] : {std::pair{1920, 1080}, {1280, 800}, {400, 300}, {200, 100}, {1, 1}}) {
    driver.resize(width, height);
    driver.settle();
  }
  driver.key(ui::Key::f5);
  driver.resize(1280, 800);
  driver.settle();
  EXPECT_TRUE(driver.landmark("token.row.0.x").visible);
}

}  // namespace
}  // namespace gradflow::testing
