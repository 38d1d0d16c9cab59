// The sentence below the plot that says where the theory's lines come from: whole, in its place.
#include <gtest/gtest.h>

#include <array>
#include <utility>

#include "app/tests/driver.h"

namespace gradflow::testing {
namespace {

using session::View;

/// The note's height in that of the depth slider, which grows with the scale alone.
float lines_of(Driver& driver) {
  return driver.landmark("plot.source").rect.height / driver.landmark("depth.slider").rect.height;
}

void expect_in_place(Driver& driver) {
  const ui::Rect note = driver.landmark("plot.source").rect;
  const ui::Rect area = driver.landmark("plot.area").rect;
  EXPECT_EQ(note.width, area.width);
  EXPECT_GT(note.y, area.y + area.height);
  EXPECT_LE(note.y + note.height, driver.landmark("depth.slider").rect.y);
  EXPECT_GT(area.height, 3 * note.height) << "the plot keeps its room";
}

TEST(SourceNote, IsOfAsManyLinesAsItsWordsTake) {
  Stage stage{.width = 1920, .height = 1080};
  stage.scene.view = View::forward;
  Driver driver(stage);
  driver.settle();
  const float one_line = lines_of(driver);
  for (const auto& [width, height] : std::array<std::pair<int, int>, 2>{{{1280, 800}, {1920, 1080}}}) {
    driver.resize(width, height);
    driver.settle();
    EXPECT_NEAR(lines_of(driver), one_line, 0.05F) << width;
    expect_in_place(driver);
  }
  driver.key(ui::Key::f5);
  driver.resize(1280, 800);
  driver.settle();
  EXPECT_GT(lines_of(driver), 1.5F * one_line) << "presenter mode's larger letters";
  expect_in_place(driver);
  driver.click("plot.view.depth-law");
  driver.settle();
  EXPECT_NEAR(lines_of(driver), one_line, 0.05F) << "its sentence is shorter";
  expect_in_place(driver);
}

TEST(SourceNote, OfAHeatMapIsTreatedAlike) {
  Stage stage{.width = 1280, .height = 800};
  stage.scene.view = View::heat_map;
  Driver driver(stage);
  driver.settle();
  const float one_line = lines_of(driver);
  expect_in_place(driver);
  driver.resize(700, 560);
  driver.settle();
  EXPECT_GT(lines_of(driver), 1.5F * one_line);
}

}  // namespace
}  // namespace gradflow::testing
