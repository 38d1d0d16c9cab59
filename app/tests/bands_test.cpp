// Seeds as a band in the window.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "app/tests/driver.h"

namespace gradflow::testing {
namespace {

/// The pixels of the plot's data area.
std::vector<std::uint8_t> plot_of(Driver& driver) {
  const ui::Rect area = driver.landmark("plot.area").rect;
  const platform::Image image = driver.pixels();
  std::vector<std::uint8_t> pixels;
  for (int y = static_cast<int>(area.y); y < static_cast<int>(area.y + area.height); ++y) {
    const auto row = image.rgb.begin() + std::ptrdiff_t{3} * y * image.width;
    pixels.insert(pixels.end(), row + 3 * static_cast<int>(area.x),
                  row + 3 * static_cast<int>(area.x + area.width));
  }
  return pixels;
}

TEST(Bands, ManySeedsMakeABandInThePlotAndOneMakesNone) {
  Driver driver;
  driver.settle();
  const auto one = plot_of(driver);
  EXPECT_FALSE(driver.has("plot.note.0"));
  driver.click("settings");
  driver.enter("input.seeds", "5");
  driver.settle();
  EXPECT_EQ(driver.scene().seeds, 5U);
  EXPECT_TRUE(driver.has("plot.note.0") && driver.has("plot.note.1")) << "they say how many seeds there are";
  EXPECT_NE(plot_of(driver), one);
  driver.enter("input.seeds", "1");
  driver.settle();
  EXPECT_FALSE(driver.has("plot.note.0"));
  EXPECT_EQ(plot_of(driver), one);
}

TEST(Bands, FollowTheStack) {
  Stage stage;
  stage.scene.seeds = 3;
  Driver driver(stage);
  driver.settle();
  const auto shallow = driver.pixels();
  driver.drag("depth.slider", 12, 24);
  driver.click("stack.0.ffn.residual");
  driver.settle();
  EXPECT_TRUE(driver.front().current());
  EXPECT_EQ(driver.report(0).spec.num_layers, 24);
  EXPECT_TRUE(driver.has("plot.note.0"));
  EXPECT_GT(difference(driver.pixels(), shallow), 1000U);
  driver.click("plot.view.depth-law");
  driver.settle();
  EXPECT_TRUE(driver.has("plot.note.0")) << "the law has notes of its own";
}

TEST(Bands, OfTheDepthLawFollowTheSliderAndTheSeeds) {
  Stage stage;
  stage.scene.view = session::View::depth_law;
  const auto fresh = [&stage](std::size_t seeds, int depth) {
    Stage asked = stage;
    asked.scene.seeds = seeds;
    for (StackSpec& stack : asked.scene.stacks) stack.num_layers = depth;
    Driver driver(asked);
    driver.settle();
    return plot_of(driver);
  };
  const auto one = fresh(1, 12);
  const auto four = fresh(4, 24);
  Driver driver(stage);
  driver.settle();
  driver.click("settings");
  driver.enter("input.seeds", "4");
  driver.settle();
  EXPECT_NE(plot_of(driver), one);
  driver.drag("depth.slider", 12, 24);
  driver.settle();
  EXPECT_TRUE(driver.front().current());
  EXPECT_EQ(plot_of(driver), four);
  driver.key_with_ctrl_and_shift(ui::Key::c);
  driver.frames(2);
  EXPECT_NE(driver.clipboard().find(", mean of 4 seeds, band 10 to 90 %."), std::string::npos)
      << driver.clipboard();
  EXPECT_NE(driver.clipboard().find("Last, depth 24: 0."), std::string::npos);
  driver.enter("input.seeds", "1");
  driver.drag("depth.slider", 24, 12);
  driver.settle();
  EXPECT_EQ(plot_of(driver), one);
}

TEST(Bands, MoreSeedsThanThereCanBeAreRefusedWithASentence) {
  Driver driver;
  driver.settle();
  driver.click("settings");
  for (const char* typed : {"51", "0"}) {
    driver.enter("input.seeds", typed);
    driver.settle();
    EXPECT_EQ(driver.scene().seeds, 1U) << typed;
  }
  const auto refused = driver.pixels();
  driver.enter("input.seeds", "2");
  driver.settle();
  EXPECT_EQ(driver.scene().seeds, 2U);
  EXPECT_GT(difference(driver.pixels(), refused), 500U);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.scene().seeds, 1U) << "typing a number is an edit";
}

TEST(Bands, AStackThatCannotBeMeasuredHasNone) {
  Stage stage;
  stage.scene.seeds = 4;
  stage.scene.stacks[1].num_heads = 3;
  Driver driver(stage);
  driver.settle();
  EXPECT_NE(driver.report(1).error.find("num_heads"), std::string::npos);
  EXPECT_TRUE(driver.has("plot.note.0"));
  EXPECT_FALSE(driver.has("plot.note.1"));
}

}  // namespace
}  // namespace gradflow::testing
