// What several seeds of one stack say together: single seeds mislead.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/analysis/report.h"

namespace gradflow {

/// What a band has of a quantity: its mean, and what a tenth of the seeds lie below and above.
inline constexpr std::string_view kBandMean = "mean/", kBandLow = "low/", kBandHigh = "high/";

/// The series mean/Q, low/Q and high/Q of every series Q of the seeds' reports, layer by layer, and the
/// scalar `seeds`: how many there are. The mean is the arithmetic one; low and high are the 10th and the 90th
/// percentile, between two seeds on the straight line. nan counts as the largest value, and a mean with one
/// is nan. The reports, of one stack that differs in its seed, have the same series; spec is the first's.
StackReport band_of(std::span<const StackReport> seeds);

/// The same, and the band keeps the reports in its `seeds`.
StackReport band_of(std::span<const std::shared_ptr<const StackReport>> seeds);

/// The value below which `share` of the values lie; sorted ascending, not empty.
double quantile(std::span<const double> sorted, double share);

}  // namespace gradflow
