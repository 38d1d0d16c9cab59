// The length of the loss gradient on every wire of the block diagram, out of what a report measured: the
// stream, the gain across each sub-layer and each norm, and what each branch hands back. Nothing is
// estimated: where two wires have the same gradient by the equation (an add hands its own to both), they
// share it.
#pragma once

#include <array>
#include <optional>

#include "app/figure/block.h"
#include "core/analysis/report.h"

namespace gradflow::figure {

/// |dL/dwire|; nothing where it was not measured. 0, inf and nan are findings.
using WireGradient = std::optional<double>;

struct BlockGradient {
  std::array<std::array<WireGradient, kWireCount>, kSublayerKinds.size()> sublayers;  // by SublayerKind
  std::array<WireGradient, kEndWireCount> ends;                                       // by EndWire
  WireGradient at(const WirePlace& place) const;
};

/// Of layer `layer` (0-based) and of the ends. All empty where the report has an error or no such layer.
BlockGradient block_gradient(const StackReport& report, int layer);

/// How a wire with this gradient is drawn.
enum class Flow : std::uint8_t { unknown, zero, finite, overflow };
Flow flow_of(const WireGradient& gradient);

/// The scale of wires: 0 at 10^-4 or less, 1 at 10 or more, in between linear in the logarithm.
inline constexpr int kThinDecade = -4, kThickDecade = 1;
float flow_level(double gradient);

}  // namespace gradflow::figure
