// What a lesson or a hint points at.
#pragma once

#include <span>
#include <string>

#include "app/ui/ui.h"

namespace gradflow::ui {

/// A ring around each of these landmarks that is in sight; over everything else, but not over a popup.
void ring_around(const Ui& ui, std::span<const std::string> names);

}  // namespace gradflow::ui
