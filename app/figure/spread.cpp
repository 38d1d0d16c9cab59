#include "app/figure/spread.h"

#include <algorithm>
#include <numeric>

namespace gradflow::figure {

std::vector<double> spread(const std::vector<double>& wanted, double spacing, const Range& room) {
  const std::size_t count = wanted.size();
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
  if (count > 1) spacing = std::min(spacing, room.length() / static_cast<double>(count - 1));
  std::vector<double> places(count);
  double least = room.min;
  for (const std::size_t i : order) {
    places[i] = std::max(wanted[i], least);
    least = places[i] + spacing;
  }
  double most = room.max;
  for (std::size_t k = count; k-- > 0;) {
    places[order[k]] = std::min(places[order[k]], most);
    most = places[order[k]] - spacing;
  }
  return places;
}

}  // namespace gradflow::figure
