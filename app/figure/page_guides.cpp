// What the plot on paper says beside its curves: the theory's lines and bands, the depths that are pointed
// at.
#include <algorithm>
#include <array>

#include "app/figure/ink.h"
#include "app/figure/paper.h"

namespace gradflow::figure {
namespace {

constexpr double kTriangle = 5;

/// Where labels of these widths begin, as near to the middle of their places as they can without touching
/// each other or the ends.
std::vector<double> left_ends(const std::vector<double>& places, const std::vector<double>& widths,
                              Range room) {
  constexpr double kSpace = 6;
  std::vector<double> lefts;
  double free = room.min;
  for (std::size_t i = 0; i < places.size(); ++i) {
    lefts.push_back(std::max(free, places[i] - widths[i] / 2));
    free = lefts[i] + widths[i] + kSpace;
  }
  free = room.max;
  for (std::size_t i = places.size(); i-- > 0;) {
    lefts[i] = std::min(lefts[i], free - widths[i]);
    free = lefts[i] - kSpace;
  }
  return lefts;
}

}  // namespace

std::vector<PagePoint> guide_points(const PaperFrame& frame, const Guide& guide,
                                    const std::vector<double>& side) {
  std::vector<PagePoint> points;
  for (std::size_t i = 0; i < guide.x.size(); ++i) {
    const double x = frame.x(guide.x[i]);
    if (x >= frame.area.x && x <= frame.area.right()) points.push_back({x, frame.y_of(side.at(i))});
  }
  return points;
}

void draw_guides(Canvas* canvas, const PaperFrame& frame, const Figure& figure) {
  for (std::size_t i = 0; i < figure.guides.size(); ++i) {
    const Guide& guide = figure.guides[i];
    if (!is_shown(figure, guide, {})) continue;
    const std::vector<PagePoint> low = guide_points(frame, guide, guide.low);
    if (low.size() < 2) continue;
    canvas->line(low, guide_pen(i));
    if (!guide.is_band()) continue;
    std::vector<PagePoint> outline = guide_points(frame, guide, guide.high);
    canvas->line(outline, guide_pen(i));
    outline.insert(outline.end(), low.rbegin(), low.rend());
    canvas->polygon(outline, {Ink::kSecondary, Ink::kTheory});
  }
}

void draw_pointers(Canvas* canvas, Typeface* typeface, const PaperFrame& frame, const Figure& figure) {
  const PageBox& area = frame.area;
  std::vector<Mark> marks = figure.marks;
  std::sort(marks.begin(), marks.end(), [](const Mark& left, const Mark& right) { return left.x < right.x; });
  std::vector<double> places, widths;
  for (const Mark& mark : marks) {
    places.push_back(frame.x(mark.x));
    widths.push_back(typeface->width(mark.label, Ink::kSmall));
  }
  const std::vector<double> lefts = left_ends(places, widths, {area.x, area.right()});
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const double x = places[i];
    const bool one = marks[i].stacks.size() == 1 && marks.size() > 1;
    const Rgb color = one ? stack_style(marks[i].stacks.front()).on_light : Ink::kText;
    canvas->line(std::array<PagePoint, 2>{{{x, area.y}, {x, area.bottom()}}}, {color, Ink::kHair, {1, 2}});
    const double tip = area.bottom() - kTriangle;
    canvas->polygon(
        std::array<PagePoint, 3>{
            {{x - kTriangle * 0.7, tip}, {x + kTriangle * 0.7, tip}, {x, area.bottom()}}},
        color);
    canvas->text({lefts[i], area.y - 3}, marks[i].label, {Ink::kSmall, color});
  }
}

}  // namespace gradflow::figure
