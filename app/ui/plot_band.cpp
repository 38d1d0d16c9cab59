// The band about a curve, seeds' 10th to 90th percentile, a quadrilateral between two points. Its ends lie in
// the lanes where they have no place on the axis.
#include <algorithm>

#include "app/ui/plot.h"

namespace gradflow::ui {
namespace {

constexpr float kAlpha = 0.22F;
constexpr float kFar = 1e5F;  // pixels; beyond, coordinates lose the fractions of a pixel

ImVec2 corner(const PlotFrame& frame, double x, double y) {
  return {std::clamp(frame.x(x), -kFar, kFar), std::clamp(frame.y_of(y), -kFar, kFar)};
}

}  // namespace

void draw_band(const Ui& ui, const PlotFrame& frame, const figure::Curve& curve, ImU32 color) {
  if (curve.low.size() != curve.x.size()) return;
  ImDrawList* list = ui.draw();
  const ImU32 fill = with_alpha(color, kAlpha);
  const ImDrawListFlags before = list->Flags;
  list->Flags &= ~ImDrawListFlags_AntiAliasedFill;  // its fringes would show as seams
  for (std::size_t i = 1; i < curve.x.size(); ++i) {
    list->AddQuadFilled(corner(frame, curve.x[i - 1], curve.high[i - 1]),
                        corner(frame, curve.x[i], curve.high[i]), corner(frame, curve.x[i], curve.low[i]),
                        corner(frame, curve.x[i - 1], curve.low[i - 1]), fill);
  }
  list->Flags = before;
}

}  // namespace gradflow::ui
