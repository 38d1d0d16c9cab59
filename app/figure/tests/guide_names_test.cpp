// The names of the theory's lines on paper: at their lines, and over nothing else.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/figure/page.h"
#include "app/figure/paper.h"
#include "app/figure/tests/page_figures.h"

namespace gradflow::figure {
namespace {

/// Whether the curve comes into the box: looked at every quarter of a point.
bool crosses(const PaperFrame& frame, const Figure& figure, const Guide& line, const PageBox& box) {
  for (double x = box.x; x <= box.right(); x += 0.25) {
    const double value = frame.axes.x.at((x - frame.area.x) / frame.area.width);
    const double depth = frame.x_scale == Scale::linear ? value : std::pow(10.0, value);
    const auto y = guide_at(figure, line, line.low, depth);
    if (y && frame.y_of(*y) > box.y && frame.y_of(*y) < box.bottom()) return true;
  }
  return false;
}

Guide as_line(const Curve& curve) { return {.label = "", .name = "", .x = curve.x, .low = curve.y}; }

/// Where the name of each guide is, as far as it is at its line.
std::vector<std::pair<std::size_t, PageBox>> names_of(const PaperFrame& frame, const Figure& figure) {
  Typeface typeface;
  std::vector<std::pair<std::size_t, PageBox>> boxes;
  for (const GuideName& name : guide_names(&typeface, frame, figure)) {
    const double width = typeface.width(figure.guides[name.guide].label, 9);
    boxes.push_back({name.guide, {name.start.x, name.start.y - 7, width, 9}});
  }
  return boxes;
}

TEST(GuideNames, StandAtTheirLinesAndTouchNothing) {
  for (const double shift : {1.0, 0.9, 0.6, 0.3, 0.1, 0.03}) {
    Figure figure = figure_of({falling(0, "A", 40), falling(1, "B", 40)});
    for (double& y : figure.curves[1].y) y = std::sqrt(y) * shift;
    figure.guides = {
        {.label = "Pre-LN: slope −1/2", .name = "", .x = {4, 39}, .low = {0.5, 0.0005}, .stacks = {0}},
        {.label = "a band", .name = "", .x = {0, 39}, .low = {0.1, 0.01}, .high = {1, 0.02}, .stacks = {0}},
        {.label = "below", .name = "", .x = {4, 39}, .low = {1, 1}, .stacks = {1}, .label_below = true}};
    figure.marks = {{39, {0, 1}, "L = 39"}};
    const PaperFrame frame = frame_of(figure, {68, 0, 478, 296});
    const auto names = names_of(frame, figure);
    ASSERT_EQ(names.size(), 3U);
    for (const auto& [guide, box] : names) {
      EXPECT_GE(box.x, frame.area.x);
      EXPECT_LT(box.right(), frame.x(39)) << "the pointer";
      EXPECT_GE(box.y, frame.area.y);
      EXPECT_LE(box.bottom(), frame.area.bottom());
      for (const Curve& curve : figure.curves) EXPECT_FALSE(crosses(frame, figure, as_line(curve), box));
      for (const Guide& line : figure.guides) EXPECT_FALSE(crosses(frame, figure, line, box)) << line.label;
      const PageBox near{box.x, box.y - 8, box.width, box.height + 16};
      Guide upper = figure.guides[guide];
      if (upper.is_band()) upper.low = upper.high;
      EXPECT_TRUE(crosses(frame, figure, figure.guides[guide], near) || crosses(frame, figure, upper, near))
          << figure.guides[guide].label << " is not at its line";
      for (const auto& [other, place] : names) {
        const bool apart = other == guide || place.right() < box.x || box.right() < place.x ||
                           place.bottom() < box.y || box.bottom() < place.y;
        EXPECT_TRUE(apart) << figure.guides[guide].label << " on " << figure.guides[other].label;
      }
    }
  }
}

TEST(GuideNames, AGuideThatIsShorterThanItsNameHasItToo) {
  Figure figure = figure_of({falling(0, "A", 6)});
  figure.guides = {{.label = "Pre-LN: slope −1/2", .name = "", .x = {4.5, 5}, .low = {1, 1}, .stacks = {0}}};
  figure.marks = {{5, {0}, "L = 5"}};
  EXPECT_EQ(names_of(frame_of(figure, {68, 0, 478, 296}), figure).size(), 1U);
}

TEST(GuideNames, WithoutRoomAtTheLineAreInTheLegend) {
  std::vector<Curve> curves;
  for (int i = 0; i < 60; ++i) {
    curves.push_back(falling(0, "A", 30));
    for (double& y : curves.back().y) y = std::pow(10.0, -0.1 * i);
  }
  Figure figure = figure_of(curves);
  figure.guides = {{.label = "theory", .name = "", .x = {0, 29}, .low = {1e-3, 1e-3}, .stacks = {0}}};
  EXPECT_TRUE(names_of(frame_of(figure, {68, 0, 478, 296}), figure).empty());
  const auto thin_lines = [&] {
    return count(svg_of({figure, {}}), "stroke=\"#45505b\" stroke-width=\"0.8\"");
  };
  EXPECT_EQ(thin_lines(), 2U) << "the line and the legend";
  figure.curves.resize(1);
  EXPECT_EQ(thin_lines(), 1U);
  EXPECT_EQ(count(svg_of({figure, {}}), ">theory<"), 1U);
}

}  // namespace
}  // namespace gradflow::figure
