// The card of one stack: its name and line, the quick pick, and for every sub-layer the four norm sites and
// the residual in the order of the forward pass, with the equation that they make.
#pragma once

#include "app/session/scene.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// Draws from the top of `place`, edits the stack; returns the height it took.
float draw_stack_card(const Ui& ui, std::size_t index, const Rect& place, StackSpec* spec);

}  // namespace gradflow::ui
