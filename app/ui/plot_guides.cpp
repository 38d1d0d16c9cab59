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
constexpr float kBand = 0.12F;        // opacity
constexpr float kNote = 22;           // height of a line
constexpr float kMarkHeight = 7;

/// A dashed line through points; the dashes run on over the corners.
class Dashes {
 public:
  Dashes(const Ui& ui, ImU32 color) : ui_(ui), color_(color) {}

  void to(const ImVec2& point) {
    if (!begun_) before_ = point;
    begun_ = true;
    const float length = std::hypot(point.x - before_.x, point.y - before_.y);
    if (length < ui_.px(2)) return;
    const float period = ui_.px(kDash + kGap);
    for (float start = -std::fmod(along_, period); start < length; start += period) {
      draw(point, std::max(0.0F, start) / length, std::min(length, start + ui_.px(kDash)) / length);
    }
    along_ += length;
    before_ = point;
  }

 private:
  void draw(const ImVec2& point, float from, float to) const {
    if (to <= from) return;
    const auto at = [&](float part) {
      return ImVec2(before_.x + (point.x - before_.x) * part, before_.y + (point.y - before_.y) * part);
    };
    ui_.draw()->AddLine(at(from), at(to), color_, std::max(1.0F, ui_.px(1)));
  }

  const Ui& ui_;
  ImU32 color_;
  ImVec2 before_{0, 0};
  float along_ = 0;
  bool begun_ = false;
};

/// The samples that the axes show and one beyond on either side, a pixel apart at least.
std::vector<std::size_t> shown_samples(const PlotFrame& frame, const figure::Guide& guide) {
  const Rect& area = frame.area;
  std::vector<std::size_t> samples;
  for (std::size_t i = 0; i < guide.x.size(); ++i) {
    const float x = frame.x(guide.x[i]);
    const bool first_inside = samples.empty() && i + 1 < guide.x.size() && frame.x(guide.x[i + 1]) < area.x;
    if (first_inside) continue;
    const bool last = i + 1 == guide.x.size();
    if (!samples.empty() && !last && x - frame.x(guide.x[samples.back()]) < 1) continue;
    samples.push_back(i);
    if (x > area.x + area.width) break;
  }
  return samples;
}

/// Without anti-aliasing, so that no seam shows between the parts.
void fill_band(const Ui& ui, const std::vector<ImVec2>& low, const std::vector<ImVec2>& high) {
  ImDrawList* list = ui.draw();
  const ImDrawListFlags flags = list->Flags;
  list->Flags &= ~ImDrawListFlags_AntiAliasedFill;
  const ImU32 color = with_alpha(ui.theme().secondary, kBand);
  for (std::size_t i = 1; i < low.size(); ++i) {
    list->AddQuadFilled(low[i - 1], high[i - 1], high[i], low[i], color);
  }
  list->Flags = flags;
}

ImVec2 cut_at(const ImVec2& inside, const ImVec2& outside, float x) {
  const float part = (x - inside.x) / (outside.x - inside.x);
  return {x, inside.y + (outside.y - inside.y) * part};
}

/// In pixels; what reaches beyond the area on the left or right is cut off there.
std::vector<ImVec2> points_of(const PlotFrame& frame, const figure::Guide& guide,
                              const std::vector<double>& side) {
  std::vector<ImVec2> points;
  for (const std::size_t i : shown_samples(frame, guide)) {
    points.emplace_back(frame.x(guide.x[i]), frame.y_of(side[i]));
  }
  const float left = frame.area.x;
  const float right = left + frame.area.width;
  if (points.size() < 2 || points.back().x <= left || points.front().x >= right) return {};
  if (points.front().x < left) points.front() = cut_at(points[1], points[0], left);
  const std::size_t last = points.size() - 1;
  if (points[last].x > right) points[last] = cut_at(points[last - 1], points[last], right);
  return points;
}

/// At the right end of the line; above it, clear of one that falls towards it.
void draw_label(const Ui& ui, const PlotFrame& frame, const std::vector<ImVec2>& line,
                const figure::Guide& guide) {
  const Font& font = ui.fonts().small;
  const float width = ui.width(font, guide.label);
  const float right = std::min(frame.area.x + frame.area.width - ui.px(4), line.back().x);
  const float left = std::max(frame.area.x, right - width);
  if (guide.label_below) {
    ui.text(font, left, line.back().y + ui.px(8), ui.theme().secondary, guide.label);
    return;
  }
  float top = line.back().y;
  for (const ImVec2& point : line) {
    if (point.x >= right - width) top = std::min(top, point.y);
  }
  if (line.size() > 1) {  // between the samples, too
    const ImVec2& before = line[line.size() - 2];
    const float rise = (line.back().y - before.y) / std::max(1.0F, line.back().x - before.x);
    top = std::min(top, line.back().y - rise * std::min(width, line.back().x - before.x));
  }
  const float y = std::max(frame.area.y + ui.px(4), top - font.size - ui.px(6));
  ui.text(font, left, y, ui.theme().secondary, guide.label);
}

}  // namespace

void draw_guides(const Ui& ui, const PlotFrame& frame, const PlotData& data) {
  const Rect& area = frame.area;
  ui.draw()->PushClipRect(ImVec2(area.x, area.y), ImVec2(area.x + area.width, area.y + area.height), true);
  for (const figure::Guide& guide : data.figure.guides) {
    if (!figure::is_shown(data.figure, guide, data.hidden)) continue;
    const std::vector<ImVec2> low = points_of(frame, guide, guide.low);
    const std::vector<ImVec2> high = guide.is_band() ? points_of(frame, guide, guide.high) : low;
    if (low.size() < 2) continue;
    if (guide.is_band()) fill_band(ui, low, high);
    for (const auto* line : {&low, &high}) {
      Dashes dashes(ui, ui.theme().secondary);
      for (const ImVec2& point : *line) dashes.to(point);
      if (!guide.is_band()) break;
    }
    draw_label(ui, frame, high, guide);
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

float draw_notes(const Ui& ui, const Rect& place, const PlotData& data) {
  const float line = ui.px(kNote);
  const float swatch = ui.px(36);
  float x = place.x;
  float y = place.y;
  for (std::size_t c = 0; c < data.figure.curves.size(); ++c) {
    const figure::Curve& curve = data.figure.curves[c];
    if (data.is_hidden(c) || curve.note.empty()) continue;
    const std::string words = figure::label_of(curve) + (curve.pinned ? " " : "  ") + curve.note;
    const float width = std::min(place.width, swatch + ui.width(ui.fonts().text, words));
    if (x > place.x && x + width > place.x + place.width) {
      x = place.x;
      y += line;
    }
    const Rect row{x, y, width, line};
    const figure::StackStyle& style = figure::style_of(curve);
    draw_swatch(ui, style, {row.x, row.y, ui.px(28), line}, ui.theme().color(style));
    ui.text_in(ui.fonts().text, {row.x + swatch, row.y, row.width - swatch, line}, Align::left,
               curve.pinned ? ui.theme().secondary : ui.theme().text, words);
    ui.landmark((curve.pinned ? "plot.pin." : "plot.note.") + std::to_string(curve.stack), row);
    x += width + ui.px(24);
  }
  return x > place.x ? y + line - place.y : 0;
}

}  // namespace gradflow::ui
