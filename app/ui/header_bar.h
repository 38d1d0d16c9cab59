// The bar at the top: the name, the menus, the check, the keys, a notice when there is one, and what the
// passes cost.
#pragma once

#include <string>
#include <vector>

#include "app/lessons/walk.h"
#include "app/ui/answers.h"
#include "app/ui/options.h"
#include "app/ui/session_menu.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// How the window looks, as its user changes it.
struct Look {
  ThemeKind theme = ThemeKind::dark;
  Motion motion = Motion::full;
  Timing timing = Timing::shown;
  float zoom = 1;  // of text and, with it, of everything
  bool presenter = false;
  bool keys_wanted = false;     // opens the list of keys in this frame
  bool explain_wanted = false;  // opens "What am I looking at?" in this frame
  bool hint_wanted = false;     // shows the first steps
  bool check_wanted = false;    // opens "Check these numbers" in this frame
};

void zoom_in(Look* look);
void zoom_out(Look* look);

/// F5, and Ctrl with +, - and 0.
void take_look_keys(Look* look);

/// "A 8.1  B 8.3 ms · live · f32": milliseconds with one decimal.
std::string status_words(Answers answers, bool stale, Timing timing);

/// What the bar shows besides the look.
struct HeaderContent {
  Answers answers;
  bool stale = false;
  const SessionStatus& session;
};

/// What the bar may change.
struct HeaderEdits {
  Look* look;
  std::vector<std::string>* notices;
  std::string* remark;
  SessionWish* wish;
  lessons::Walk* walk;  // nullptr: without lessons
  session::Scene* scene;
};

void draw_header(const Ui& ui, const Rect& rect, const HeaderContent& content, const HeaderEdits& edits);

/// The list of keys, over everything else.
void draw_keys(const Ui& ui, Look* look);

}  // namespace gradflow::ui
