// The cells of a heat map. Neighbours that look alike are one rectangle, and where several layers share a
// pixel one stands for them (figure::pooled), so that no stack is too deep to draw.
#include <algorithm>
#include <cmath>

#include "app/figure/viridis.h"
#include "app/ui/heat_plot.h"

namespace gradflow::ui {
namespace {

constexpr float kDim = 0.5F;     // of a stale panel, towards the ground
constexpr float kHatch = 6;      // pixels between the lines of a pattern, at scale 1
constexpr double kShades = 255;  // that colours are rounded to, so that neighbours can be one

/// Lines that rise to the right, on one grid for the whole window, so that patterns join.
void hatch_up(const Ui& ui, const Rect& rect, ImU32 color) {
  const float step = ui.px(kHatch);
  const float x1 = rect.x + rect.width;
  const float y1 = rect.y + rect.height;
  for (float c = std::ceil((rect.x + rect.y) / step) * step; c < x1 + y1; c += step) {
    const float a = std::max(rect.x, c - y1);
    const float b = std::min(x1, c - rect.y);
    ui.draw()->AddLine(ImVec2(a, c - a), ImVec2(b, c - b), color, std::max(1.0F, ui.px(1)));
  }
}

void hatch_down(const Ui& ui, const Rect& rect, ImU32 color) {
  const float step = ui.px(kHatch);
  const float x1 = rect.x + rect.width;
  const float y1 = rect.y + rect.height;
  for (float c = std::ceil((rect.x - y1) / step) * step; c < x1 - rect.y; c += step) {
    const float a = std::max(rect.x, c + rect.y);
    const float b = std::min(x1, c + y1);
    ui.draw()->AddLine(ImVec2(a, a - c), ImVec2(b, b - c), color, std::max(1.0F, ui.px(1)));
  }
}

struct Looks {
  HeatLook look = HeatLook::missing;
  ImU32 color = 0;
  friend bool operator==(const Looks&, const Looks&) = default;
};

Looks looks_of(const figure::Range& decades, const figure::HeatCell& cell) {
  const HeatLook look = look_of(cell);
  return {look, look == HeatLook::value ? heat_color(decades, *cell) : 0};
}

void draw_row(const Ui& ui, const HeatFrame& frame, const HeatData& data, std::size_t p, int row) {
  const Rect& panel = frame.panels[p];
  const int layers = data.map.panels[p].layers;
  const int columns = std::min(layers, std::max(1, static_cast<int>(panel.width)));
  const float top = frame.row_top(row);
  const float height = frame.row_top(row + 1) - top;
  const auto layer_of = [&](int column) {
    return static_cast<int>(static_cast<long>(column) * layers / columns);
  };
  Looks run;
  float start = panel.x;
  for (int column = 0; column <= columns; ++column) {
    const bool end = column == columns;
    const Looks looks = end ? Looks{}
                            : looks_of(frame.decades, figure::pooled(data.map, p, row, layer_of(column),
                                                                     layer_of(column + 1)));
    if (!end && column > 0 && looks == run) continue;
    const float x = frame.column_left(panel, columns, column);
    if (column > 0) fill_look(ui, {start, top, x - start, height}, run.look, run.color, data.dim(p));
    run = looks;
    start = x;
  }
}

}  // namespace

HeatLook look_of(const figure::HeatCell& cell) {
  if (!cell) return HeatLook::missing;
  switch (figure::lane_of(*cell)) {
    case figure::Lane::underflow: return HeatLook::zero;
    case figure::Lane::overflow: return HeatLook::overflow;
    case figure::Lane::data: return HeatLook::value;
  }
  return HeatLook::missing;
}

ImU32 heat_color(const figure::Range& decades, double value) {
  const double fraction = std::clamp(decades.fraction(std::log10(value)), 0.0, 1.0);
  const figure::Rgb color = figure::viridis(std::round(fraction * kShades) / kShades);
  return IM_COL32(color.r, color.g, color.b, 0xFF);
}

void fill_look(const Ui& ui, const Rect& rect, HeatLook look, ImU32 color, float dim) {
  const Theme& theme = ui.theme();
  const auto shown = [&](ImU32 full) { return mix(full, theme.ground, kDim * dim); };
  if (rect.width <= 0 || rect.height <= 0) return;
  switch (look) {
    case HeatLook::missing: return;
    case HeatLook::value: ui.fill(rect, shown(color), 0); return;
    case HeatLook::zero:
      ui.fill(rect, mix(theme.ground, theme.bad, 0.16F), 0);
      hatch_up(ui, rect, shown(theme.bad));
      return;
    case HeatLook::overflow:
      ui.fill(rect, shown(theme.bad), 0);
      hatch_up(ui, rect, theme.ground);
      hatch_down(ui, rect, theme.ground);
      return;
  }
}

void draw_cells(const Ui& ui, const HeatFrame& frame, const HeatData& data, std::size_t panel) {
  for (int row = 0; row < frame.rows; ++row) draw_row(ui, frame, data, panel, row);
}

void outline_cell(const Ui& ui, const Rect& cell) {
  const float width = std::max(1.0F, ui.px(2));
  const auto ring = [&](float out, ImU32 color) {
    ui.draw()->AddRect(ImVec2(cell.x - out, cell.y - out),
                       ImVec2(cell.x + cell.width + out, cell.y + cell.height + out), color, 0, 0, width);
  };
  ring(width, IM_COL32_BLACK);  // both, so that one of them is seen on any colour
  ring(0, IM_COL32_WHITE);
}

}  // namespace gradflow::ui
