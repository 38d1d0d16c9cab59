// The figures of a race: a number over the steps with a curve a lane, a map of layers over steps with a panel
// a lane, and what one moment's pass measured over the layers.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/figure/drawing.h"
#include "core/analysis/report.h"
#include "core/training/report.h"

namespace gradflow::figure {

struct RaceLane {
  std::size_t stack = 0;
  bool warmup = false;
  std::string name;                                    // "Post-LN, warmup 100"
  std::string label;                                   // "B, warmup 100", at the end of its curve
  std::shared_ptr<const LaneReport> report = nullptr;  // nullptr before the start
};

/// What the training view offers: "loss", "learning_rate", "gradient_norm", "update_ratio" as curves, and
/// "layer_gradients", "layer_updates", "layer_cosines" as maps.
std::vector<std::string> race_quantities();
/// What one of them is called on its axis; the word itself where it is none of them.
std::string race_quantity_axis(std::string_view quantity);

/// `step` is pointed at; 0 is none. A lane that broke down ends in a mark.
Drawing race_drawing(std::span<const RaceLane> lanes, std::string_view quantity, int step);

/// As layer_figure(), of one step's passes, one a lane.
Figure moment_figure(std::span<const RaceLane> lanes,
                     std::span<const std::shared_ptr<const StackReport>> moments, std::string_view quantity);

/// A lane's look: its stack's, dotted and thin with warmup.
StackStyle lane_style(std::size_t stack, bool warmup);

}  // namespace gradflow::figure
