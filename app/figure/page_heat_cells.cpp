// The cells of a heat map on paper. Neighbours that look alike are one rectangle, and where several layers
// share a column one stands for them (pooled()), so that no stack is too deep to draw.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "app/figure/ink.h"
#include "app/figure/page_heat.h"
#include "app/figure/viridis.h"

namespace gradflow::figure {
namespace {

constexpr double kHatch = 4, kHatchPen = 0.6;
constexpr double kUnder = 0.3;   // that a cell reaches under its neighbours, so that no viewer shows a seam
constexpr double kShades = 255;  // that colours are rounded to, so that neighbours can be one

/// Lines that rise to the right, on one grid for the whole page, so that patterns join.
void hatch_up(Canvas* canvas, const PageBox& box, Rgb color) {
  const double end = box.right() + box.bottom();
  for (double c = std::ceil((box.x + box.y) / kHatch) * kHatch; c < end; c += kHatch) {
    const double a = std::max(box.x, c - box.bottom());
    const double b = std::min(box.right(), c - box.y);
    canvas->line(std::array<PagePoint, 2>{{{a, c - a}, {b, c - b}}}, {color, kHatchPen});
  }
}

void hatch_down(Canvas* canvas, const PageBox& box, Rgb color) {
  const double end = box.right() - box.y;
  for (double c = std::ceil((box.x - box.bottom()) / kHatch) * kHatch; c < end; c += kHatch) {
    const double a = std::max(box.x, c + box.y);
    const double b = std::min(box.right(), c + box.bottom());
    canvas->line(std::array<PagePoint, 2>{{{a, a - c}, {b, b - c}}}, {color, kHatchPen});
  }
}

struct Look {
  std::optional<Lane> lane;  // of what is there
  Rgb color = {};
  friend bool operator==(const Look&, const Look&) = default;
};

Look look_of(const Range& decades, const HeatCell& cell) {
  if (!cell) return {};
  const Lane lane = lane_of(*cell);
  if (lane != Lane::data) return {lane};
  const double fraction = std::clamp(decades.fraction(std::log10(*cell)), 0.0, 1.0);
  return {lane, viridis(std::round(fraction * kShades) / kShades)};
}

struct Run {
  Look look;
  int first, last;  // columns, without `last`
};

std::vector<Run> runs_of(const HeatMap& map, std::size_t panel, int row, const Range& decades, int columns) {
  const int layers = map.panels[panel].layers;
  const auto layer_of = [&](int column) {
    return static_cast<int>(static_cast<long>(column) * layers / columns);
  };
  std::vector<Run> runs;
  for (int column = 0; column < columns; ++column) {
    const Look look = look_of(decades, pooled(map, panel, row, layer_of(column), layer_of(column + 1)));
    if (runs.empty() || !(runs.back().look == look)) runs.push_back({look, column, column});
    runs.back().last = column + 1;
  }
  return runs;
}

}  // namespace

int heat_columns(const PageBox& panel, int layers) {
  return std::min(layers, std::max(1, static_cast<int>(panel.width)));
}

void draw_pattern(Canvas* canvas, const PageBox& place, Lane lane) {
  const bool zero = lane == Lane::underflow;
  canvas->rectangle(place, zero ? Ink::kLane : Ink::kBad);
  hatch_up(canvas, place, zero ? Ink::kBad : Ink::kGround);
  if (!zero) hatch_down(canvas, place, Ink::kGround);
}

void draw_cells(Canvas* canvas, const HeatMap& map, std::size_t panel, const Range& decades,
                const PageBox& place) {
  const int columns = heat_columns(place, map.panels[panel].layers);
  const int rows = static_cast<int>(map.rows.size());
  const double width = place.width / columns;
  const double height = place.height / std::max(1, rows);
  for (int row = 0; row < rows; ++row) {
    for (const Run& run : runs_of(map, panel, row, decades, columns)) {
      if (!run.look.lane) continue;
      PageBox box{place.x + run.first * width, place.y + row * height, (run.last - run.first) * width,
                  height};
      if (*run.look.lane != Lane::data) {
        draw_pattern(canvas, box, *run.look.lane);
        continue;
      }
      if (run.last < columns) box.width += kUnder;
      if (row + 1 < rows) box.height += kUnder;
      canvas->rectangle(box, run.look.color);
    }
  }
}

}  // namespace gradflow::figure
