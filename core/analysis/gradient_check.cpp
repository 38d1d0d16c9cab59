#include "core/analysis/gradient_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/model/random.h"

namespace gradflow {
namespace {

constexpr std::array kSteps{1e-5, 1e-6, 1e-4};

/// |analytic - numeric| at one coordinate, for the step that agrees best.
double difference(double& x, double analytic, const std::function<double()>& loss) {
  const double kept = x;
  double best = std::numeric_limits<double>::infinity();
  for (double step : kSteps) {
    const double h = step * std::max(1.0, std::abs(kept));
    x = kept + h;
    const double up = loss();
    const double above = x;
    x = kept - h;
    const double down = loss();
    best = std::min(best, std::abs(analytic - (up - down) / (above - x)));
    x = kept;
    if (best <= 1e-9 * std::abs(analytic)) break;
  }
  return best;
}

}  // namespace

std::vector<Index> pick_coordinates(const ConstView<double>& gradient, const GradientCheckOptions& options) {
  std::vector<Index> order(static_cast<std::size_t>(gradient.size()));
  std::iota(order.begin(), order.end(), Index{0});
  const auto count = static_cast<std::size_t>(std::min(options.max_coordinates, gradient.size()));
  if (count == order.size()) return order;
  const auto entry = [&](Index i) { return std::abs(gradient(i / gradient.cols(), i % gradient.cols())); };
  const auto largest = static_cast<std::ptrdiff_t>((count + 1) / 2);
  std::partial_sort(order.begin(), order.begin() + largest, order.end(),
                    [&](Index a, Index b) { return entry(a) > entry(b); });
  std::vector<int> random(count);
  fill_integers({options.seed, "gradient check", 0}, static_cast<int>(gradient.size()), count, random.data());
  std::copy(random.begin() + largest, random.end(), order.begin() + largest);
  order.resize(count);
  return order;
}

GradientCheck check_gradient(std::string tensor, View<double> x, const ConstView<double>& gradient,
                             const std::function<double()>& loss, const GradientCheckOptions& options) {
  GradientCheck result{std::move(tensor), gradient.norm(), std::numeric_limits<double>::infinity(), 0};
  if (!std::isfinite(result.gradient_norm) || result.gradient_norm == 0) return result;
  const std::vector<Index> coordinates = pick_coordinates(gradient, options);
  double square = 0;
  for (Index i : coordinates) {
    const Index r = i / gradient.cols();
    const Index c = i % gradient.cols();
    const double error = difference(x(r, c), gradient(r, c), loss);
    square += error * error;
  }
  const double share = static_cast<double>(gradient.size()) / static_cast<double>(coordinates.size());
  result.relative_error = std::sqrt(square * share) / result.gradient_norm;
  result.coordinates = static_cast<Index>(coordinates.size());
  return result;
}

}  // namespace gradflow
