// Least squares on few points, with the standard errors that say how far to trust them.
#pragma once

#include <span>

namespace gradflow {

/// y = intercept + slope x. The standard error comes from the scatter about the line, n - 2 degrees of
/// freedom, and holds where the points scatter independently.
struct LineFit {
  double slope = 0, slope_se = 0, intercept = 0;
  int points = 0;
};

/// x and y of one length. All figures are nan for fewer than three points or for points of one x.
LineFit fit_line(std::span<const double> x, std::span<const double> y);

/// y = exp(intercept) x^slope, by fit_line on the logarithms of the points with x >= from. A power law has no
/// zero and no infinity: where one of those values is not a positive finite number, all figures are nan.
LineFit fit_power_law(std::span<const double> x, std::span<const double> y, double from);

struct MeanFit {
  double mean = 0, standard_error = 0;  // the error is nan for a single value
};

MeanFit mean_of(std::span<const double> values);

}  // namespace gradflow
