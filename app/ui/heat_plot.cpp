#include "app/ui/heat_plot.h"

#include <algorithm>
#include <cmath>

#include "app/figure/readings.h"
#include "app/ui/compat.h"
#include "app/ui/hover_box.h"
#include "app/ui/source_note.h"

namespace gradflow::ui {
namespace {

using figure::HeatPlace;
using figure::Range;

constexpr float kTitle = 28, kBottom = 48, kBar = 16, kBarRoom = 96, kPanelGap = 12;

/// The place of the cells: names on the left and above, layers below, the bar on the right.
HeatFrame frame_of(const Ui& ui, const Rect& rect, const HeatData& data, const Range& decades) {
  HeatFrame frame;
  const float left = row_names_width(ui, data.map);
  const float across = std::max(1.0F, rect.width - left - ui.px(kBarRoom));
  const float bottom = ui.px(kBottom) + source_height(ui, across, data.map.note);
  frame.area = {rect.x + left, rect.y + ui.px(kTitle), across,
                std::max(1.0F, rect.height - ui.px(kTitle) - bottom)};
  frame.rows = static_cast<int>(data.map.rows.size());
  frame.decades = decades;
  const std::size_t count = data.map.panels.size();
  std::size_t shown = 0;
  for (std::size_t p = 0; p < count; ++p) shown += data.is_hidden(p) ? 0 : 1;
  const float gap = ui.px(kPanelGap);
  const auto parts = static_cast<float>(std::max<std::size_t>(1, shown));
  const float width = std::max(1.0F, std::floor((frame.area.width - gap * (parts - 1)) / parts));
  float x = frame.area.x;
  for (std::size_t p = 0; p < count; ++p) {
    frame.panels.push_back({x, frame.area.y, data.is_hidden(p) ? 0 : width, frame.area.height});
    if (!data.is_hidden(p)) x += width + gap;
  }
  return frame;
}

std::optional<HeatPlace> under_mouse(const HeatFrame& frame, const HeatData& data) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (std::size_t p = 0; p < frame.panels.size(); ++p) {
    const Rect& panel = frame.panels[p];
    const int layers = data.map.panels[p].layers;
    if (layers == 0 || frame.rows == 0 || !panel.contains(mouse.x, mouse.y)) continue;
    const auto part = [](float from, float length, float at, int count) {
      return std::clamp(static_cast<int>((at - from) / length * static_cast<float>(count)), 0, count - 1);
    };
    return HeatPlace{part(panel.y, panel.height, mouse.y, frame.rows),
                     part(panel.x, panel.width, mouse.x, layers)};
  }
  return std::nullopt;
}

void take_keys(const Ui& ui, const Hit& hit, const HeatFrame& frame, const HeatData& data, HeatState* state) {
  if (!hit.focused || !ui.keys_free() || !data.extent.x || frame.rows == 0) {
    state->cursor.reset();
    return;
  }
  const int last = static_cast<int>(data.extent.x->max);
  HeatPlace at = state->cursor.value_or(HeatPlace{0, last});
  if (compat::pressed(Key::left)) --at.layer;
  if (compat::pressed(Key::right)) ++at.layer;
  if (compat::pressed(Key::up)) --at.row;
  if (compat::pressed(Key::down)) ++at.row;
  if (compat::pressed(Key::home)) at.layer = 0;
  if (compat::pressed(Key::end)) at.layer = last;
  state->cursor = HeatPlace{std::clamp(at.row, 0, frame.rows - 1), std::clamp(at.layer, 0, last)};
}

/// The cell in every panel, and the numbers beside the one that is pointed at, or the first.
void draw_readings(const Ui& ui, const HeatFrame& frame, const HeatData& data, HeatPlace place,
                   const Hit& hit) {
  std::optional<Rect> about;
  for (std::size_t p = 0; p < frame.panels.size(); ++p) {
    const Rect& panel = frame.panels[p];
    const int layers = data.map.panels[p].layers;
    if (panel.width == 0 || place.layer >= layers) continue;
    const Rect cell = frame.cell(panel, layers, place);
    outline_cell(ui, cell);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (!about || (hit.hovered && panel.contains(mouse.x, mouse.y))) about = cell;
  }
  if (!about) return;
  draw_hover_box(ui, frame.area, *about, Placing::below, figure::readings_at(data.map, data.hidden, place));
}

void draw_absence(const Ui& ui, const Rect& panel, const std::string& sentence) {
  const Rect words = inset(panel, ui.px(8));
  ui.draw()->PushClipRect(ImVec2(panel.x, panel.y), ImVec2(panel.x + panel.width, panel.y + panel.height),
                          true);
  ui.fill(panel, ui.theme().panel);
  ui.paragraph(ui.fonts().small, words, ui.theme().text, sentence);
  ui.draw()->PopClipRect();
}

void follow(const figure::Extent& extent, const PlotMotion& motion, HeatState* state) {
  const Range decades = extent.y ? figure::fit_decades(*extent.y) : Range{-3, 0};
  state->colors.follow({extent.x.value_or(Range{0, 1}), decades}, motion.hand, motion.seconds, motion.motion);
  const bool busy = motion.hand == Hand::busy;
  state->underflow = extent.underflow || (state->underflow && busy);
  state->overflow = extent.overflow || (state->overflow && busy);
}

}  // namespace

float HeatFrame::row_top(int row) const {
  const float part = rows > 0 ? static_cast<float>(row) / static_cast<float>(rows) : 0;
  return std::round(area.y + area.height * part);
}

float HeatFrame::column_left(const Rect& panel, int layers, int layer) const {
  return std::round(panel.x + panel.width * static_cast<float>(layer) / static_cast<float>(layers));
}

Rect HeatFrame::cell(const Rect& panel, int layers, HeatPlace place) const {
  const float x = column_left(panel, layers, place.layer);
  const float y = row_top(place.row);
  return {x, y, std::max(1.0F, column_left(panel, layers, place.layer + 1) - x), row_top(place.row + 1) - y};
}

void draw_heat_map(const Ui& ui, const std::string& name, const Rect& rect, const HeatData& data,
                   const PlotMotion& motion, HeatState* state) {
  follow(data.extent, motion, state);
  const HeatFrame frame = frame_of(ui, rect, data, state->colors.axes().y);
  for (std::size_t p = 0; p < frame.panels.size(); ++p) {
    const Rect& panel = frame.panels[p];
    if (panel.width == 0) continue;
    if (data.map.panels[p].layers == 0) {
      draw_absence(ui, panel, data.map.panels[p].absence);
    } else {
      draw_cells(ui, frame, data, p);
    }
  }
  draw_heat_axes(ui, name, frame, data);
  const float right = frame.area.x + frame.area.width;
  draw_color_bar(ui, name, {right + ui.px(16), frame.area.y, ui.px(kBar), frame.area.height}, frame, *state);
  const Hit hit = ui.control(name + ".area", frame.area, "");
  take_keys(ui, hit, frame, data, state);
  if (const auto place = hit.hovered ? under_mouse(frame, data) : state->cursor) {
    draw_readings(ui, frame, data, *place, hit);
  }
}

}  // namespace gradflow::ui
