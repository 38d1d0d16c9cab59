// The first steps: a card beside the curves, for who has never seen the window. It says one thing to do at a
// time, points at it, and goes on by itself once that is done.
//
//   hint.panel     the card
//   hint.next      the next step; at the last one the end of the card
//   hint.dismiss   never again
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "app/session/scene.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// What the hand does beside the scene.
struct HintSigns {
  bool busy = false;          // it holds something
  bool lessons_open = false;  // the menu or a page
  bool verdict_read = false;  // the reason of a verdict is shown
  bool has_lessons = false;   // there are some to open
};

class Hint {
 public:
  void start() { enter(0); }
  bool shown() const { return step_.has_value(); }
  /// Goes on where the user has done what the step asks for. Once a frame.
  void follow(const session::Scene& scene, const HintSigns& signs);
  /// At the lower left of the place, where that has the room.
  void draw(const Ui& ui, const Rect& place, const session::Scene& scene, const HintSigns& signs);
  /// Whether the user wants it never again or has come to its end; true once.
  bool take_end();

 private:
  void enter(std::size_t step);
  void end();

  std::optional<std::size_t> step_;
  std::vector<StackSpec> before_;  // as the step found them; empty: not seen yet
  bool ended_ = false;
};

}  // namespace gradflow::ui
