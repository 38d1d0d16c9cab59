// SVG, written by ourselves: Cairo turns letters into outlines there, so that nobody could search, select or
// mend a word of the figure.
#pragma once

#include <string>

#include "app/figure/canvas.h"

namespace gradflow::figure {

class SvgCanvas : public Canvas {
 public:
  SvgCanvas(double width, double height, std::string_view title);
  void line(std::span<const PagePoint> points, const Pen& pen) override;
  void polygon(std::span<const PagePoint> corners, const Fill& fill) override;
  void circle(PagePoint center, double radius, Rgb color) override;
  void text(PagePoint at, std::string_view words, const TextStyle& style) override;
  std::string take();

 private:
  std::string svg_;
};

}  // namespace gradflow::figure
