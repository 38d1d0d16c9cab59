// "What am I looking at?": what is shown, in sentences made from it (app/figure/explanation.h).
//
//   explain.panel               the popup, which scrolls where its text is longer
//   explain.text                the text
//   explain.copy                puts it on the clipboard
//   explain.lesson              opens the lesson that is about it, where there is one
//   explain.close
#pragma once

#include "app/figure/explanation.h"
#include "app/lessons/walk.h"
#include "app/session/scene.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

inline constexpr const char* kExplainPanel = "explain.panel";

/// Draws it while it is open. `walk`: nullptr without lessons.
void draw_explain_panel(const Ui& ui, const figure::Explanation& explanation, lessons::Walk* walk,
                        session::Scene* scene);

}  // namespace gradflow::ui
