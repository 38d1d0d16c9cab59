// The menus of the lessons and of the gallery.
//
//   header.lessons   lessons.K a lesson, opened where one goes on; of the one that is open lessons.print,
//                    lessons.handout; lessons.leave
//   header.gallery   gallery, a panel; gallery.B.K entry K of its file B
#pragma once

#include "app/lessons/walk.h"
#include "app/ui/session_menu.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// Draws the words at `*x` of the bar, which goes on behind them, and what they open.
void draw_lesson_menus(const Ui& ui, const Rect& bar, lessons::Walk* walk, session::Scene* scene, float* x,
                       SessionWish* wish);

}  // namespace gradflow::ui
