// What lies around the cells of a heat map: the panels' names, the weights, the layers, the bar of the
// colours.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/figure/viridis.h"
#include "app/ui/heat_plot.h"
#include "app/ui/source_note.h"

namespace gradflow::ui {
namespace {

constexpr float kTickLabelWidth = 44, kTickLabelHeight = 44;
constexpr float kPatch = 20;    // of a pattern at the end of the bar
constexpr int kBarShades = 64;  // rectangles that the bar is made of

/// As many names as are legible, every second, third, ... where rows are low.
void draw_row_names(const Ui& ui, const std::string& name, const HeatFrame& frame,
                    const figure::HeatMap& map) {
  const Font& font = ui.fonts().small;
  const float left = frame.area.x - row_names_width(ui, map);
  const float height = frame.area.height / static_cast<float>(std::max(1, frame.rows));
  const int every = std::max(1, static_cast<int>(std::ceil(font.size / height)));
  for (int row = 0; row < frame.rows; ++row) {
    const float top = frame.row_top(row);
    const Rect rect{left, top, frame.area.x - left, frame.row_top(row + 1) - top};
    ui.landmark(name + ".row." + std::to_string(row), rect);
    if (row % every != 0) continue;
    const Rect words{rect.x, rect.y, rect.width - ui.px(8), rect.height};
    ui.text_in(font, words, Align::right, ui.theme().text, map.rows[static_cast<std::size_t>(row)].tag);
  }
}

void draw_columns(const Ui& ui, const figure::HeatMap& map, const Rect& panel, int layers) {
  const float bottom = panel.y + panel.height;
  const int most = static_cast<int>(panel.width / ui.px(kTickLabelWidth));
  for (const figure::Tick& tick :
       figure::integer_ticks({double(map.x_first), double(map.number_of(layers - 1))}, most)) {
    const float part = (static_cast<float>(map.column_of(tick.at)) + 0.5F) / static_cast<float>(layers);
    const float x = std::round(panel.x + part * panel.width);
    ui.draw()->AddLine(ImVec2(x, bottom), ImVec2(x, bottom + ui.px(4)), ui.theme().secondary,
                       std::max(1.0F, ui.px(1)));
    const Rect place{x - ui.px(24), bottom + ui.px(6), ui.px(48), ui.fonts().small.size};
    ui.text_in(ui.fonts().small, place, Align::center, ui.theme().text, tick.label);
  }
}

void draw_title(const Ui& ui, const Rect& panel, const figure::HeatPanel& shown, std::string_view name) {
  const float line = ui.px(24);
  const float letter = ui.px(20);
  const float y = panel.y - line - ui.px(2);
  ui.text_in(ui.fonts().text, {panel.x, y, letter, line}, Align::left, ui.theme().stack(shown.stack),
             std::string(1, figure::stack_letter(shown.stack)));
  ui.text_in(ui.fonts().text, {panel.x + letter, y, std::max(1.0F, panel.width - letter), line}, Align::left,
             ui.theme().text, name);
}

void draw_bar_numbers(const Ui& ui, const Rect& bar, const figure::Range& decades) {
  const Font& font = ui.fonts().small;
  const int most = static_cast<int>(bar.height / ui.px(kTickLabelHeight));
  for (const figure::Tick& tick : figure::log_ticks(decades, most)) {
    const float y = bar.y + (1 - static_cast<float>(decades.fraction(tick.at))) * bar.height;
    if (y < bar.y - 1 || y > bar.y + bar.height + 1 || tick.label.empty()) continue;
    const float right = bar.x + bar.width;
    ui.draw()->AddLine(ImVec2(right, std::round(y)), ImVec2(right + ui.px(4), std::round(y)),
                       ui.theme().secondary, std::max(1.0F, ui.px(1)));
    ui.text(font, right + ui.px(8), y - font.size / 2, tick.major ? ui.theme().text : ui.theme().secondary,
            tick.label);
  }
}

/// A pattern and what it stands for.
void draw_patch(const Ui& ui, const Rect& patch, HeatLook look, std::string_view words) {
  fill_look(ui, patch, look, 0, 0);
  const Font& font = ui.fonts().small;
  ui.text(font, patch.x + patch.width + ui.px(8), patch.center_y() - font.size / 2, ui.theme().bad, words);
}

}  // namespace

float row_names_width(const Ui& ui, const figure::HeatMap& map) {
  float widest = ui.px(24);
  for (const figure::HeatRow& row : map.rows) widest = std::max(widest, ui.width(ui.fonts().small, row.tag));
  return std::ceil(widest) + ui.px(12);
}

void draw_heat_axes(const Ui& ui, const std::string& name, const HeatFrame& frame, const HeatData& data) {
  draw_row_names(ui, name, frame, data.map);
  for (std::size_t p = 0; p < frame.panels.size(); ++p) {
    const Rect& panel = frame.panels[p];
    const figure::HeatPanel& shown = data.map.panels[p];
    if (panel.width == 0) continue;
    draw_title(ui, panel, shown, shown.name);
    if (shown.layers == 0) continue;
    draw_columns(ui, data.map, panel, shown.layers);
    const auto middle = [&](int layer) {
      const Rect cell = frame.cell(panel, shown.layers, {0, layer});
      return cell.center_x();
    };
    const Track track{0, double(shown.layers - 1), middle(0), middle(shown.layers - 1)};
    ui.landmark(name + ".panel." + std::to_string(shown.stack), panel, track);
  }
  const Rect& area = frame.area;
  const Rect below{area.x, area.y + area.height + ui.px(24), area.width, ui.px(20)};
  ui.text_in(ui.fonts().small, below, Align::center, ui.theme().secondary, data.map.x_label);
  draw_source(ui, name, {below.x, below.y + below.height, below.width, 0}, data.map.note);
}

void draw_color_bar(const Ui& ui, const std::string& name, const Rect& rect, const HeatFrame& frame,
                    const HeatState& state) {
  const float patch = ui.px(kPatch);
  const float gap = ui.px(4);
  Rect bar = rect;
  if (state.overflow) {
    draw_patch(ui, {bar.x, bar.y, bar.width, patch}, HeatLook::overflow, tr("overflow"));
    bar.y += patch + gap;
    bar.height -= patch + gap;
  }
  if (state.underflow) {
    bar.height -= patch + gap;
    draw_patch(ui, {bar.x, rect.y + rect.height - patch, bar.width, patch}, HeatLook::zero, tr("zero"));
  }
  ui.landmark(name + ".colors", bar);
  if (bar.height < 1) return;
  for (int i = 0; i < kBarShades; ++i) {
    const auto at = [&](int k) {
      return std::round(bar.y + bar.height * static_cast<float>(k) / static_cast<float>(kBarShades));
    };
    const figure::Rgb color = figure::viridis(1 - (i + 0.5) / kBarShades);
    ui.fill({bar.x, at(i), bar.width, at(i + 1) - at(i)}, IM_COL32(color.r, color.g, color.b, 0xFF), 0);
  }
  draw_bar_numbers(ui, bar, frame.decades);
}

}  // namespace gradflow::ui
