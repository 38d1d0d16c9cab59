#include "app/ui/slider.h"

#include <algorithm>
#include <cmath>

#include "app/ui/compat.h"

namespace gradflow::ui {
namespace {

constexpr float kHandle = 8;  // radius

/// The value that the keys lead to.
double keyed(double value, const SliderRange& range) {
  if (compat::pressed(Key::right) || compat::pressed(Key::up)) return range.snapped(value + range.step);
  if (compat::pressed(Key::left) || compat::pressed(Key::down)) return range.snapped(value - range.step);
  if (compat::pressed(Key::home)) return range.least;
  if (compat::pressed(Key::end)) return range.most;
  return value;
}

}  // namespace

double SliderRange::snapped(double value) const {
  return std::clamp(least + std::round((value - least) / step) * step, least, most);
}

std::optional<double> slider(const Ui& ui, const std::string& name, const Rect& rect, double value,
                             const SliderRange& range, std::string_view tip) {
  const float radius = ui.px(kHandle);
  const Track x{range.least, range.most, rect.x + radius, rect.x + rect.width - radius};
  const Hit hit = ui.control(name, rect, tip, x);
  double next = value;
  if (hit.held) next = range.snapped(x.value_of(ImGui::GetIO().MousePos.x));
  if (hit.focused && ui.keys_free()) next = keyed(next, range);
  const float y = std::round(rect.center_y());
  const float half = ui.px(2);
  const float at = x.x_of(std::clamp(next, range.least, range.most));
  const Theme& theme = ui.theme();
  ui.fill({x.x0, y - half, x.x1 - x.x0, 2 * half}, theme.control_hovered, 2);
  ui.fill({x.x0, y - half, at - x.x0, 2 * half}, theme.secondary, 2);
  ui.draw()->AddCircleFilled(ImVec2(at, y), hit.hovered || hit.held ? radius : radius - ui.px(1), theme.text,
                             24);
  return next == value ? std::nullopt : std::optional(next);
}

}  // namespace gradflow::ui
