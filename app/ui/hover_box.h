// The box beside the cursor: what a figure reads at one place.
#pragma once

#include "app/figure/readings.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// To the right of `x` where it fits, else to the left; within `area`. Landmark plot.readings.
void draw_hover_box(const Ui& ui, const Rect& area, float x, float y, const figure::Readings& readings);

}  // namespace gradflow::ui
