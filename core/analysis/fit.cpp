#include "core/analysis/fit.h"

#include <cmath>
#include <limits>
#include <vector>

namespace gradflow {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

LineFit no_fit(int points) { return {kNan, kNan, kNan, points}; }

double mean(std::span<const double> values) {
  double sum = 0;
  for (double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

LineFit fit_line(std::span<const double> x, std::span<const double> y) {
  const std::size_t n = x.size();
  if (n < 3) return no_fit(static_cast<int>(n));
  const double x_mean = mean(x);
  const double y_mean = mean(y);
  double sxx = 0;
  double sxy = 0;
  for (std::size_t i = 0; i < n; ++i) {
    sxx += (x[i] - x_mean) * (x[i] - x_mean);
    sxy += (x[i] - x_mean) * (y[i] - y_mean);
  }
  if (!(sxx > 0)) return no_fit(static_cast<int>(n));
  const double slope = sxy / sxx;
  double scatter = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double residual = y[i] - y_mean - slope * (x[i] - x_mean);
    scatter += residual * residual;
  }
  const double variance = scatter / static_cast<double>(n - 2);
  return {slope, std::sqrt(variance / sxx), y_mean - slope * x_mean, static_cast<int>(n)};
}

LineFit fit_power_law(std::span<const double> x, std::span<const double> y, double from) {
  std::vector<double> log_x;
  std::vector<double> log_y;
  bool positive = true;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (x[i] < from) continue;
    positive = positive && y[i] > 0 && std::isfinite(y[i]);
    log_x.push_back(std::log(x[i]));
    log_y.push_back(std::log(y[i]));
  }
  return positive ? fit_line(log_x, log_y) : no_fit(static_cast<int>(log_x.size()));
}

MeanFit mean_of(std::span<const double> values) {
  if (values.empty()) return {kNan, kNan};
  const double average = mean(values);
  if (values.size() == 1) return {average, kNan};
  double square = 0;
  for (double value : values) square += (value - average) * (value - average);
  const double n = static_cast<double>(values.size());
  return {average, std::sqrt(square / (n - 1) / n)};
}

}  // namespace gradflow
