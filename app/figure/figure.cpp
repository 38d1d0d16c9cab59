#include "app/figure/figure.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "app/figure/axis.h"

namespace gradflow::figure {

namespace {

Rgb half_grey(const Rgb& color, const Rgb& grey) {
  const auto mean = [](int left, int right) { return static_cast<std::uint8_t>((left + right) / 2); };
  return {mean(color.r, grey.r), mean(color.g, grey.g), mean(color.b, grey.b)};
}

std::array<StackStyle, kStackStyles.size()> ghost_styles() {
  constexpr Rgb kOnDark{0x6B, 0x77, 0x83}, kOnLight{0x9A, 0xA7, 0xB4};
  auto ghosts = kStackStyles;
  for (StackStyle& ghost : ghosts) {
    ghost = {half_grey(ghost.on_dark, kOnDark), half_grey(ghost.on_light, kOnLight), ghost.dash, Marker::none,
             Stroke::thin};
  }
  return ghosts;
}

}  // namespace

const StackStyle& ghost_style(std::size_t stack) {
  static const auto ghosts = ghost_styles();
  return ghosts[stack % ghosts.size()];
}

const StackStyle& style_of(const Curve& curve) {
  if (curve.pinned) return ghost_style(curve.stack);
  return curve.style ? *curve.style : stack_style(curve.stack);
}

std::optional<double> value_at(const Curve& curve, double x) { return value_at(curve, curve.y, x); }

std::optional<double> value_at(const Curve& curve, const std::vector<double>& side, double x) {
  const auto place = std::lower_bound(curve.x.begin(), curve.x.end(), x);
  if (place == curve.x.end() || *place != x) return std::nullopt;
  return side[static_cast<std::size_t>(place - curve.x.begin())];
}

bool is_shown(const Figure& figure, const Guide& guide, const std::vector<bool>& hidden) {
  for (std::size_t c = 0; c < figure.curves.size(); ++c) {
    const bool shown = c >= hidden.size() || !hidden[c];
    const std::size_t stack = figure.curves[c].stack;
    if (shown && std::find(guide.stacks.begin(), guide.stacks.end(), stack) != guide.stacks.end()) {
      return true;
    }
  }
  return false;
}

std::optional<double> guide_at(const Figure& figure, const Guide& guide, const std::vector<double>& side,
                               double x) {
  const auto right = std::lower_bound(guide.x.begin(), guide.x.end(), x);
  if (right == guide.x.end()) return std::nullopt;
  const auto r = static_cast<std::size_t>(right - guide.x.begin());
  if (*right == x) return side.at(r);
  if (r == 0) return std::nullopt;
  const auto along = [&](double value) { return on_axis(figure.x_scale, value); };
  const double part = (along(x) - along(guide.x[r - 1])) / (along(guide.x[r]) - along(guide.x[r - 1]));
  const Range rise{on_axis(figure.y_scale, side.at(r - 1)), on_axis(figure.y_scale, side.at(r))};
  return from_axis(figure.y_scale, rise.at(part));
}

}  // namespace gradflow::figure
