#include "core/analysis/band.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace gradflow {
namespace {

constexpr double kLow = 0.1, kHigh = 0.9;

bool before(double left, double right) {
  if (std::isnan(left)) return false;
  return std::isnan(right) || left < right;
}

struct Band {
  Series mean, low, high;
};

Band empty_band(const Series& series) {
  const auto part = [&](std::string_view prefix) {
    return Series{std::string(prefix) + series.quantity, series.layers, {}};
  };
  return {part(kBandMean), part(kBandLow), part(kBandHigh)};
}

using Seeds = std::vector<const StackReport*>;

Band band_of(const Seeds& seeds, std::size_t place) {
  const Series& first = seeds.front()->series[place];
  Band band = empty_band(first);
  std::vector<double> values(seeds.size());
  for (std::size_t i = 0; i < first.layers.size(); ++i) {
    for (std::size_t s = 0; s < seeds.size(); ++s) values[s] = seeds[s]->series[place].values[i];
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    std::sort(values.begin(), values.end(), before);
    band.mean.values.push_back(sum / static_cast<double>(values.size()));
    band.low.values.push_back(quantile(values, kLow));
    band.high.values.push_back(quantile(values, kHigh));
  }
  return band;
}

void check_alike(const StackReport& first, const StackReport& other) {
  const auto alike = [](const Series& a, const Series& b) {
    return a.quantity == b.quantity && a.layers == b.layers;
  };
  if (!std::equal(first.series.begin(), first.series.end(), other.series.begin(), other.series.end(),
                  alike)) {
    throw std::invalid_argument("the seeds of a band measure different series");
  }
}

StackReport band_of(const Seeds& seeds) {
  if (seeds.empty()) throw std::invalid_argument("a band needs a seed");
  const StackReport& first = *seeds.front();
  StackReport report;
  report.spec = first.spec;
  report.scalars.push_back({"seeds", static_cast<double>(seeds.size())});
  for (const StackReport* seed : seeds) {
    check_alike(first, *seed);
    report.milliseconds += seed->milliseconds;
  }
  for (std::size_t place = 0; place < first.series.size(); ++place) {
    Band band = band_of(seeds, place);
    report.series.push_back(std::move(band.mean));
    report.series.push_back(std::move(band.low));
    report.series.push_back(std::move(band.high));
  }
  return report;
}

}  // namespace

double quantile(std::span<const double> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const double rest = place - std::floor(place);
  if (rest == 0 || sorted[below] == sorted[below + 1]) return sorted[below];  // two infinities differ by nan
  return sorted[below] + rest * (sorted[below + 1] - sorted[below]);
}

StackReport band_of(std::span<const StackReport> seeds) {
  Seeds list;
  for (const StackReport& seed : seeds) list.push_back(&seed);
  return band_of(list);
}

StackReport band_of(std::span<const std::shared_ptr<const StackReport>> seeds) {
  Seeds list;
  for (const auto& seed : seeds) list.push_back(seed.get());
  StackReport band = band_of(list);
  band.seeds.assign(seeds.begin(), seeds.end());
  return band;
}

}  // namespace gradflow
