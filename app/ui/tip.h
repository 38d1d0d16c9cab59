// The sentence that explains the control under the mouse or the keyboard, after a moment.
#pragma once

#include "app/ui/ui.h"

namespace gradflow::ui {

inline constexpr float kTipDelay = 0.45F;  // seconds

/// Once a frame after all controls.
void draw_tip(const Ui& ui, float seconds);

/// Whether frames must go on for a tip to appear.
bool tip_is_due(const UiState& state);

}  // namespace gradflow::ui
