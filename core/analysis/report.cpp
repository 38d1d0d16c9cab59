#include "core/analysis/report.h"

#include <algorithm>

namespace gradflow {

std::optional<double> Series::at(int layer) const {
  const auto place = std::lower_bound(layers.begin(), layers.end(), layer);
  if (place == layers.end() || *place != layer) return std::nullopt;
  return values[static_cast<std::size_t>(place - layers.begin())];
}

const Series* StackReport::find(std::string_view quantity) const {
  const auto place =
      std::find_if(series.begin(), series.end(), [&](const Series& s) { return s.quantity == quantity; });
  return place == series.end() ? nullptr : &*place;
}

std::optional<double> StackReport::scalar(std::string_view quantity) const {
  for (const Scalar& entry : scalars) {
    if (entry.quantity == quantity) return entry.value;
  }
  return std::nullopt;
}

std::optional<double> StackReport::top(std::string_view quantity) const {
  const Series* found = find(quantity);
  if (found == nullptr || found->values.empty()) return std::nullopt;
  return found->values.back();
}

}  // namespace gradflow
