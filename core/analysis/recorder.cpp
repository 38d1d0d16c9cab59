#include "core/analysis/recorder.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace gradflow {

void Recorder::scalar(std::string_view quantity, double value) {
  report_.scalars.push_back({std::string(quantity), value});
}

void Recorder::point(std::string_view quantity, int layer, double value) {
  auto& series = report_.series;
  for (std::size_t tried = 0; tried < series.size(); ++tried) {
    const std::size_t i = (next_ + tried) % series.size();
    if (series[i].quantity != quantity) continue;
    series[i].layers.push_back(layer);
    series[i].values.push_back(value);
    next_ = i + 1;
    return;
  }
  series.push_back({std::string(quantity), {layer}, {value}});
  next_ = series.size();
}

StackReport Recorder::take() {
  for (Series& series : report_.series) {
    if (std::is_sorted(series.layers.begin(), series.layers.end())) continue;
    if (std::is_sorted(series.layers.rbegin(), series.layers.rend())) {  // as a backward pass comes
      std::reverse(series.layers.begin(), series.layers.end());
      std::reverse(series.values.begin(), series.values.end());
      continue;
    }
    std::vector<std::size_t> order(series.layers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return series.layers[a] < series.layers[b]; });
    Series sorted{series.quantity, {}, {}};
    for (std::size_t i : order) {
      sorted.layers.push_back(series.layers[i]);
      sorted.values.push_back(series.values[i]);
    }
    series = std::move(sorted);
  }
  next_ = 0;
  return std::exchange(report_, {});
}

}  // namespace gradflow
