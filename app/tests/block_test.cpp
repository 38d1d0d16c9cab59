// The block diagram and the layer strip in the real window, driven by hand: what a click on a wire, a socket,
// a label or a layer does to the question, and with it to the answer and the picture.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/tests/driver.h"
#include "core/spec/code.h"
#include "core/spec/names.h"
#include "core/spec/overrides.h"

namespace gradflow::testing {
namespace {

std::vector<double> stream_gradient(const Driver& driver, std::size_t stack) {
  const Series* series = driver.report(stack).find("stream_grad_norm");
  return series == nullptr ? std::vector<double>() : series->values;
}

std::string of_stack(std::string_view rest) { return "stack.0." + std::string(rest); }

Stage cross_attention() {
  Stage stage;
  stage.scene.stacks[0].sublayers.cross_attention = SublayerSpec{};
  stage.scene.stacks[0].num_layers = 4;
  return stage;
}

std::vector<std::string> sockets(const StackSpec& spec) {
  std::vector<std::string> names{"final_norm", "embedding_norm"};
  for (const Named<SublayerKind>& kind : kNames<SublayerKind>) {
    if (spec.sublayers.find(kind.value) == nullptr) continue;
    for (const Named<Site>& site : kNames<Site>)
      names.push_back(std::string(kind.key) + ".norm." + std::string(site.key));
  }
  return names;
}

TEST(Block, EverySocketAndResidualChangesTheAnswerByMouseAndGoesBackByKeyboard) {
  Driver driver(cross_attention());
  driver.settle();
  std::vector<std::string> names = sockets(driver.stack(0));
  for (const Named<SublayerKind>& kind : kNames<SublayerKind>)
    names.push_back(std::string(kind.key) + ".residual");
  ASSERT_EQ(names.size(), 17U);
  const StackSpec before = driver.stack(0);
  const auto numbers = stream_gradient(driver, 0);
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    driver.click(of_stack(name));
    driver.settle();
    EXPECT_NE(driver.stack(0), before);
    EXPECT_EQ(driver.report(0).error, "");
    EXPECT_NE(stream_gradient(driver, 0), numbers);
    driver.key(ui::Key::tab);
    driver.key_with_shift(ui::Key::tab);
    ASSERT_EQ(driver.front().window().focused(), of_stack(name));
    driver.key(ui::Key::space);
    driver.settle();
    EXPECT_EQ(driver.stack(0), before);
    EXPECT_EQ(stream_gradient(driver, 0), numbers);
  }
}

TEST(Block, TheLabelOfANormTurnsAllNormsOfTheStackIntoRmsAndBack) {
  Driver driver;
  driver.settle();
  const auto layer_norm = stream_gradient(driver, 0);
  driver.click("stack.0.ffn.norm.pre.kind");
  driver.settle();
  EXPECT_EQ(driver.stack(0).norm.kind, NormKind::rms_norm);
  EXPECT_EQ(driver.stack(1), post_ln_stack());
  EXPECT_NE(stream_gradient(driver, 0), layer_norm);
  driver.click_right("stack.0.attention.norm.pre");
  EXPECT_EQ(driver.stack(0), pre_ln_stack()) << "the right button turns, it does not take out";
  driver.tab_to("stack.0.final_norm.kind");
  driver.key(ui::Key::space);
  EXPECT_EQ(driver.stack(0).norm.kind, NormKind::rms_norm);
}

TEST(Block, TheWireOfOneLayerIsCutAndItsGradientDiesThere) {
  Driver driver;
  driver.settle();
  const auto before = stream_gradient(driver, 0);
  driver.click("block.layer.7");
  driver.click("stack.0.ffn.residual");
  driver.settle();
  const StackSpec& spec = driver.stack(0);
  EXPECT_EQ(spec.sublayers, pre_ln_stack().sublayers);
  ASSERT_EQ(spec.overrides.size(), 1U);
  EXPECT_EQ(spec.overrides[0].layers, Layers{7});
  EXPECT_EQ(spec.overrides[0].ffn.residual, false);
  const auto after = stream_gradient(driver, 0);
  EXPECT_GT(after[8] / after[7], 1.5 * before[8] / before[7]) << "less comes through layer 7 than before";
  driver.click("stack.0.ffn.residual");
  driver.settle();
  EXPECT_EQ(driver.stack(0), pre_ln_stack()) << "mended, nothing is left of the override";
}

TEST(Block, ARangeOfLayersIsEditedAndReset) {
  Driver driver;
  driver.settle();
  driver.click("block.layer.3");
  driver.click_with_shift("block.layer.5");
  driver.click("stack.0.attention.norm.post");
  EXPECT_EQ(overridden_layers(driver.stack(0)), (Layers{3, 4, 5}));
  EXPECT_EQ(driver.stack(0).overrides.size(), 1U);
  driver.click("block.layer.4");
  driver.click("block.layers.reset");
  EXPECT_EQ(overridden_layers(driver.stack(0)), (Layers{3, 5}));
  driver.click("block.layers.all");
  driver.click("stack.0.ffn.residual");
  EXPECT_FALSE(driver.stack(0).sublayers.ffn.residual) << "all layers again";
  driver.click("block.layers.reset");
  EXPECT_TRUE(driver.stack(0).overrides.empty());
  driver.settle();
  EXPECT_EQ(driver.report(0).error, "");
}

TEST(Block, CtrlPicksSingleLayersAndTheQuickPickRewiresThemAlone) {
  Driver driver;
  driver.settle();
  driver.click("block.layer.2");
  driver.click_with_ctrl("block.layer.9");
  driver.choose("stack.0.wiring", "post");
  driver.settle();
  EXPECT_EQ(overridden_layers(driver.stack(0)), (Layers{2, 9}));
  EXPECT_EQ(sublayers_of(driver.stack(0), 9).ffn.norm, SiteSet{Site::post});
  EXPECT_EQ(driver.stack(0).sublayers, pre_ln_stack().sublayers);
  EXPECT_EQ(driver.report(0).error, "");
}

TEST(Block, TheKeyboardAlonePicksALayerCutsItsWireAndResetsIt) {
  Driver driver;
  driver.settle();
  driver.tab_to("block.layers");
  for (int layer = 0; layer <= 7; ++layer) driver.key(ui::Key::up);
  driver.tab_to("stack.0.attention.residual");
  driver.key(ui::Key::space);
  EXPECT_EQ(overridden_layers(driver.stack(0)), Layers{7});
  driver.tab_to("block.layers");
  driver.key_with_shift(ui::Key::down);
  driver.tab_to("stack.0.ffn.norm.branch");
  driver.key(ui::Key::enter);
  EXPECT_EQ(overridden_layers(driver.stack(0)), (Layers{6, 7}));
  driver.tab_to("block.layers.reset");
  driver.key(ui::Key::space);
  EXPECT_EQ(driver.stack(0), pre_ln_stack());
}

TEST(Block, OfTheOtherStackIsSelectedAndEditsItAlone) {
  Driver driver;
  driver.settle();
  driver.click("block.layer.7");
  driver.click("block.select.1");
  EXPECT_EQ(driver.scene().selected, 1U);
  EXPECT_FALSE(driver.has("stack.0.attention.residual"));
  driver.click("stack.1.attention.residual");
  EXPECT_EQ(driver.stack(0), pre_ln_stack());
  EXPECT_FALSE(driver.stack(1).sublayers.attention.residual) << "the layer picked in A does not count for B";
  driver.click("stack.0.attention.residual");
  EXPECT_EQ(driver.scene().selected, 0U) << "what is to be revealed is selected";
}

TEST(Block, TheStripHoldsFromOneLayerToAThousand) {
  Driver driver({.width = 1280, .height = 800});
  for (const int depth : {1, 2, 128, 1024}) {
    SCOPED_TRACE(depth);
    driver.enter("depth.input", std::to_string(depth));
    driver.settle();
    ASSERT_EQ(driver.report(0).error, "");
    driver.click("block.layer.0");
    driver.click("stack.0.ffn.residual");
    const Layers picked = overridden_layers(driver.stack(0));
    ASSERT_FALSE(picked.empty());
    EXPECT_EQ(picked.front(), 0);
    EXPECT_EQ(picked.size(), depth <= 128 ? 1U : picked.size());
    EXPECT_LT(picked.size(), 10U);
    driver.click("block.layers.reset");
    driver.click("block.layers.all");
    EXPECT_TRUE(driver.stack(0).overrides.empty());
  }
}

TEST(Block, ADepthThatCannotBeMeasuredIsDrawnAllTheSame) {
  Driver driver;
  for (const char* depth : {"1000000000", "-3", "0"}) {
    SCOPED_TRACE(depth);
    driver.enter("depth.input", depth);
    driver.settle();
    driver.frames(3);
  }
  driver.enter("depth.input", "12");
  driver.settle();
  EXPECT_EQ(driver.report(0).error, "");
}

TEST(Block, ALayerThatIsGoneIsNoLongerEdited) {
  Driver driver;
  driver.settle();
  driver.click("block.layer.11");
  driver.enter("depth.input", "6");
  driver.settle();
  driver.click("stack.0.ffn.residual");
  EXPECT_FALSE(driver.stack(0).sublayers.ffn.residual);
  EXPECT_TRUE(driver.stack(0).overrides.empty());
}

TEST(Block, TheCodeBelowIsThatOfTheWiringAndIsCopiedAsItIs) {
  Driver driver({.width = 1280, .height = 1000});
  driver.settle();
  driver.click("block.code.copy");
  EXPECT_EQ(driver.clipboard(), block_code(driver.stack(0), CodeLanguage::numpy));
  EXPECT_TRUE(driver.has("header.remark")) << "it says so";
  const session::Scene scene = driver.scene();
  driver.click("stack.0.ffn.norm.pre");
  driver.settle();
  EXPECT_NE(driver.scene(), scene);
  EXPECT_FALSE(driver.has("header.remark"));
  driver.click("block.code.copy");
  EXPECT_EQ(driver.clipboard(), block_code(driver.stack(0), CodeLanguage::numpy));
  EXPECT_EQ(driver.clipboard().find("ffn.norm_pre"), std::string::npos);
  driver.click("block.code.language.pytorch");
  driver.click("block.code.copy");
  EXPECT_EQ(driver.clipboard(), block_code(driver.stack(0), CodeLanguage::pytorch));
  driver.click("block.select.1");
  driver.click("block.code.copy");
  EXPECT_EQ(driver.clipboard(), block_code(driver.stack(1), CodeLanguage::pytorch));
}

TEST(Block, TheCodeFollowsThePickedLayers) {
  Driver driver({.width = 1280, .height = 1000});
  driver.settle();
  driver.click("block.layer.7");
  driver.click("stack.0.ffn.residual");
  driver.click("block.code.copy");
  const std::string of_layer = driver.clipboard();
  EXPECT_EQ(of_layer, block_code(driver.stack(0), CodeLanguage::numpy, 7));
  driver.click("block.layer.3");
  driver.click("block.code.copy");
  EXPECT_EQ(driver.clipboard(), block_code(driver.stack(0), CodeLanguage::numpy, 3));
  EXPECT_NE(driver.clipboard(), of_layer);
  driver.click("block.layers.all");
  driver.click("block.code.copy");
  EXPECT_EQ(driver.clipboard(), block_code(driver.stack(0), CodeLanguage::numpy));
  EXPECT_NE(driver.clipboard().find("BLOCKS = "), std::string::npos) << "which layer has which of the two";
}

TEST(Block, TheCodeFoldsAndIsReachedByKeyboard) {
  Driver driver({.width = 1280, .height = 1000});
  driver.settle();
  driver.tab_to("block.code");
  driver.key(ui::Key::enter);
  EXPECT_FALSE(driver.has("block.code.text"));
  driver.key(ui::Key::enter);
  driver.tab_to("block.code.language.pytorch");
  driver.key(ui::Key::enter);
  driver.tab_to("block.code.copy");
  driver.key(ui::Key::enter);
  EXPECT_EQ(driver.clipboard(), block_code(driver.stack(0), CodeLanguage::pytorch));
}

TEST(Block, AStackThatCannotBeHasNoCodeButTheReason) {
  Driver driver({.width = 1280, .height = 1000});
  driver.settle();
  driver.enter("depth.input", "-3");
  driver.frames(3);
  EXPECT_TRUE(driver.has("block.code.text"));
  EXPECT_FALSE(driver.has("block.code.copy"));
  driver.enter("depth.input", "4");
  driver.frames(3);
  EXPECT_TRUE(driver.has("block.code.copy"));
}

TEST(Block, PulsesRunAfterAnEditThenTheWindowSleeps) {
  Driver driver;
  driver.settle();
  EXPECT_FALSE(driver.front().wants_frames());
  driver.click("stack.0.attention.residual");
  driver.settle();
  EXPECT_TRUE(driver.front().wants_frames());
  const platform::Image before = driver.pixels();
  driver.frames(3);
  EXPECT_GT(difference(before, driver.pixels()), 20U);
  driver.rest_as_on_the_desktop();
  EXPECT_FALSE(driver.front().wants_frames()) << "even with the mouse left on the diagram";
}

TEST(Block, PulsesRunUnderTheMovingMouse) {
  Driver driver;
  driver.settle();
  driver.move_to("stack.0.attention.function");
  EXPECT_TRUE(driver.front().wants_frames());
}

TEST(Block, NothingPulsesWithReducedMotion) {
  Stage stage;
  stage.window.motion = ui::Motion::reduced;
  Driver driver(stage);
  driver.settle();
  driver.click("stack.0.attention.residual");
  driver.settle();
  EXPECT_FALSE(driver.front().wants_frames());
  driver.move_to("stack.0.attention.add");
  driver.move_to("stack.0.attention.function");
  driver.settle();  // a tip comes
  EXPECT_FALSE(driver.front().wants_frames());
}

}  // namespace
}  // namespace gradflow::testing
