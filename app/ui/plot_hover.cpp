// The crosshair: one x, every curve's point there, and beside it the box with the numbers.
#include <algorithm>
#include <cmath>

#include "app/figure/readings.h"
#include "app/ui/glyphs.h"
#include "app/ui/hover_box.h"
#include "app/ui/plot.h"

namespace gradflow::ui {

void draw_crosshair(const Ui& ui, const PlotFrame& frame, const PlotData& data, int x, float mouse_y) {
  const Rect& area = frame.area;
  const float at = frame.x(x);
  if (at < area.x - 1 || at > area.x + area.width + 1) return;
  ImDrawList* list = ui.draw();
  list->AddLine(ImVec2(at, area.y), ImVec2(at, area.y + area.height), ui.theme().secondary,
                std::max(1.0F, ui.px(1)));
  for (std::size_t c = 0; c < data.figure.curves.size(); ++c) {
    const figure::Curve& curve = data.figure.curves[c];
    const auto value = figure::value_at(curve, x);
    if (data.is_hidden(c) || !value) continue;
    const figure::StackStyle& style = figure::style_of(curve);
    const float y = std::clamp(frame.y_of(*value), area.y, area.y + area.height);
    draw_marker(list, style.marker, at, y, ui.px(8), ui.theme().ground);
    draw_marker(list, style.marker, at, y, ui.px(6), ui.theme().color(style));
  }
  draw_hover_box(ui, area, {at, mouse_y, 0, 0}, Placing::beside,
                 figure::readings_at(data.figure, data.hidden, x));
}

}  // namespace gradflow::ui
