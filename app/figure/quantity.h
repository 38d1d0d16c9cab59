// What the quantities of a report are called in words: "grad_norm/ffn.w_1" is "W₁ feed-forward".
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/figure/figure.h"
#include "core/analysis/report.h"

namespace gradflow::figure {

/// Short, for a list: "W₁ feed-forward", "all weights of a layer", "stream RMS". A quantity that has no words
/// keeps its own name.
std::string quantity_label(std::string_view quantity);

/// The shortest, for the end of a line: "W₁ FFN", "γ Attn pre"
std::string quantity_tag(std::string_view quantity);

/// What the y axis measures: "‖∂L/∂W₁‖ feed-forward"
std::string quantity_axis(std::string_view quantity);

/// How y is laid out: norms over decades, cosines and entropies as they are.
Scale quantity_scale(std::string_view quantity);

/// Of the residual stream, which has a value below the first layer, too: layer k is after k layers.
bool is_of_stream(std::string_view quantity);

/// Not one quantity over the stacks but the gradient of every weight of one stack, and which one that is.
std::string every_weight(std::size_t stack);
std::optional<std::size_t> every_weight_of(std::string_view quantity);

/// grad_norm/NAME of every weight of a layer that the report has.
std::vector<std::string> weights_of(const StackReport& report);

/// Whether theory makes this gradient zero while what was measured is finite and not: round-off, which says
/// nothing and would stretch every scale. An overflow is a finding and stays.
bool is_round_off(const StackReport& report, std::string_view quantity);

/// The sentence on the weights that a figure leaves out for it; empty where there are none.
std::string left_out_words(const std::vector<std::string>& quantities);

/// What the gradient plot offers: total, stream gradient, every weight of each stack, then each weight that a
/// report has.
std::vector<std::string> plottable(std::span<const std::shared_ptr<const StackReport>> reports);

/// What the forward plot offers: RMS of stream and branches, token cosine, attention entropy.
std::vector<std::string> forward_quantities(std::span<const std::shared_ptr<const StackReport>> reports);

}  // namespace gradflow::figure
