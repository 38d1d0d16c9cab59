// The crosshair's box: one layer, every curve's value there, and the ratios to the first curve.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/figure/ghosts.h"
#include "app/ui/glyphs.h"
#include "app/ui/plot.h"

namespace gradflow::ui {
namespace {

struct Line {
  const figure::Curve* swatch;  // whose line stands before the words; nullptr for none
  std::string words, value;
};

const double* value_at(const figure::Curve& curve, int x) {
  const auto place = std::lower_bound(curve.x.begin(), curve.x.end(), x);
  if (place == curve.x.end() || *place != x) return nullptr;
  return &curve.y[static_cast<std::size_t>(place - curve.x.begin())];
}

std::string value_words(const double* value) {
  if (value == nullptr) return "–";
  const std::string figures = figure::three_figures(*value);
  switch (figure::lane_of(*value)) {
    case figure::Lane::underflow: return figures + " (underflow)";
    case figure::Lane::overflow: return figures + " (overflow)";
    case figure::Lane::data: return figures;
  }
  return figures;
}

std::vector<Line> lines_at(const PlotData& data, int x) {
  std::vector<Line> lines;
  const figure::Curve* first = nullptr;
  for (std::size_t c = 0; c < data.figure.curves.size(); ++c) {
    const figure::Curve& curve = data.figure.curves[c];
    if (data.is_hidden(c)) continue;
    if (first == nullptr) first = &curve;
    lines.push_back({&curve, figure::label_of(curve) + (curve.pinned ? " " : "  ") + curve.name,
                     value_words(value_at(curve, x))});
  }
  for (std::size_t c = 0; c < data.figure.curves.size() && first != nullptr; ++c) {
    const figure::Curve& curve = data.figure.curves[c];
    if (data.is_hidden(c) || &curve == first || curve.pinned) continue;
    const double* own = value_at(curve, x);
    const double* base = value_at(*first, x);
    if (own == nullptr || base == nullptr || figure::lane_of(*own) != figure::Lane::data ||
        figure::lane_of(*base) != figure::Lane::data) {
      continue;
    }
    const std::string words{figure::stack_letter(curve.stack), ' ', '/', ' ',
                            figure::stack_letter(first->stack)};
    lines.push_back({nullptr, words, figure::three_figures(*own / *base)});
  }
  return lines;
}

constexpr float kLine = 24, kBoxPad = 12, kSwatch = 36, kMaxName = 260;

float box_width(const Ui& ui, const std::vector<Line>& lines) {
  float words = 0;
  float values = 0;
  for (const Line& line : lines) {
    words = std::max(words, std::min(ui.px(kMaxName), ui.width(ui.fonts().text, line.words)));
    values = std::max(values, ui.width(ui.fonts().text, line.value));
  }
  return words + values + ui.px(kSwatch + 24 + 2 * kBoxPad);
}

void draw_box(const Ui& ui, const Rect& box, const std::string& head, const std::vector<Line>& lines) {
  const Theme& theme = ui.theme();
  const float pad = ui.px(kBoxPad);
  ui.fill({box.x, box.y + ui.px(2), box.width, box.height}, with_alpha(IM_COL32_BLACK, 0.25F),
          Metrics::kPanelCorner);
  ui.fill(box, mix(theme.panel, theme.control, 0.6F), Metrics::kPanelCorner);
  Rect row{box.x + pad, box.y + ui.px(8), box.width - 2 * pad, ui.px(kLine)};
  ui.text_in(ui.fonts().small, row, Align::left, theme.secondary, head);
  for (const Line& line : lines) {
    row.y += row.height;
    if (line.swatch != nullptr)
      draw_curve_swatch(ui, *line.swatch, {row.x, row.y, ui.px(kSwatch - 12), row.height});
    const float values = ui.width(ui.fonts().text, line.value);
    const Rect words{row.x + ui.px(kSwatch), row.y, row.width - ui.px(kSwatch) - values, row.height};
    const ImU32 color = line.swatch != nullptr ? theme.text : theme.secondary;
    ui.text_in(ui.fonts().text, words, Align::left, color, line.words);
    ui.text_in(ui.fonts().text, row, Align::right, theme.text, line.value);
  }
}

}  // namespace

void draw_crosshair(const Ui& ui, const PlotFrame& frame, const PlotData& data, int x, float mouse_y) {
  const Rect& area = frame.area;
  const float at = frame.x(x);
  if (at < area.x - 1 || at > area.x + area.width + 1) return;
  ImDrawList* list = ui.draw();
  list->AddLine(ImVec2(at, area.y), ImVec2(at, area.y + area.height), ui.theme().secondary,
                std::max(1.0F, ui.px(1)));
  for (std::size_t c = 0; c < data.figure.curves.size(); ++c) {
    const figure::Curve& curve = data.figure.curves[c];
    const double* value = value_at(curve, x);
    if (data.is_hidden(c) || value == nullptr) continue;
    const figure::Marker marker = figure::stack_style(curve.stack).marker;
    const float y = std::clamp(frame.y_of(*value), area.y, area.y + area.height);
    draw_marker(list, marker, at, y, ui.px(8), ui.theme().ground);
    draw_marker(list, marker, at, y, ui.px(6), color_of(ui.theme(), curve));
  }
  const std::vector<Line> lines = lines_at(data, x);
  const float width = box_width(ui, lines);
  const float height = ui.px(kLine) * static_cast<float>(lines.size() + 1) + ui.px(16);
  const float gap = ui.px(16);
  const bool right = at + gap + width <= area.x + area.width;
  const float left = std::max(area.x, at - gap - width);
  const float top = std::clamp(mouse_y - height / 2, area.y, std::max(area.y, area.y + area.height - height));
  draw_box(ui, {std::round(right ? at + gap : left), std::round(top), width, height},
           data.figure.x_word + " " + std::to_string(x), lines);
}

}  // namespace gradflow::ui
