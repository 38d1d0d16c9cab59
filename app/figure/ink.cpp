#include "app/figure/ink.h"

#include <array>

namespace gradflow::figure {
namespace {

std::vector<double> dashes_of(Dash dash, double width) {
  switch (dash) {
    case Dash::solid: return {};
    case Dash::dashed: return {4 * width, 2.5 * width};
    case Dash::dotted: return {1.2 * width, 2 * width};
  }
  return {};
}

template <std::size_t N>
void stroke(Canvas* canvas, const std::array<PagePoint, N>& points, Rgb color, double radius) {
  canvas->line(points, {color, 0.6 * radius});
}

}  // namespace

Pen pen_of(const StackStyle& style) {
  const double width = style.stroke == Stroke::thick ? Ink::kCurve : Ink::kThinCurve;
  return {style.on_light, width, dashes_of(style.dash, width)};
}

double marker_radius(const StackStyle& style) {
  return style.stroke == Stroke::thick ? Ink::kMarker : Ink::kThinMarker;
}

Pen guide_pen(std::size_t guide) {
  const std::vector<double> dashes =
      guide % 2 == 0 ? std::vector<double>{5, 3} : std::vector<double>{5, 2, 1.2, 2};
  return {Ink::kSecondary, 0.8, dashes};
}

void draw_marker(Canvas* canvas, const StackStyle& style, PagePoint at, double radius) {
  const Rgb color = style.on_light;
  const double r = radius;
  const auto place = [at, r](double right, double down) {
    return PagePoint{at.x + right * r, at.y + down * r};
  };
  using Four = std::array<PagePoint, 4>;
  using Two = std::array<PagePoint, 2>;
  switch (style.marker) {
    case Marker::none: return;
    case Marker::circle: canvas->circle(at, r, color); return;
    case Marker::square:
      canvas->polygon(Four{place(-0.88, -0.88), place(0.88, -0.88), place(0.88, 0.88), place(-0.88, 0.88)},
                      color);
      return;
    case Marker::triangle:
      canvas->polygon(std::array{place(0, -1.15), place(1.1, 0.8), place(-1.1, 0.8)}, color);
      return;
    case Marker::diamond:
      canvas->polygon(Four{place(0, -1.2), place(1.2, 0), place(0, 1.2), place(-1.2, 0)}, color);
      return;
    case Marker::plus:
      stroke(canvas, Two{place(-1.1, 0), place(1.1, 0)}, color, r);
      stroke(canvas, Two{place(0, -1.1), place(0, 1.1)}, color, r);
      return;
    case Marker::cross:
      stroke(canvas, Two{place(-0.9, -0.9), place(0.9, 0.9)}, color, r);
      stroke(canvas, Two{place(-0.9, 0.9), place(0.9, -0.9)}, color, r);
      return;
  }
}

void draw_swatch(Canvas* canvas, const StackStyle& style, PagePoint left) {
  const double length = Ink::kSwatch - 6;
  canvas->line(std::array<PagePoint, 2>{left, {left.x + length, left.y}}, pen_of(style));
  draw_marker(canvas, style, {left.x + length / 2, left.y}, 1.15 * marker_radius(style));
}

void draw_guide_swatch(Canvas* canvas, std::size_t guide, bool is_band, PagePoint left) {
  constexpr double kHalf = 4;  // of a band's height
  const double length = Ink::kSwatch - 6;
  if (is_band) {
    canvas->rectangle({left.x, left.y - kHalf, length, 2 * kHalf}, {Ink::kSecondary, Ink::kTheory});
  }
  for (const double y : is_band ? std::vector<double>{-kHalf, kHalf} : std::vector<double>{0}) {
    canvas->line(std::array<PagePoint, 2>{{{left.x, left.y + y}, {left.x + length, left.y + y}}},
                 guide_pen(guide));
  }
}

}  // namespace gradflow::figure
