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
void stroke(Canvas* canvas, const std::array<Point, N>& points, Rgb color, double radius) {
  canvas->line(points, {color, 0.6 * radius});
}

}  // namespace

Pen pen_of(std::size_t stack) {
  const StackStyle& style = stack_style(stack);
  return {style.on_light, Ink::kCurve, dashes_of(style.dash, Ink::kCurve)};
}

Pen guide_pen(std::size_t guide) {
  const std::vector<double> dashes =
      guide % 2 == 0 ? std::vector<double>{5, 3} : std::vector<double>{5, 2, 1.2, 2};
  return {Ink::kSecondary, 0.8, dashes};
}

void draw_marker(Canvas* canvas, std::size_t stack, Point at, double radius) {
  const StackStyle& style = stack_style(stack);
  const Rgb color = style.on_light;
  const double r = radius;
  const auto place = [at, r](double right, double down) { return Point{at.x + right * r, at.y + down * r}; };
  using Four = std::array<Point, 4>;
  using Two = std::array<Point, 2>;
  switch (style.marker) {
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

void draw_swatch(Canvas* canvas, const Pen& pen, Point left) {
  canvas->line(std::array<Point, 2>{left, {left.x + Ink::kSwatch - 6, left.y}}, pen);
}

void draw_swatch(Canvas* canvas, std::size_t stack, Point left) {
  draw_swatch(canvas, pen_of(stack), left);
  draw_marker(canvas, stack, {left.x + (Ink::kSwatch - 6) / 2, left.y}, 1.15 * Ink::kMarker);
}

}  // namespace gradflow::figure
