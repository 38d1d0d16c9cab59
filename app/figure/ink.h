// The look of figures on paper: lengths in points, colours on white.
#pragma once

#include <cstddef>

#include "app/figure/canvas.h"

namespace gradflow::figure {

struct Ink {
  static constexpr Rgb kGround{0xFF, 0xFF, 0xFF}, kText{0x16, 0x20, 0x2A}, kSecondary{0x45, 0x50, 0x5B};
  static constexpr Rgb kGrid{0xD3, 0xDA, 0xE0}, kFineGrid{0xEC, 0xEF, 0xF2};
  static constexpr Rgb kBad{0xC6, 0x28, 0x28}, kLane{0xF8, 0xE2, 0xE2};
  static constexpr double kTextSize = 10.5, kSmall = 9;
  static constexpr double kHair = 0.5, kCurve = 1.5, kMarker = 2.8;
  static constexpr double kSwatch = 28;
};

/// How a stack's curve is stroked, at this width.
Pen pen_of(std::size_t stack);

/// How the guide of this number is stroked.
Pen guide_pen(std::size_t guide);

void draw_marker(Canvas* canvas, std::size_t stack, Point at, double radius);

/// A short piece of a line, for a legend; `left` is where it starts. A stack's has its marker.
void draw_swatch(Canvas* canvas, const Pen& pen, Point left);
void draw_swatch(Canvas* canvas, std::size_t stack, Point left);

}  // namespace gradflow::figure
