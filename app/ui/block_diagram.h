// The block diagram on the screen: draws app/figure/block.h's parts and says what was done to them. Sockets,
// norm labels and residual wires are controls; every other wire explains itself under the mouse.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "app/figure/block.h"
#include "app/figure/block_gradient.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

struct BlockView {
  const figure::BlockFigure& figure;
  const figure::BlockGradient& gradient;
  std::string base;  // landmarks: "stack.0"
  std::size_t stack = 0;
  NormKind norm = NormKind::layer_norm;
  std::string skip;            // the residual's gain, such as "α" or "0.5"; empty for 1
  std::string layers;          // which layers are drawn: "× 12 layers", "layer 7"
  std::string measured;        // whose gradient the wires show: "layer 11"; empty for none
  float dim = 0;               // 0 to 1: how stale the gradient is
  float pulse_way = 0;         // how far the pulses have come from the loss, in pixels at scale 1
  float pulse_brightness = 0;  // 0: none
};

struct NormKindClick {};
struct ResidualClick {
  SublayerKind sublayer = SublayerKind::attention;
};
/// What was clicked.
using BlockClick = std::variant<figure::SocketPlace, ResidualClick, NormKindClick>;

/// Draws from the top left of `place`, as large as the figure is.
std::optional<BlockClick> draw_block_diagram(const Ui& ui, const Rect& place, const BlockView& view);

}  // namespace gradflow::ui
