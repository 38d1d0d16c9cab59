// How the race is run: lanes, task, optimizer, schedule. A section of the left column while the training view
// is shown.
#pragma once

#include <string_view>

#include "app/session/scene.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

struct RaceFolds {
  bool open = true, more = false;
};

/// Draws from the top of `place`, edits scene->race; returns the height it took.
float draw_race_panel(const Ui& ui, const Rect& place, RaceFolds* folds, session::Scene* scene);

/// Whether a control of this name is in the section.
bool in_race(std::string_view name);

}  // namespace gradflow::ui
