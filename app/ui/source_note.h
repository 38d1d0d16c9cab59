// What stands below a plot's axis: where the theory's lines come from, what is left out and why. One line in
// the middle, or a few of about one length where one is too narrow.
#pragma once

#include <string_view>

#include "app/ui/ui.h"

namespace gradflow::ui {

/// What it needs at this width; nothing where there are no words.
float source_height(const Ui& ui, float width, std::string_view words);

/// From the top of the place, NAME.source.
void draw_source(const Ui& ui, std::string_view name, const Rect& place, std::string_view words);

}  // namespace gradflow::ui
