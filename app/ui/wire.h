// Wires of the block diagram as strokes: as thick as the gradient on them, on a logarithmic scale, with
// styles of their own for a gradient of exactly zero, for one that is not finite and for one that was not
// measured; and the pulses that run along them.
#pragma once

#include <span>

#include "app/figure/block_gradient.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// A wire on the screen: corners in pixels, along the axes, and what flows.
struct WireStroke {
  std::span<const ImVec2> points;  // in the direction of the forward pass
  figure::Flow flow = figure::Flow::unknown;
  float level = 0;  // figure::flow_level, of a finite gradient
  ImU32 color = 0;
};

/// In pixels of this screen.
float wire_thickness(const Ui& ui, figure::Flow flow, float level);

/// The style of a wire in this stack's colour; `dim`, 0 to 1, fades what is stale into `ground`.
WireStroke styled_wire(const Ui& ui, std::span<const ImVec2> points, const figure::WireGradient& gradient,
                       std::size_t stack, float dim, ImU32 ground);

void draw_wire(const Ui& ui, const WireStroke& wire);

/// A light behind the wire, as wide as the wire and `by` more on each side.
void draw_wire_glow(const Ui& ui, const WireStroke& wire, float by, ImU32 color);

/// The wire of a residual that is off: two stubs, a gap, a cross in the gap.
void draw_cut_wire(const Ui& ui, std::span<const ImVec2> points);

/// Bright spots on their way back from the loss, equally spaced, at the same speed on every wire. `travelled`
/// is the way that the first of them has made since it left the loss, less the wire's own way from there.
void draw_pulses(const Ui& ui, const WireStroke& wire, float travelled, float brightness);

/// Squared distance of a point to the wire.
float distance_squared(std::span<const ImVec2> points, const ImVec2& to);

}  // namespace gradflow::ui
