// The wirings of a stack's layers, each once: what its code needs one block for.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/spec/stack.h"

namespace gradflow {

/// A wiring and the layers that have it, from 0, ascending.
struct WiredLayers {
  Sublayers sublayers;
  std::vector<int> layers;
};

/// Every wiring once, in the order in which the layers first need it.
std::vector<WiredLayers> distinct_wirings(const StackSpec& spec);

/// Whether `holds` is true of some sub-layer.
bool any_sublayer(const std::vector<WiredLayers>& wirings,
                  const std::function<bool(const SublayerSpec&)>& holds);

/// Layers one above the other that have the same wiring, by its place in the list of them.
struct LayerRun {
  std::size_t wiring;
  int length;
};

/// From the first layer to the last.
std::vector<LayerRun> layer_runs(const std::vector<WiredLayers>& wirings);

/// "Layers 0 to 5, 7 to 11", "Layer 6", "Every layer" if those are all `num_layers`; what is beyond `columns`
/// is left out: "Layers 0, 2, 4, ...".
std::string layers_text(const std::vector<int>& layers, int num_layers, std::size_t columns);

}  // namespace gradflow
