// The layer strip: the whole trunk beside the block diagram, layer 0 at the bottom, in every layer as thick
// as the gradient of the stream above it. A click picks a layer for the diagram to show and edit, with Shift
// a range, with Ctrl one more; the arrow keys do the same.
#pragma once

#include "app/ui/layer_selection.h"
#include "app/ui/ui.h"
#include "core/analysis/report.h"

namespace gradflow::ui {

struct StripView {
  const StackSpec& spec;
  const Layers& overridden;
  const StackReport* report = nullptr;  // nullptr before the first answer
  std::size_t stack = 0;
  float dim = 0;  // 0 to 1: how stale the report is
};

/// Landmarks block.layers, and block.layer.K for the cell that starts at layer K.
void draw_layer_strip(const Ui& ui, const Rect& rect, const StripView& view, LayerSelection* selection);

}  // namespace gradflow::ui
