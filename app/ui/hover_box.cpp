#include "app/ui/hover_box.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/glyphs.h"

namespace gradflow::ui {
namespace {

constexpr float kLine = 24, kLowLine = 16;  // the lower where many are to fit
constexpr float kBoxPad = 12, kSwatch = 36, kMaxName = 260, kGap = 16;

/// How much of the readings fits.
struct Fitted {
  float width, line;
  std::size_t lines;
  float note;  // its height
  bool cut;
  float height;
};

Fitted fit(const Ui& ui, const Rect& area, const figure::Readings& readings) {
  const Font& font = ui.fonts().text;
  float words = 0;
  float values = 0;
  for (const figure::Reading& line : readings.lines) {
    words = std::max(words, std::min(ui.px(kMaxName), ui.width(font, line.words)));
    values = std::max(values, ui.width(font, line.value));
  }
  const float pads = ui.px(2 * kBoxPad);
  const float inner =
      std::max(words + values + ui.px(kSwatch + 24), ui.width(ui.fonts().small, readings.head) + ui.px(8));
  Fitted fitted{inner + pads, ui.px(kLine), readings.lines.size(), 0, false, 0};
  if (!readings.note.empty()) {
    fitted.note = ui.paragraph_height(ui.fonts().small, inner, readings.note) + ui.px(8);
  }
  const float fixed = ui.px(kLine + 16) + fitted.note;
  const float room = area.height - fixed;
  const auto count = static_cast<float>(readings.lines.size());
  fitted.line = std::clamp(std::floor(room / std::max(1.0F, count)), ui.px(kLowLine), ui.px(kLine));
  const auto most = static_cast<std::size_t>(std::max(1.0F, room / fitted.line));
  fitted.cut = fitted.lines > most;
  if (fitted.cut) fitted.lines = most - 1;
  fitted.height = fixed + fitted.line * static_cast<float>(fitted.lines + (fitted.cut ? 1 : 0));
  return fitted;
}

void draw_line(const Ui& ui, const Rect& row, const figure::Reading& line) {
  const Theme& theme = ui.theme();
  if (line.style) {
    const Rect swatch{row.x, row.y, ui.px(kSwatch - 12), row.height};
    draw_swatch(ui, *line.style, swatch, theme.color(*line.style));
  }
  const float values = ui.width(ui.fonts().text, line.value);
  const Rect words{row.x + ui.px(kSwatch), row.y, row.width - ui.px(kSwatch) - values, row.height};
  ui.text_in(ui.fonts().text, words, Align::left, line.style ? theme.text : theme.secondary, line.words);
  ui.text_in(ui.fonts().text, row, Align::right, theme.text, line.value);
}

/// The start of a stretch of this length behind [from, to], or before it where it would leave the room.
float behind(float from, float to, float length, float room_start, float room_end) {
  return to + length <= room_end ? to : std::max(room_start, from - length);
}

float within(float wanted, float length, float room_start, float room_end) {
  return std::clamp(wanted, room_start, std::max(room_start, room_end - length));
}

Rect place(const Ui& ui, const Rect& area, const Rect& about, Placing placing, const Fitted& box) {
  const float right = area.x + area.width;
  const float bottom = area.y + area.height;
  const float gap = ui.px(kGap);
  const bool beside = placing == Placing::beside;
  const float x = beside ? behind(about.x - gap, about.x + about.width + gap, box.width, area.x, right)
                         : within(about.x, box.width, area.x, right);
  const float y = beside ? within(about.center_y() - box.height / 2, box.height, area.y, bottom)
                         : behind(about.y - gap, about.y + about.height + gap, box.height, area.y, bottom);
  return {std::round(x), std::round(y), box.width, box.height};
}

}  // namespace

void draw_hover_box(const Ui& ui, const Rect& area, const Rect& about, Placing placing,
                    const figure::Readings& readings) {
  const Theme& theme = ui.theme();
  const Fitted fitted = fit(ui, area, readings);
  const Rect box = place(ui, area, about, placing, fitted);
  ui.fill({box.x, box.y + ui.px(2), box.width, box.height}, with_alpha(IM_COL32_BLACK, 0.25F),
          Metrics::kPanelCorner);
  ui.fill(box, mix(theme.panel, theme.control, 0.6F), Metrics::kPanelCorner);
  ui.landmark("plot.readings", box);
  const float pad = ui.px(kBoxPad);
  Rect row{box.x + pad, box.y + ui.px(8), box.width - 2 * pad, ui.px(kLine)};
  ui.text_in(ui.fonts().small, row, Align::left, theme.secondary, readings.head);
  row.y += row.height;
  row.height = fitted.line;
  for (std::size_t i = 0; i < fitted.lines; ++i) {
    draw_line(ui, row, readings.lines[i]);
    row.y += row.height;
  }
  if (fitted.cut) {
    const std::string more = tr("and {0} more", {std::to_string(readings.lines.size() - fitted.lines)});
    ui.text_in(ui.fonts().small, row, Align::left, theme.secondary, more);
    row.y += row.height;
  }
  if (!readings.note.empty()) {
    ui.paragraph(ui.fonts().small, {row.x, row.y + ui.px(4), row.width, 0}, theme.secondary, readings.note);
  }
}

}  // namespace gradflow::ui
