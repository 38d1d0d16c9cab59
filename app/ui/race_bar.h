// The race's row under the plot, in place of the depth slider: start, pause, one step, stop, another seed,
// and the step that is looked at.
#pragma once

#include "app/session/scene.h"
#include "app/ui/answers.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// What the user wants of the race.
enum class RaceWish : unsigned char { none, start, pause, resume, step, stop };

class RaceBar {
 public:
  /// Another seed is a change of the scene, from which whoever runs the race starts it again.
  RaceWish draw(const Ui& ui, const Rect& rect, const RaceView& race, session::Scene* scene);
  /// The mouse is on the step slider.
  bool busy() const { return busy_; }

 private:
  bool busy_ = false;
};

}  // namespace gradflow::ui
