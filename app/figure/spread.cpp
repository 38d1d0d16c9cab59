#include "app/figure/spread.h"

#include <algorithm>
#include <numeric>

namespace gradflow::figure {
namespace {

/// Neighbours that touch: they stand `spacing` apart and share one shift, the mean of what they want.
struct Cluster {
  std::size_t first, count;
  double sum;  // of the shifts that its members want
  double shift() const { return sum / static_cast<double>(count); }
};

}  // namespace

/// The least sum of squared moves (isotonic regression): whoever stands k-th is shifted from k times the
/// spacing, shifts must not fall, and neighbours whose shifts would are pooled.
std::vector<double> spread(const std::vector<double>& wanted, double spacing, const Range& room) {
  const std::size_t count = wanted.size();
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
  if (count > 1) spacing = std::min(spacing, room.length() / static_cast<double>(count - 1));
  const auto place = [&](std::size_t k) { return spacing * static_cast<double>(k); };
  std::vector<Cluster> clusters;
  for (std::size_t k = 0; k < count; ++k) {
    clusters.push_back({k, 1, wanted[order[k]] - place(k)});
    while (clusters.size() > 1 && clusters.end()[-2].shift() > clusters.back().shift()) {
      clusters.end()[-2].sum += clusters.back().sum;
      clusters.end()[-2].count += clusters.back().count;
      clusters.pop_back();
    }
  }
  std::vector<double> places(count);
  for (const Cluster& cluster : clusters) {
    const double most = room.max - place(count - 1);
    const double shift = std::clamp(cluster.shift(), room.min, std::max(room.min, most));
    for (std::size_t k = cluster.first; k < cluster.first + cluster.count; ++k) {
      places[order[k]] = shift + place(k);
    }
  }
  return places;
}

}  // namespace gradflow::figure
