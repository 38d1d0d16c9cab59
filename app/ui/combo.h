// A list that opens below its control: one choice of many. The mouse or the arrow keys pick.
#pragma once

#include <span>
#include <string>

#include "app/ui/ui.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {

/// `shown` is what stands in the closed control. Returns the index picked, or -1. The entries' landmarks are
/// NAME.KEY while the list is open.
int combo(const Ui& ui, const std::string& name, const Rect& rect, std::string_view shown,
          std::span<const Choice> choices, int current, std::string_view tip);

/// The list alone, for menus: shows it below `anchor` while the popup `name` is open, with landmarks
/// PREFIX.KEY.
int popup_list(const Ui& ui, const std::string& name, const std::string& prefix, const Rect& anchor,
               std::span<const Choice> choices, int current);

}  // namespace gradflow::ui
