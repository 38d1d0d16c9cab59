// The names of curves at their right ends, where several curves are one stack's.
#include <algorithm>
#include <array>

#include "app/figure/ink.h"
#include "app/figure/paper.h"
#include "app/figure/spread.h"

namespace gradflow::figure {
namespace {

constexpr double kLeader = 16, kLine = 11;
constexpr double kBaseLine = 0.36;
constexpr double kLongest = 150;  // of a name

std::string words_of(Typeface* typeface, const Curve& curve) {
  return cut(typeface, curve.name, Ink::kSmall, kLongest);
}

}  // namespace

PageBox ends_room(Typeface* typeface, const Figure& figure) {
  double widest = 0;
  std::size_t count = 0;
  for (const Curve& curve : figure.curves) {
    if (!curve.style) continue;
    widest = std::max(widest, typeface->width(words_of(typeface, curve), Ink::kSmall));
    ++count;
  }
  if (count == 0) return {};
  return {0, 0, kLeader + Ink::kSwatch + widest, kLine * static_cast<double>(count)};
}

void draw_ends(Canvas* canvas, Typeface* typeface, const PaperFrame& frame, const Figure& figure) {
  const PageBox& area = frame.area;
  std::vector<const Curve*> curves;
  std::vector<double> wanted;
  for (const Curve& curve : figure.curves) {
    if (!curve.style || curve.y.empty()) continue;
    curves.push_back(&curve);
    wanted.push_back(frame.y_of(curve.y.back()));
  }
  const Range room{area.y + kLine / 2, area.bottom() - kLine / 2};
  const std::vector<double> places = spread(wanted, kLine, room);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const StackStyle& style = style_of(*curves[i]);
    const double left = area.right() + kLeader;
    const PagePoint end{frame.x(curves[i]->x.back()), wanted[i]};
    canvas->line(std::array<PagePoint, 2>{{{end.x + 4, end.y}, {left - 3, places[i]}}},
                 {style.on_light, Ink::kHair});
    draw_swatch(canvas, style, {left, places[i]});
    canvas->text({left + Ink::kSwatch, places[i] + kBaseLine * Ink::kSmall}, words_of(typeface, *curves[i]),
                 {Ink::kSmall, Ink::kText});
  }
}

}  // namespace gradflow::figure
