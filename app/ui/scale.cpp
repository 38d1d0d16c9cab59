#include "app/ui/scale.h"

#include <algorithm>
#include <cmath>

namespace gradflow::ui {
namespace {

constexpr float kPresenterZoom = 1.4F;  // 20 px becomes the 28 px of a verdict in a lecture hall
constexpr float kLeastWidth = 800;      // what the full layout needs at scale 1
constexpr float kLeastPresenterWidth = 560;
constexpr float kLeastLessonWidth = 1280;
constexpr float kLeastHeight = 520;
constexpr float kMostWidth = 2560;  // from here on everything grows with the window
constexpr float kMostHeight = 1440;
constexpr float kStep = 0.125F;
constexpr float kLeastScale = 0.5F;  // below, letters are no letters any more

float stepped(float scale) { return std::floor(scale / kStep) * kStep; }

}  // namespace

float drawn_scale(float base, float zoom, Layout layout, float width, float height) {
  const float wanted = zoom * (layout == Layout::full ? 1 : kPresenterZoom);
  if (width <= 0 || height <= 0) return base * wanted;
  const float grown = std::max(base, stepped(std::min(width / kMostWidth, height / kMostHeight)));
  const float least = layout == Layout::full        ? kLeastWidth
                      : layout == Layout::presenter ? kLeastPresenterWidth
                                                    : kLeastLessonWidth;
  const float fitting = std::max(kLeastScale, stepped(std::min(width / least, height / kLeastHeight)));
  return std::min(grown * wanted, fitting);
}

}  // namespace gradflow::ui
