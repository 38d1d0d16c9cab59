// The plot itself on paper: as app/ui/plot*.cpp draws it on the screen.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/figure/ink.h"
#include "app/figure/paper.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

constexpr double kTickRow = 24, kTickColumn = 30;  // that a number keeps free
constexpr double kMarkerSpacing = 8, kSparse = 4;  // as on the screen: every point, or now and then
constexpr double kTriangle = 5;
constexpr double kBaseLine = 0.36;

void draw_line(Canvas* canvas, PagePoint from, PagePoint to, const Pen& pen) {
  canvas->line(std::array<PagePoint, 2>{from, to}, pen);
}

std::vector<Tick> y_ticks(const PaperFrame& frame, int max_labels) {
  return frame.y_scale == Scale::linear ? linear_ticks(frame.axes.y, max_labels)
                                        : log_ticks(frame.axes.y, max_labels);
}

void draw_lane(Canvas* canvas, const PageBox& band, std::string_view label) {
  canvas->rectangle(band, Ink::kLane);
  canvas->text({band.x - 5, band.y + band.height / 2 + kBaseLine * Ink::kSmall}, label,
               {Ink::kSmall, Ink::kBad, Anchor::end});
}

void draw_grid(Canvas* canvas, const PaperFrame& frame) {
  const PageBox& area = frame.area;
  const int rows = static_cast<int>(area.height / kTickRow);
  for (const Tick& tick : y_ticks(frame, rows)) {
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

/// The stretches of a curve that lie in one lane.
template <class Fn>
void each_stretch(const PaperFrame& frame, const Curve& curve, Fn&& fn) {
  std::vector<PagePoint> points;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    const bool same = i > 0 && frame.lane_of(curve.y[i]) == frame.lane_of(curve.y[i - 1]);
    if (!same && points.size() > 1) fn(points);
    if (!same) points.clear();
    points.push_back({frame.x(curve.x[i]), frame.y_of(curve.y[i])});
  }
  if (points.size() > 1) fn(points);
}

/// One area, so that no seam shows between layers; its ends lie in the lanes where they have no place.
void draw_band(Canvas* canvas, const PaperFrame& frame, const Curve& curve) {
  if (curve.low.size() != curve.x.size() || curve.x.size() < 2) return;
  std::vector<PagePoint> outline;
  const std::size_t count = curve.x.size();
  for (std::size_t i = 0; i < count; ++i) outline.push_back({frame.x(curve.x[i]), frame.y_of(curve.high[i])});
  for (std::size_t i = count; i-- > 0;) outline.push_back({frame.x(curve.x[i]), frame.y_of(curve.low[i])});
  canvas->polygon(outline, {style_of(curve).on_light, Ink::kSeeds});
}

void draw_markers(Canvas* canvas, const PaperFrame& frame, const Curve& curve) {
  const StackStyle& style = style_of(curve);
  double marked = -1e9;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    const double x = frame.x(curve.x[i]);
    const double next = i + 1 < curve.x.size() ? frame.x(curve.x[i + 1]) - x : kMarkerSpacing;
    const double room = next >= kMarkerSpacing ? kMarkerSpacing * 0.99 : kSparse * kMarkerSpacing;
    if (x - marked < room) continue;
    draw_marker(canvas, style, {x, frame.y_of(curve.y[i])}, marker_radius(style));
    marked = x;
  }
}

void draw_curve(Canvas* canvas, const PaperFrame& frame, const Curve& curve) {
  each_stretch(frame, curve,
               [&](const std::vector<PagePoint>& points) { canvas->line(points, pen_of(style_of(curve))); });
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
          std::array<PagePoint, 3>{
              {{x, base - kTriangle}, {x + kTriangle * 0.6, base}, {x - kTriangle * 0.6, base}}},
          stack_style(curve.stack).on_light);
    }
    base -= kTriangle + 1;
  }
}

}  // namespace

double PaperFrame::x(double value) const {
  return area.x + axes.x.fraction(on_axis(x_scale, value)) * area.width;
}

double PaperFrame::y(double at) const {
  return area.y + kLane + (1 - axes.y.fraction(at)) * (area.height - 2 * kLane);
}

double PaperFrame::y_of(double value) const {
  switch (figure::lane_of(value, y_scale)) {
    case Lane::underflow: return area.bottom() - kLane / 2;
    case Lane::overflow: return area.y + kLane / 2;
    case Lane::data: return y(on_axis(y_scale, value));
  }
  return area.y + kLane / 2;
}

PaperFrame frame_of(const Figure& figure, const PageBox& area) {
  const Extent extent = extent_of(figure);
  return {area,           figure.x_scale, figure.y_scale, fitted_axes(figure, extent), extent.underflow,
          extent.overflow};
}

void draw_plot(Canvas* canvas, Typeface* typeface, const PaperFrame& frame, const Figure& figure) {
  const PageBox& area = frame.area;
  if (frame.overflow) draw_lane(canvas, {area.x, area.y, area.width, PaperFrame::kLane}, tr("overflow"));
  if (frame.underflow) {
    draw_lane(canvas, {area.x, area.bottom() - PaperFrame::kLane, area.width, PaperFrame::kLane},
              tr("underflow"));
  }
  draw_grid(canvas, frame);
  draw_pointers(canvas, typeface, frame, figure);
  draw_guides(canvas, frame, figure);
  draw_layer_marks(canvas, frame, figure);
  for (const Curve& curve : figure.curves) draw_band(canvas, frame, curve);
  for (const Curve& curve : figure.curves) draw_curve(canvas, frame, curve);
  draw_ends(canvas, typeface, frame, figure);
}

}  // namespace gradflow::figure
