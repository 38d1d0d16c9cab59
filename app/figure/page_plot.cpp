// The plot itself on paper: as app/ui/plot*.cpp draws it on the screen.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/figure/ink.h"
#include "app/figure/paper.h"

namespace gradflow::figure {
namespace {

constexpr double kTickRow = 24, kTickColumn = 30;  // that a number keeps free
constexpr double kMarkerSpacing = 8, kSparse = 4;  // as on the screen: every point, or now and then
constexpr double kTriangle = 5;
constexpr double kBaseLine = 0.36;

void draw_line(Canvas* canvas, Point from, Point to, const Pen& pen) {
  canvas->line(std::array<Point, 2>{from, to}, pen);
}

void draw_lane(Canvas* canvas, const Box& band, std::string_view label) {
  canvas->polygon(
      std::array<Point, 4>{
          {{band.x, band.y}, {band.right(), band.y}, {band.right(), band.bottom()}, {band.x, band.bottom()}}},
      Ink::kLane);
  canvas->text({band.x - 5, band.y + band.height / 2 + kBaseLine * Ink::kSmall}, label,
               {Ink::kSmall, Ink::kBad, Anchor::end});
}

void draw_grid(Canvas* canvas, const PaperFrame& frame) {
  const Box& area = frame.area;
  const int rows = static_cast<int>(area.height / kTickRow);
  for (const Tick& tick : log_ticks(frame.axes.y, rows)) {
    const double y = frame.y(tick.at);
    if (y < area.y || y > area.bottom()) continue;
    draw_line(canvas, {area.x, y}, {area.right(), y}, {tick.major ? Ink::kGrid : Ink::kFineGrid, Ink::kHair});
    if (tick.label.empty()) continue;
    canvas->text({area.x - 5, y + kBaseLine * Ink::kSmall}, tick.label,
                 {Ink::kSmall, tick.major ? Ink::kText : Ink::kSecondary, Anchor::end});
  }
  const int columns = static_cast<int>(area.width / kTickColumn);
  const bool linear = frame.x_scale == Scale::linear;
  for (const Tick& tick :
       linear ? integer_ticks(frame.axes.x, columns) : octave_ticks(frame.axes.x, columns)) {
    const double x = area.x + frame.axes.x.fraction(tick.at) * area.width;
    if (x < area.x || x > area.right() || tick.at < 0) continue;
    draw_line(canvas, {x, area.bottom()}, {x, area.bottom() + 3}, {Ink::kSecondary, Ink::kHair});
    canvas->text({x, area.bottom() + 13}, tick.label, {Ink::kSmall, Ink::kText, Anchor::middle});
  }
  draw_line(canvas, {area.x, area.bottom()}, {area.right(), area.bottom()}, {Ink::kSecondary, Ink::kHair});
}

/// As far as the data goes.
void draw_guides(Canvas* canvas, const PaperFrame& frame, const Figure& figure) {
  const Extent extent = extent_of(figure);
  if (!extent.x) return;
  const double right = hull(*extent.x, figure.x_shown.value_or(*extent.x)).max;
  for (std::size_t i = 0; i < figure.guides.size(); ++i) {
    const Guide& guide = figure.guides[i];
    if (right <= guide.from) continue;
    const Point a{frame.x(guide.from), frame.y(std::log10(guide.at(guide.from)))};
    const Point b{frame.x(right), frame.y(std::log10(guide.at(right)))};
    draw_line(canvas, a, b, guide_pen(i));
  }
}

/// The stretches of a curve that lie in one lane.
template <class Fn>
void each_stretch(const PaperFrame& frame, const Curve& curve, Fn&& fn) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    const bool same = i > 0 && lane_of(curve.y[i]) == lane_of(curve.y[i - 1]);
    if (!same && points.size() > 1) fn(points);
    if (!same) points.clear();
    points.push_back({frame.x(curve.x[i]), frame.y_of(curve.y[i])});
  }
  if (points.size() > 1) fn(points);
}

void draw_markers(Canvas* canvas, const PaperFrame& frame, const Curve& curve) {
  double marked = -1e9;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    const double x = frame.x(curve.x[i]);
    const double next = i + 1 < curve.x.size() ? frame.x(curve.x[i + 1]) - x : kMarkerSpacing;
    const double room = next >= kMarkerSpacing ? kMarkerSpacing * 0.99 : kSparse * kMarkerSpacing;
    if (x - marked < room) continue;
    draw_marker(canvas, curve.stack, {x, frame.y_of(curve.y[i])}, Ink::kMarker);
    marked = x;
  }
}

void draw_curve(Canvas* canvas, const PaperFrame& frame, const Curve& curve) {
  each_stretch(frame, curve,
               [&](const std::vector<Point>& points) { canvas->line(points, pen_of(curve.stack)); });
  draw_markers(canvas, frame, curve);
}

/// Layers with a wiring of their own: triangles that stand on the axis, the stacks one above the other.
void draw_layer_marks(Canvas* canvas, const PaperFrame& frame, const Figure& figure) {
  double base = frame.area.bottom() - 0.5;
  for (const Curve& curve : figure.curves) {
    if (curve.marks.empty()) continue;
    for (const double mark : curve.marks) {
      const double x = frame.x(mark);
      canvas->polygon(
          std::array<Point, 3>{
              {{x, base - kTriangle}, {x + kTriangle * 0.6, base}, {x - kTriangle * 0.6, base}}},
          stack_style(curve.stack).on_light);
    }
    base -= kTriangle + 1;
  }
}

/// Where labels of these widths begin, as near to the middle of their places as they can without touching
/// each other or the ends.
std::vector<double> spread(const std::vector<double>& places, const std::vector<double>& widths, Range room) {
  constexpr double kSpace = 6;
  std::vector<double> lefts;
  double free = room.min;
  for (std::size_t i = 0; i < places.size(); ++i) {
    lefts.push_back(std::max(free, places[i] - widths[i] / 2));
    free = lefts[i] + widths[i] + kSpace;
  }
  free = room.max;
  for (std::size_t i = places.size(); i-- > 0;) {
    lefts[i] = std::min(lefts[i], free - widths[i]);
    free = lefts[i] - kSpace;
  }
  return lefts;
}

/// Depths that are pointed at: a thin line through the plot, its name above it.
void draw_pointers(Canvas* canvas, Typeface* typeface, const PaperFrame& frame, const Figure& figure) {
  const Box& area = frame.area;
  std::vector<Mark> marks = figure.marks;
  std::sort(marks.begin(), marks.end(), [](const Mark& left, const Mark& right) { return left.x < right.x; });
  std::vector<double> places, widths;
  for (const Mark& mark : marks) {
    places.push_back(frame.x(mark.x));
    widths.push_back(typeface->width(mark.label, Ink::kSmall));
  }
  const std::vector<double> lefts = spread(places, widths, {area.x, area.right()});
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const double x = places[i];
    const bool one = marks[i].stacks.size() == 1 && marks.size() > 1;
    const Rgb color = one ? stack_style(marks[i].stacks.front()).on_light : Ink::kText;
    draw_line(canvas, {x, area.y}, {x, area.bottom()}, {color, Ink::kHair, {1, 2}});
    const double tip = area.bottom() - kTriangle;
    canvas->polygon(
        std::array<Point, 3>{{{x - kTriangle * 0.7, tip}, {x + kTriangle * 0.7, tip}, {x, area.bottom()}}},
        color);
    canvas->text({lefts[i], area.y - 3}, marks[i].label, {Ink::kSmall, color});
  }
}

}  // namespace

double PaperFrame::x(double value) const {
  return area.x + axes.x.fraction(on_axis(x_scale, value)) * area.width;
}

double PaperFrame::y(double decade) const {
  return area.y + kLane + (1 - axes.y.fraction(decade)) * (area.height - 2 * kLane);
}

double PaperFrame::y_of(double value) const {
  switch (lane_of(value)) {
    case Lane::underflow: return area.bottom() - kLane / 2;
    case Lane::overflow: return area.y + kLane / 2;
    case Lane::data: return y(std::log10(value));
  }
  return area.y + kLane / 2;
}

PaperFrame frame_of(const Figure& figure, const Box& area) {
  const Extent extent = extent_of(figure);
  return {area, figure.x_scale, fitted_axes(figure, extent), extent.underflow, extent.overflow};
}

void draw_plot(Canvas* canvas, Typeface* typeface, const PaperFrame& frame, const Figure& figure) {
  const Box& area = frame.area;
  if (frame.overflow) draw_lane(canvas, {area.x, area.y, area.width, PaperFrame::kLane}, "overflow");
  if (frame.underflow) {
    draw_lane(canvas, {area.x, area.bottom() - PaperFrame::kLane, area.width, PaperFrame::kLane},
              "underflow");
  }
  draw_grid(canvas, frame);
  draw_pointers(canvas, typeface, frame, figure);
  draw_guides(canvas, frame, figure);
  draw_layer_marks(canvas, frame, figure);
  for (const Curve& curve : figure.curves) draw_curve(canvas, frame, curve);
}

}  // namespace gradflow::figure
