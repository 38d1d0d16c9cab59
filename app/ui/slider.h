// A number on a track: drag it, or press the arrow keys while it has the ring.
#pragma once

#include <optional>
#include <string>

#include "app/ui/ui.h"

namespace gradflow::ui {

/// From `least` to `most` in whole steps.
struct SliderRange {
  double least = 0, most = 1, step = 0.01;
  double snapped(double value) const;
};

/// Its new value, where the user has moved it. The landmark's `x` maps values to the track.
std::optional<double> slider(const Ui& ui, const std::string& name, const Rect& rect, double value,
                             const SliderRange& range, std::string_view tip);

}  // namespace gradflow::ui
