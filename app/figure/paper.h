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
  PageBox area;
  Scale x_scale = Scale::linear, y_scale = Scale::logarithmic;
  Axes axes;
  bool underflow = false, overflow = false;  // lanes that are used
  double x(double value) const;
  double y(double at) const;  // in the unit of on_axis()
  double y_of(double value) const;
  Lane lane_of(double value) const { return figure::lane_of(value, y_scale); }
};

PaperFrame frame_of(const Figure& figure, const PageBox& area);

/// page_plot.cpp: axes, lanes, bands, curves and marks, with all of what follows.
void draw_plot(Canvas* canvas, Typeface* typeface, const PaperFrame& frame, const Figure& figure);

/// page_guides.cpp: the theory's lines and bands, and the depths that are pointed at.
void draw_guides(Canvas* canvas, const PaperFrame& frame, const Figure& figure);
/// One side of a guide, as far as the plot shows it.
std::vector<PagePoint> guide_points(const PaperFrame& frame, const Guide& guide,
                                    const std::vector<double>& side);
void draw_pointers(Canvas* canvas, Typeface* typeface, const PaperFrame& frame, const Figure& figure);

/// page_guide_names.cpp: where the names of guides stand, at their lines and clear of all else. A guide whose
/// name has no room there has no entry.
struct GuideName {
  std::size_t guide;
  PagePoint start;  // on the base line, at Ink::kSmall
};
std::vector<GuideName> guide_names(Typeface* typeface, const PaperFrame& frame, const Figure& figure);

/// page_ends.cpp: names at the right ends of curves that have a style of their own, and what they need on
/// the right of the plot and of its height.
void draw_ends(Canvas* canvas, Typeface* typeface, const PaperFrame& frame, const Figure& figure);
PageBox ends_room(Typeface* typeface, const Figure& figure);

/// paper_text.cpp
/// The text, with an ellipsis where it had to be cut.
std::string cut(Typeface* typeface, std::string_view text, double size, double width);
/// The text in lines, broken at spaces.
std::vector<std::string> broken(Typeface* typeface, std::string_view text, double size, double width);

}  // namespace gradflow::figure
