// Which layers of the selected stack the diagram shows and edits: all of them, or some that were picked in
// the layer strip. Pure values; the strip draws them.
#pragma once

#include <string>

#include "core/spec/overrides.h"

namespace gradflow::ui {

struct LayerSelection {
  Layers layers;   // ascending; empty: the wiring that all layers share
  int anchor = 0;  // where a range starts
  int cursor = 0;  // where the keyboard is
  friend bool operator==(const LayerSelection&, const LayerSelection&) = default;
};

/// A run of neighbouring layers: one cell of the strip, which holds several where there is no room for each.
struct LayerRun {
  int first = 0, last = 0;
  friend bool operator==(const LayerRun&, const LayerRun&) = default;
};

enum class Pick : unsigned char {
  alone,   // these and no others; picked once more: all layers again
  range,   // everything from the anchor to here
  toggle,  // these in addition, or no longer
};
void pick_layers(const LayerRun& run, Pick pick, LayerSelection* selection);

/// Moves the keyboard's cursor and picks where it comes to stand.
void move_cursor(int by, Pick pick, int num_layers, LayerSelection* selection);

/// Drops what the stack does not have (any more).
void clamp_selection(int num_layers, LayerSelection* selection);

/// The run of layers of each cell, from layer 0 up: one a layer where each gets `least` or more of `length`.
std::vector<LayerRun> strip_cells(int num_layers, float length, float least);

/// "all 12 layers", "layer 7", "layers 3 to 7", "5 layers"
std::string selection_words(const LayerSelection& selection, int num_layers);

}  // namespace gradflow::ui
