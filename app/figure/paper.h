// How a page is laid out: the plot in it, and text cut and broken to a width.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/figure/axis.h"
#include "app/figure/canvas.h"
#include "app/figure/page.h"
#include "app/figure/typeface.h"

namespace gradflow::figure {

/// From the figure's numbers to points on the page.
struct PaperFrame {
  static constexpr double kLane = 20;  // at both ends of y, kept free of the data
  Box area;
  Scale x_scale = Scale::linear;
  Axes axes;
  bool underflow = false, overflow = false;  // lanes that are used
  double x(double value) const;
  double y(double decade) const;
  double y_of(double value) const;
};

PaperFrame frame_of(const Figure& figure, const Box& area);

/// page_plot.cpp: axes, lanes, guides, curves and marks.
void draw_plot(Canvas* canvas, Typeface* typeface, const PaperFrame& frame, const Figure& figure);

/// paper_text.cpp
/// The text, with an ellipsis where it had to be cut.
std::string cut(Typeface* typeface, std::string_view text, double size, double width);
/// The text in lines, broken at spaces.
std::vector<std::string> broken(Typeface* typeface, std::string_view text, double size, double width);

}  // namespace gradflow::figure
