// One line a stack: what was measured and what it means, with the reason on hover. Judged only when an answer
// has changed; while answers are on their way the last verdicts stay, dimmed. A hidden stack has no line, but
// the others are compared with it as before.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/session/scene.h"
#include "app/ui/answers.h"
#include "app/ui/plot_view.h"
#include "app/ui/ui.h"
#include "core/analysis/verdict.h"

namespace gradflow::ui {

class VerdictStrip {
 public:
  /// Takes in the answers; call before height().
  void update(Answers answers, const std::vector<bool>& stale, const session::Scene& scene);
  /// The same for the lanes of a race.
  void update(const RaceView& race, const session::Scene& scene);
  /// Grows at once and shrinks only when the hand is free, so that the plot above does not jump under a drag.
  float height(const Ui& ui, float width, const Font& font, Hand hand);
  /// `dimmed`: 0 to 1, one a stack.
  void draw(const Ui& ui, const Rect& rect, const Font& font, const std::vector<float>& dimmed) const;

  const std::vector<Verdict>& verdicts() const { return verdicts_; }
  const std::vector<std::size_t>& owners() const { return owners_; }

 private:
  void hide(const session::Scene& scene);

  std::vector<std::shared_ptr<const StackReport>> judged_;
  std::vector<Verdict> verdicts_;
  // One a verdict.
  std::vector<std::size_t> owners_;  // whose it is
  std::vector<bool> hidden_;
  std::vector<std::shared_ptr<const LaneReport>> raced_;
  std::vector<std::string> names_;  // of lanes
  bool racing_ = false;             // the verdicts are those of lanes
  float height_ = 0;
};

}  // namespace gradflow::ui
