// The names of curves at their right ends, where several curves are one stack's: what is read first and
// clicked to take a curve out.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "app/figure/spread.h"
#include "app/ui/glyphs.h"
#include "app/ui/plot.h"

namespace gradflow::ui {
namespace {

constexpr float kLeader = 20, kSwatch = 24, kLine = 18, kPad = 4;

/// Where the curve leaves the area on the right, or ends.
float end_of(const PlotFrame& frame, const figure::Curve& curve) {
  const Rect& area = frame.area;
  float y = area.y + area.height;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if (i > 0 && frame.x(curve.x[i]) > area.x + area.width + 1) break;
    y = frame.y_of(curve.y[i]);
  }
  return std::clamp(y, area.y, area.y + area.height);
}

/// The middle of each label; those of hidden curves gather below the others.
std::vector<double> places_of(const Ui& ui, const PlotFrame& frame, const PlotData& data) {
  std::vector<double> wanted;
  for (std::size_t c = 0; c < data.figure.curves.size(); ++c) {
    const float bottom = frame.area.y + frame.area.height;
    wanted.push_back(double(data.is_hidden(c) ? bottom + 1 : end_of(frame, data.figure.curves[c])));
  }
  const double half = double(ui.px(kLine)) / 2;
  return figure::spread(wanted, 2 * half,
                        {double(frame.area.y) + half, double(frame.area.y + frame.area.height) - half});
}

}  // namespace

float ends_width(const Ui& ui, const figure::Figure& figure) {
  float widest = 0;
  for (const figure::Curve& curve : figure.curves) {
    if (curve.style) widest = std::max(widest, ui.width(ui.fonts().small, curve.name));
  }
  return widest > 0 ? widest + ui.px(kLeader + kSwatch + 3 * kPad) : 0;
}

std::optional<std::size_t> draw_ends(const Ui& ui, const std::string& name, const PlotFrame& frame,
                                     const PlotData& data) {
  std::optional<std::size_t> clicked;
  const std::vector<double> places = places_of(ui, frame, data);
  const Theme& theme = ui.theme();
  const float edge = frame.area.x + frame.area.width;
  for (std::size_t c = 0; c < data.figure.curves.size(); ++c) {
    const figure::Curve& curve = data.figure.curves[c];
    if (!curve.style) continue;
    const bool hidden = data.is_hidden(c);
    const ImU32 color = hidden ? theme.control_hovered : theme.color(*curve.style);
    const auto y = static_cast<float>(places[c]);
    const Rect label{edge + ui.px(kLeader), std::round(y - ui.px(kLine) / 2),
                     ends_width(ui, data.figure) - ui.px(kLeader), ui.px(kLine)};
    const Hit hit = ui.control(name + ".curve." + std::to_string(c), label,
                               tr("Click: hide this weight. Again: show it alone. Again: show all."));
    if (hit.clicked) clicked = c;
    if (hit.hovered) ui.fill(label, theme.control);
    if (!hidden) {
      ui.draw()->AddLine(ImVec2(edge + ui.px(6), end_of(frame, curve)), ImVec2(label.x, y), color,
                         std::max(1.0F, ui.px(1)));
    }
    draw_swatch(ui, *curve.style, {label.x + ui.px(kPad), label.y, ui.px(kSwatch), label.height}, color);
    const Rect words{label.x + ui.px(kSwatch + 2 * kPad), label.y, label.width - ui.px(kSwatch + 2 * kPad),
                     label.height};
    ui.text_in(ui.fonts().small, words, Align::left, hidden ? theme.secondary : theme.text, curve.name);
    if (hidden) {
      ui.draw()->AddLine(ImVec2(words.x, y), ImVec2(words.x + words.width - ui.px(kPad), y), theme.secondary,
                         ui.px(1));
    }
  }
  return clicked;
}

}  // namespace gradflow::ui
