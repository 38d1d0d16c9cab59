#include "app/ui/plot_view.h"

#include <algorithm>

namespace gradflow::ui {
namespace {

using figure::Range;

constexpr float kShrinkSeconds = 0.15F;
constexpr double kMinLength = 1e-3, kMaxLength = 1e5;  // of an axis, in layers or decades

Range between(const Range& from, const Range& to, double amount) {
  return {from.min + (to.min - from.min) * amount, from.max + (to.max - from.max) * amount};
}

Range zoomed(const Range& range, double fraction, double factor) {
  const double length = std::clamp(range.length() * factor, kMinLength, kMaxLength);
  const double still = range.at(fraction);
  return {still - fraction * length, still + (1 - fraction) * length};
}

bool holds(const PlotView::Axes& outer, const PlotView::Axes& inner) {
  return figure::hull(outer.x, inner.x) == outer.x && figure::hull(outer.y, inner.y) == outer.y;
}

}  // namespace

void PlotView::follow(const Axes& fitted, Hand hand, float seconds, Motion motion) {
  moving_ = false;
  if (by_hand_) return;
  if (!started_) {
    axes_ = from_ = goal_ = fitted;
    started_ = true;
    return;
  }
  if (!holds(axes_, fitted)) {
    axes_ = {figure::hull(axes_.x, fitted.x), figure::hull(axes_.y, fitted.y)};
    from_ = axes_;
    progress_ = 0;
  }
  if (hand == Hand::busy || axes_ == fitted) {
    from_ = axes_;
    goal_ = fitted;
    progress_ = 0;
    return;
  }
  if (!(goal_ == fitted)) {
    from_ = axes_;
    goal_ = fitted;
    progress_ = 0;
  }
  progress_ = motion == Motion::reduced ? 1 : std::min(1.0F, progress_ + seconds / kShrinkSeconds);
  const double eased = 1 - (1 - double(progress_)) * (1 - double(progress_));
  axes_ = progress_ >= 1 ? goal_ : Axes{between(from_.x, goal_.x, eased), between(from_.y, goal_.y, eased)};
  moving_ = progress_ < 1;
}

void PlotView::zoom(double x_fraction, double y_fraction, double factor) {
  axes_ = {zoomed(axes_.x, x_fraction, factor), zoomed(axes_.y, y_fraction, factor)};
  by_hand_ = true;
}

void PlotView::pan(double x_fraction, double y_fraction) {
  const double dx = x_fraction * axes_.x.length();
  const double dy = y_fraction * axes_.y.length();
  axes_ = {{axes_.x.min - dx, axes_.x.max - dx}, {axes_.y.min - dy, axes_.y.max - dy}};
  by_hand_ = true;
}

}  // namespace gradflow::ui
