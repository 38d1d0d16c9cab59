// The numbers that a token's walk is given, as boxes: x, what each sub-layer writes, the gradient at y.
#pragma once

#include "app/session/scene.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// Draws from the top of `place`, in as many columns as fit; returns the height it took.
float draw_token_boxes(const Ui& ui, const Rect& place, session::Scene* scene);

/// How many numbers a vector has, with a button for one less and one for one more.
void draw_token_width(const Ui& ui, const Rect& rect, session::Scene* scene);

}  // namespace gradflow::ui
