// What the plot says beside its curves: the theory's lines, the x that are pointed at, each curve's own
// figure.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/figure/ghosts.h"
#include "app/ui/glyphs.h"
#include "app/ui/plot.h"

namespace gradflow::ui {
namespace {

constexpr float kDash = 6, kGap = 5;  // of a guide
constexpr float kNote = 22;           // height of a line
constexpr float kMarkHeight = 7;

struct Stretch {
  double from, to;  // in x
};

/// The part of a guide that the axes show, or nothing of positive length.
Stretch shown(const PlotFrame& frame, const figure::Guide& guide) {
  return {std::max(guide.from, figure::from_axis(frame.x_scale, frame.axes.x.min)),
          figure::from_axis(frame.x_scale, frame.axes.x.max)};
}

/// Straight on log-log axes, which is where guides are drawn.
void draw_dashed(const Ui& ui, const ImVec2& a, const ImVec2& b, ImU32 color) {
  const float length = std::hypot(b.x - a.x, b.y - a.y);
  const auto at = [&](float along) {
    const float t = std::min(along, length) / std::max(length, 1e-6F);
    return ImVec2(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);
  };
  for (float along = 0; along < length; along += ui.px(kDash + kGap)) {
    ui.draw()->AddLine(at(along), at(along + ui.px(kDash)), color, std::max(1.0F, ui.px(1)));
  }
}

}  // namespace

void draw_guides(const Ui& ui, const PlotFrame& frame, const figure::Figure& figure) {
  const Rect& area = frame.area;
  ui.draw()->PushClipRect(ImVec2(area.x, area.y), ImVec2(area.x + area.width, area.y + area.height), true);
  for (const figure::Guide& guide : figure.guides) {
    const Stretch part = shown(frame, guide);
    if (part.to <= part.from) continue;
    const ImVec2 a(frame.x(part.from), frame.y(std::log10(guide.at(part.from))));
    const ImVec2 b(frame.x(part.to), frame.y(std::log10(guide.at(part.to))));
    draw_dashed(ui, a, b, ui.theme().secondary);
    const Font& font = ui.fonts().small;
    // Above the line's right end, clear of a line that falls towards it.
    const float rise = (b.y - a.y) * ui.width(font, guide.label) / std::max(1.0F, b.x - a.x);
    const Rect words{area.x, b.y - font.size - ui.px(6) - std::max(0.0F, rise), area.width - ui.px(4),
                     font.size};
    ui.text_in(font, words, Align::right, ui.theme().secondary, guide.label);
  }
  ui.draw()->PopClipRect();
}

void draw_pointers(const Ui& ui, const PlotFrame& frame, const figure::Figure& figure) {
  const Rect& area = frame.area;
  const float base = area.y + area.height;
  for (const figure::Mark& mark : figure.marks) {
    const float x = frame.x(mark.x);
    if (x < area.x || x > area.x + area.width) continue;
    const bool one = mark.stacks.size() == 1 && figure.marks.size() > 1;
    const ImU32 color = one ? ui.theme().stack(mark.stacks.front()) : ui.theme().text;
    const float half = ui.px(kMarkHeight) * 0.7F;
    ui.draw()->AddTriangleFilled(ImVec2(x - half, base - ui.px(kMarkHeight)),
                                 ImVec2(x + half, base - ui.px(kMarkHeight)), ImVec2(x, base), color);
    const float width = ui.width(ui.fonts().small, mark.label);
    const float left = std::clamp(x - width / 2, area.x, std::max(area.x, area.x + area.width - width));
    ui.text(ui.fonts().small, left, base - ui.px(kMarkHeight + 4) - ui.fonts().small.size, color, mark.label);
  }
}

void draw_notes(const Ui& ui, const PlotFrame& frame, const PlotData& data) {
  const figure::Figure& figure = data.figure;
  const float line = ui.px(kNote);
  const float pad = ui.px(12);
  std::vector<std::size_t> noted;
  for (std::size_t c = 0; c < figure.curves.size(); ++c) {
    if (!data.is_hidden(c) && !figure.curves[c].note.empty()) noted.push_back(c);
  }
  const float rows = static_cast<float>(noted.size()) + (figure.guides_note.empty() ? 0 : 1);
  const float labels = ui.px(kMarkHeight + 12) + ui.fonts().small.size;
  const float marks = figure.marks.empty() ? 0 : labels;  // stays clear of the marks' labels
  float y = frame.area.y + frame.area.height - frame.lane - marks - rows * line;
  for (const std::size_t c : noted) {
    const figure::Curve& curve = figure.curves[c];
    const Rect row{frame.area.x + pad, y, frame.area.width - 2 * pad, line};
    const std::string words = figure::label_of(curve) + (curve.pinned ? " " : "  ") + curve.note;
    const float width = std::min(row.width, ui.width(ui.fonts().text, words) + ui.px(40));
    ui.fill({row.x - ui.px(4), row.y, width + ui.px(4), line}, with_alpha(ui.theme().ground, 0.8F));
    draw_curve_swatch(ui, curve, {row.x, row.y, ui.px(28), line});
    ui.text_in(ui.fonts().text, {row.x + ui.px(36), row.y, row.width - ui.px(36), line}, Align::left,
               curve.pinned ? ui.theme().secondary : ui.theme().text, words);
    ui.landmark((curve.pinned ? "plot.pin." : "plot.note.") + std::to_string(curve.stack), row);
    y += line;
  }
  if (figure.guides_note.empty()) return;
  const Rect row{frame.area.x + pad, y, frame.area.width - 2 * pad, line};
  ui.text_in(ui.fonts().small, row, Align::left, ui.theme().secondary, figure.guides_note);
}

}  // namespace gradflow::ui
