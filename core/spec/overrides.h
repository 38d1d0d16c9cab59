// Edits of wirings of single layers: StackSpec::overrides is kept short, one entry for all layers that are
// patched alike, and a patch says only in what its layers differ from the stack's own wiring.
#pragma once

#include <functional>
#include <vector>

#include "core/spec/stack.h"

namespace gradflow {

/// Which layers an edit goes to, ascending and 0-based; empty: the stack's own wiring, that every layer has
/// which no override touches.
using Layers = std::vector<int>;

/// Applies `edit` to the wiring of this sub-layer, in every one of the layers. Nothing where there is no such
/// sub-layer.
void edit_wiring(StackSpec* spec, const Layers& layers, SublayerKind kind,
                 const std::function<void(SublayerSpec*)>& edit);

/// Gives the layers the stack's own wiring back; no layers: every layer.
void reset_layers(StackSpec* spec, const Layers& layers);

/// Whether an override gives this layer another wiring than the stack's own.
bool is_overridden(const StackSpec& spec, int layer);

/// Those of 0 to num_layers - 1 that are overridden, ascending.
Layers overridden_layers(const StackSpec& spec);

}  // namespace gradflow
