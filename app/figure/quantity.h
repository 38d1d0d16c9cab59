// What the quantities of a report are called in words: "grad_norm/ffn.w_1" is "W₁ feed-forward".
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/report.h"

namespace gradflow::figure {

/// Short, for a list: "W₁ feed-forward", "all weights of a layer", "stream RMS". A quantity that has no words
/// keeps its own name.
std::string quantity_label(std::string_view quantity);

/// What the y axis measures: "‖∂L/∂W₁‖ feed-forward"
std::string quantity_axis(std::string_view quantity);

/// What the gradient plot offers: total, stream gradient, stream RMS, then every weight that a report has.
std::vector<std::string> plottable(std::span<const std::shared_ptr<const StackReport>> reports);

}  // namespace gradflow::figure
