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
  static constexpr double kHair = 0.5, kCurve = 1.5, kThinCurve = 0.8, kMarker = 2.8, kThinMarker = 2.1;
  static constexpr double kSeeds = 0.22, kTheory = 0.12;  // opacity of bands
  static constexpr double kSwatch = 28;
};

/// How a curve is stroked.
Pen pen_of(const StackStyle& style);

/// How the guide of this number is stroked.
Pen guide_pen(std::size_t guide);

/// The radius of a curve's markers.
double marker_radius(const StackStyle& style);

void draw_marker(Canvas* canvas, const StackStyle& style, PagePoint at, double radius);

/// A short piece of a curve, for a legend; `left` is where it starts.
void draw_swatch(Canvas* canvas, const StackStyle& style, PagePoint left);

/// The same of the guide of this number.
void draw_guide_swatch(Canvas* canvas, std::size_t guide, bool is_band, PagePoint left);

}  // namespace gradflow::figure
