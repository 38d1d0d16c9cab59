// Curves as strokes. Dear ImGui's AddPolyline breaks up where segments are about as long as the line is
// thick, so each segment is a line of its own with a round joint; where several points share a pixel column,
// the column is drawn from its smallest to its largest value.
#include <algorithm>
#include <cmath>
#include <optional>

#include "app/ui/glyphs.h"
#include "app/ui/plot.h"

namespace gradflow::ui {
namespace {

constexpr float kMarkerSpacing = 14;  // pixels between points at scale 1 from which on each has a marker
constexpr float kSparse = 4;          // times that between markers where points are closer
constexpr float kFar = 1e5F;          // pixels; beyond, coordinates lose the fractions of a pixel

struct Stroke {
  ImDrawList* list;
  ImU32 color;
  float thickness;
  DashLengths dash;
  float along = 0;  // the dash pattern's phase, so that it runs on over the joints

  /// Nobody sees the corners of a hair line.
  void joint(const ImVec2& at) const {
    if (dash.on == 0 && thickness > 1.5F) list->AddCircleFilled(at, thickness / 2, color, 8);
  }

  void segment(const ImVec2& a, const ImVec2& b) {
    if (dash.on == 0) {
      list->AddLine(a, b, color, thickness);
      return;
    }
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    const float period = dash.on + dash.off;
    if (length > kFar / 10) return;
    float start = -std::fmod(along, period);
    for (; start < length; start += period) {
      const float from = std::clamp(start, 0.0F, length) / std::max(length, 1e-6F);
      const float to = std::clamp(start + dash.on, 0.0F, length) / std::max(length, 1e-6F);
      if (to <= from) continue;
      list->AddLine(ImVec2(a.x + (b.x - a.x) * from, a.y + (b.y - a.y) * from),
                    ImVec2(a.x + (b.x - a.x) * to, a.y + (b.y - a.y) * to), color, thickness);
    }
    along += length;
  }
};

ImVec2 place(const PlotFrame& frame, const figure::Curve& curve, std::size_t i) {
  const float x = std::clamp(frame.x(curve.x[i]), -kFar, kFar);
  return {x, std::clamp(frame.y_of(curve.y[i]), -kFar, kFar)};
}

/// All points of one pixel column.
struct Column {
  ImVec2 first, last;
  float low, high;
};

/// The points from `i` on that share a pixel column and a lane; `i` moves behind them.
Column next_column(const PlotFrame& frame, const figure::Curve& curve, std::size_t* i) {
  const ImVec2 first = place(frame, curve, *i);
  const figure::Lane lane = frame.lane_of(curve.y[*i]);
  Column column{first, first, first.y, first.y};
  for (++*i; *i < curve.x.size() && frame.lane_of(curve.y[*i]) == lane; ++*i) {
    const ImVec2 point = place(frame, curve, *i);
    if (std::floor(point.x) != std::floor(first.x)) break;
    column.last = point;
    column.low = std::min(column.low, point.y);
    column.high = std::max(column.high, point.y);
  }
  return column;
}

void draw_line(const PlotFrame& frame, const figure::Curve& curve, Stroke* stroke) {
  std::optional<Column> before;
  figure::Lane lane_before = figure::Lane::data;
  for (std::size_t i = 0; i < curve.x.size();) {
    const figure::Lane lane = frame.lane_of(curve.y[i]);
    const Column column = next_column(frame, curve, &i);
    if (before && lane == lane_before) stroke->segment(before->last, column.first);
    if (column.high > column.low) {
      stroke->list->AddLine(ImVec2(column.first.x, column.low), ImVec2(column.first.x, column.high),
                            stroke->color, stroke->thickness);
    }
    stroke->joint(column.first);
    if (column.last.x != column.first.x) stroke->joint(column.last);
    before = column;
    lane_before = lane;
  }
}

/// A marker a point where there is room, else one now and then: the shape still says whose curve it is.
void draw_markers(const Ui& ui, const PlotFrame& frame, const figure::Curve& curve, ImU32 color) {
  const figure::StackStyle& style = figure::style_of(curve);
  const float roomy = ui.px(kMarkerSpacing);
  float marked = -kFar;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    const ImVec2 at = place(frame, curve, i);
    const float next = i + 1 < curve.x.size() ? place(frame, curve, i + 1).x - at.x : roomy;
    const float room = next >= roomy - 1 ? roomy - 1 : kSparse * roomy;
    if (at.x - marked < room) continue;
    draw_marker(ui.draw(), style.marker, at.x, at.y, marker_radius(ui, style.stroke), color);
    marked = at.x;
  }
}

}  // namespace

void draw_curve(const Ui& ui, const PlotFrame& frame, const figure::Curve& curve, ImU32 color) {
  const figure::StackStyle& style = figure::style_of(curve);
  const float thickness = line_thickness(ui, style.stroke);
  Stroke stroke{ui.draw(), color, thickness, dash_lengths(style.dash, thickness)};
  draw_line(frame, curve, &stroke);
  draw_markers(ui, frame, curve, color);
}

}  // namespace gradflow::ui
