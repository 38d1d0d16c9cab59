// Where the names of the theory's lines stand on paper: at the lines, as far to the right as there is room
// for them beside everything else that is drawn.
#include <algorithm>
#include <array>
#include <optional>

#include "app/figure/ink.h"
#include "app/figure/paper.h"

namespace gradflow::figure {
namespace {

constexpr double kAscent = 8, kDescent = 2;  // of a name, about its base line
constexpr double kSpace = 4.5;               // between a line and its name: a marker has room in it
constexpr double kEdge = 3;                  // kept free within the plot
constexpr double kStep = 4;                  // between the places that are tried
constexpr double kShift = 16;                // that a name may stand off a guide that is shorter

/// The area between two lines over the same x, from the left to the right, that a name must not touch by less
/// than `pad`; both are one for a line.
struct Obstacle {
  std::vector<PagePoint> top, bottom;
  double pad;
};

double y_at(const PagePoint& from, const PagePoint& to, double x) {
  if (to.x <= from.x) return from.y;
  return from.y + (to.y - from.y) * (x - from.x) / (to.x - from.x);
}

/// What the obstacle takes of y between these x, piece by piece.
std::vector<Range> taken(const Obstacle& obstacle, double left, double right) {
  std::vector<Range> pieces;
  const auto& [top, bottom, pad] = obstacle;
  for (std::size_t i = 1; i < top.size(); ++i) {
    const double from = std::max(left, top[i - 1].x);
    const double to = std::min(right, top[i].x);
    if (from > to) continue;
    const auto [high, low] =
        std::minmax({y_at(top[i - 1], top[i], from), y_at(top[i - 1], top[i], to),
                     y_at(bottom[i - 1], bottom[i], from), y_at(bottom[i - 1], bottom[i], to)});
    pieces.push_back({high, low});
  }
  return pieces;
}

bool touches(const Obstacle& obstacle, const PageBox& box) {
  const double pad = obstacle.pad;
  const std::vector<Range> pieces = taken(obstacle, box.x - pad, box.right() + pad);
  return std::any_of(pieces.begin(), pieces.end(), [&](const Range& piece) {
    return piece.min - pad < box.bottom() && piece.max + pad > box.y;
  });
}

Obstacle box_obstacle(const PageBox& box, double pad) {
  return {{{box.x, box.y}, {box.right(), box.y}}, {{box.x, box.bottom()}, {box.right(), box.bottom()}}, pad};
}

enum class Avoided : std::uint8_t { lines, bands_too };

void add_curves(const PaperFrame& frame, const Figure& figure, Avoided avoided,
                std::vector<Obstacle>* obstacles) {
  for (const Curve& curve : figure.curves) {
    const bool band = avoided == Avoided::bands_too && curve.low.size() == curve.x.size();
    Obstacle obstacle{{}, {}, marker_radius(style_of(curve)) + 1};
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
      const double x = frame.x(curve.x[i]);
      obstacle.top.push_back({x, frame.y_of(band ? curve.high[i] : curve.y[i])});
      obstacle.bottom.push_back({x, frame.y_of(band ? curve.low[i] : curve.y[i])});
    }
    obstacles->push_back(std::move(obstacle));
  }
}

std::vector<Obstacle> obstacles_of(const PaperFrame& frame, const Figure& figure, Avoided avoided) {
  std::vector<Obstacle> obstacles;
  add_curves(frame, figure, avoided, &obstacles);
  for (const Guide& guide : figure.guides) {
    if (!is_shown(figure, guide, {})) continue;
    for (const auto* side : {&guide.low, &guide.high}) {
      if (side->empty()) continue;
      const std::vector<PagePoint> line = guide_points(frame, guide, *side);
      obstacles.push_back({line, line, 1});
    }
  }
  const PageBox& area = frame.area;
  for (const Mark& mark : figure.marks) {
    obstacles.push_back(box_obstacle({frame.x(mark.x), area.y, 0, area.height}, 3));
  }
  return obstacles;
}

/// Within the plot, without the lanes that are used and what stands on the axis.
PageBox room_of(const PaperFrame& frame) {
  const double top = frame.overflow ? PaperFrame::kLane : kEdge;
  const PageBox& area = frame.area;
  return {area.x + kEdge, area.y + top, area.width - 2 * kEdge, area.height - top - PaperFrame::kLane};
}

bool holds(const PageBox& room, const PageBox& box) {
  return box.x >= room.x && box.right() <= room.right() && box.y >= room.y && box.bottom() <= room.bottom();
}

/// Where the name could stand over this stretch, the better first: above the guide and below it.
std::array<PageBox, 2> beside(const PaperFrame& frame, const Guide& guide, double left, double width) {
  constexpr double kHeight = kAscent + kDescent;
  const std::vector<PagePoint> low = guide_points(frame, guide, guide.low);
  const std::vector<PagePoint> high = guide.is_band() ? guide_points(frame, guide, guide.high) : low;
  Range y{1e9, -1e9};
  for (const Range& piece : taken({high, low, 0}, left, left + width))
    y = {std::min(y.min, piece.min), std::max(y.max, piece.max)};
  const PageBox above{left, y.min - kSpace - kHeight, width, kHeight};
  const PageBox below{left, y.max + kSpace, width, kHeight};
  return guide.label_below ? std::array{below, above} : std::array{above, below};
}

std::optional<PageBox> place_of(const PaperFrame& frame, const Guide& guide, double width,
                                const std::vector<Obstacle>& obstacles) {
  const std::vector<PagePoint> line = guide_points(frame, guide, guide.low);
  if (line.size() < 2) return std::nullopt;
  const PageBox room = room_of(frame);
  const double right = std::min(room.right(), line.back().x);
  const double end = std::max(room.x, right - width);
  const double last = std::max(room.x, std::min(line.front().x, end - kShift));  // of a short guide, too
  for (double left = end; left >= last; left -= kStep) {
    for (const PageBox& box : beside(frame, guide, left, width)) {
      const bool free = std::none_of(obstacles.begin(), obstacles.end(),
                                     [&](const Obstacle& obstacle) { return touches(obstacle, box); });
      if (free && holds(room, box)) return box;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<GuideName> guide_names(Typeface* typeface, const PaperFrame& frame, const Figure& figure) {
  std::vector<GuideName> names;
  std::vector<Obstacle> boxes;  // of the names
  for (std::size_t g = 0; g < figure.guides.size(); ++g) {
    const Guide& guide = figure.guides[g];
    if (!is_shown(figure, guide, {})) continue;
    const double width = typeface->width(guide.label, Ink::kSmall);
    for (const Avoided avoided : {Avoided::bands_too, Avoided::lines}) {
      std::vector<Obstacle> obstacles = obstacles_of(frame, figure, avoided);
      obstacles.insert(obstacles.end(), boxes.begin(), boxes.end());
      const auto box = place_of(frame, guide, width, obstacles);
      if (!box) continue;
      names.push_back({g, {box->x, box->y + kAscent}});
      boxes.push_back(box_obstacle(*box, kEdge));
      break;
    }
  }
  return names;
}

}  // namespace gradflow::figure
