// The folded section "Shape, init, input, seed": everything about a stack that is not its wiring. While it
// applies to all stacks, A and B stay comparable.
#pragma once

#include "app/session/scene.h"
#include "app/ui/edits.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

struct SettingsState {
  bool open = false;
  Target target;  // all stacks while empty
};

/// Draws from the top of `place`, edits the scene; returns the height it took.
float draw_settings(const Ui& ui, const Rect& place, SettingsState* state, session::Scene* scene);

/// Whether the section must be open to show the control of this name.
bool in_settings(std::string_view name);

}  // namespace gradflow::ui
