// What lies around the curves: grid, numbers, lanes, and the sentences in place of curves.
#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "app/ui/plot.h"

namespace gradflow::ui {
namespace {

constexpr float kTickLabelWidth = 56;  // pixels an x label keeps free at scale 1
constexpr float kTickLabelHeight = 44;

std::vector<figure::Tick> x_ticks(const PlotFrame& frame, int max_labels) {
  return frame.x_scale == figure::Scale::linear ? figure::integer_ticks(frame.axes.x, max_labels)
                                                : figure::octave_ticks(frame.axes.x, max_labels);
}

std::vector<figure::Tick> y_ticks(const PlotFrame& frame, int max_labels) {
  return frame.y_scale == figure::Scale::linear ? figure::linear_ticks(frame.axes.y, max_labels)
                                                : figure::log_ticks(frame.axes.y, max_labels);
}

void draw_grid(const Ui& ui, const PlotFrame& frame) {
  const Theme& theme = ui.theme();
  const Rect& area = frame.area;
  const float hair = std::max(1.0F, ui.px(1));
  const float label_height = ui.fonts().small.size;
  const int rows = static_cast<int>(area.height / ui.px(kTickLabelHeight));
  for (const figure::Tick& tick : y_ticks(frame, rows)) {
    const float y = std::round(frame.y(tick.at));
    if (y < area.y || y > area.y + area.height) continue;
    const ImU32 color = tick.major ? theme.grid : mix(theme.ground, theme.grid, 0.45F);
    ui.draw()->AddLine(ImVec2(area.x, y), ImVec2(area.x + area.width, y), color, hair);
    const Rect place{area.x - ui.px(PlotFrame::kLeft), y - label_height / 2, ui.px(PlotFrame::kLeft - 10),
                     label_height};
    const ImU32 ink = tick.major ? theme.text : theme.secondary;
    if (!tick.label.empty()) ui.text_in(ui.fonts().small, place, Align::right, ink, tick.label);
  }
  const int columns = static_cast<int>(area.width / ui.px(kTickLabelWidth));
  const float bottom = area.y + area.height;
  for (const figure::Tick& tick : x_ticks(frame, columns)) {
    const float x = std::round(area.x + static_cast<float>(frame.axes.x.fraction(tick.at)) * area.width);
    if (x < area.x || x > area.x + area.width || tick.at < 0) continue;
    ui.draw()->AddLine(ImVec2(x, bottom), ImVec2(x, bottom + ui.px(4)), theme.secondary, hair);
    const Rect place{x - ui.px(40), bottom + ui.px(6), ui.px(80), label_height};
    ui.text_in(ui.fonts().small, place, Align::center, theme.text, tick.label);
  }
  ui.draw()->AddLine(ImVec2(area.x, bottom), ImVec2(area.x + area.width, bottom), theme.secondary, hair);
}

/// The band, and its name where the other numbers of the axis stand.
void draw_lane(const Ui& ui, const Rect& band, std::string_view label) {
  ui.fill(band, mix(ui.theme().ground, ui.theme().bad, 0.16F), 0);
  const Rect words{band.x - ui.px(PlotFrame::kLeft), band.y, ui.px(PlotFrame::kLeft - 10), band.height};
  ui.text_in(ui.fonts().small, words, Align::right, ui.theme().bad, label);
}

/// Stacks that lack a curve for the same reason share a line.
struct Reason {
  std::vector<std::size_t> stacks;
  std::string_view sentence;
};

std::vector<Reason> reasons_of(const figure::Figure& figure) {
  std::vector<Reason> reasons;
  for (const figure::Absence& absence : figure.absences) {
    const auto same = std::find_if(reasons.begin(), reasons.end(),
                                   [&](const Reason& reason) { return reason.sentence == absence.sentence; });
    if (same == reasons.end()) {
      reasons.push_back({{absence.stack}, absence.sentence});
    } else {
      same->stacks.push_back(absence.stack);
    }
  }
  return reasons;
}

}  // namespace

void draw_axes(const Ui& ui, const PlotFrame& frame, std::string_view x_label) {
  draw_grid(ui, frame);
  const Rect& area = frame.area;
  const Rect below{area.x, area.y + area.height + ui.px(24), area.width, ui.px(20)};
  ui.text_in(ui.fonts().small, below, Align::center, ui.theme().secondary, x_label);
}

void draw_lanes(const Ui& ui, const PlotFrame& frame, const PlotState& state) {
  const Rect& area = frame.area;
  if (state.overflow) draw_lane(ui, {area.x, area.y, area.width, frame.lane}, tr("overflow"));
  const float below = area.y + area.height - frame.lane;
  if (state.underflow) draw_lane(ui, {area.x, below, area.width, frame.lane}, tr("underflow"));
}

/// A triangle a layer, standing on the axis, the stacks one above the other; in a column of pixels one is
/// enough.
void draw_marks(const Ui& ui, const PlotFrame& frame, const PlotData& data) {
  const float size = ui.px(8);
  const Rect& area = frame.area;
  float base = area.y + area.height - ui.px(1);
  for (std::size_t c = 0; c < data.figure.curves.size(); ++c) {
    const figure::Curve& curve = data.figure.curves[c];
    if (data.is_hidden(c) || curve.marks.empty()) continue;
    float before = -1;
    for (const double mark : curve.marks) {
      const float x = std::round(frame.x(mark));
      if (x == before || x < area.x || x > area.x + area.width) continue;
      before = x;
      ui.draw()->AddTriangleFilled(ImVec2(x, base - size), ImVec2(x + size * 0.6F, base),
                                   ImVec2(x - size * 0.6F, base), ui.theme().stack(curve.stack));
    }
    base -= size + ui.px(1);
  }
}

void draw_absences(const Ui& ui, const PlotFrame& frame, const PlotData& data) {
  const std::vector<Reason> reasons = reasons_of(data.figure);
  const bool alone = !data.extent.x;  // no curve is shown
  const Font& font = alone ? ui.fonts().text : ui.fonts().small;
  const float letter = ui.px(alone ? 18 : 14);
  const float pad = ui.px(12);
  const float width = std::min(frame.area.width - 2 * pad, ui.px(alone ? 640 : 560));
  float indent = 0;
  for (const Reason& reason : reasons)
    indent = std::max(indent, letter * static_cast<float>(reason.stacks.size()));
  indent += ui.px(8);
  float widest = 0;
  float height = 0;
  for (const Reason& reason : reasons) {
    widest = std::max(widest, std::min(width - indent, ui.width(font, reason.sentence) + 1));
    height += ui.paragraph_height(font, width - indent, reason.sentence) + ui.px(8);
  }
  float y = alone ? frame.area.center_y() - height / 2 : frame.area.y + frame.lane + ui.px(4);
  const float left = alone ? frame.area.center_x() - (indent + widest) / 2 : frame.area.x + pad;
  for (const Reason& reason : reasons) {
    float x = left;
    for (const std::size_t stack : reason.stacks) {
      ui.text(font, x, y, ui.theme().stack(stack), std::string(1, figure::stack_letter(stack)));
      x += letter;
    }
    const Rect words{left + indent, y, widest, 0};
    y += ui.paragraph(font, words, ui.theme().text, reason.sentence) + ui.px(8);
  }
}

}  // namespace gradflow::ui
