// The figure "top-of-stack gradient against depth, one curve a stack" on log-log axes, with the exponents
// that were fitted and those of the theory.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/figure/figure.h"
#include "core/analysis/report.h"

namespace gradflow::figure {

using Reports = std::span<const std::shared_ptr<const StackReport>>;

/// `laws` holds depth_law()'s reports, nullptr where there is none yet, with the scalars
/// exponent/top/QUANTITY and exponent_se/top/QUANTITY once all depths are measured; `quantity` such as
/// grad_norm/ffn.w_1; `depths` where each stack's slider stands. The x axis goes to `deepest` at least.
/// `bands` are the same over `seeds` seeds, as add_bands() takes them, with the exponents of all of them.
Figure depth_law_figure(Reports laws, std::string_view quantity, std::span<const int> depths, int deepest,
                        Reports bands = {}, std::size_t seeds = 1);

/// What the plot offers: the total, then every weight that a law has.
std::vector<std::string> depth_law_quantities(Reports laws);

/// "−0.52 ± 0.01"; a dash where there is nothing to fit a power law to.
std::string exponent_words(double exponent, double standard_error);

}  // namespace gradflow::figure
