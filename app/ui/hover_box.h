// The box beside the cursor: what a figure reads at one place.
#pragma once

#include "app/figure/readings.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// Where the box goes, so that it hides nothing of what is compared: along a column, or along a row.
enum class Placing : unsigned char { beside, below };

/// To the right of `about` or below it where that fits, else on its other side; within `area`. Landmark
/// plot.readings.
void draw_hover_box(const Ui& ui, const Rect& area, const Rect& about, Placing placing,
                    const figure::Readings& readings);

}  // namespace gradflow::ui
