// Which answers are not (yet) those of the scene, and how dimmed they are drawn: the dimming comes slowly, so
// that the short wait of every step under a moving slider does not flicker.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "app/session/scene.h"
#include "app/ui/options.h"
#include "core/analysis/report.h"

namespace gradflow::ui {

class Freshness {
 public:
  /// Once a frame; `answers` holds one entry a stack of the scene, nullptr before the first answer.
  void follow(const session::Scene& scene, std::span<const std::shared_ptr<const StackReport>> answers,
              float seconds, Motion motion);

  const std::vector<bool>& stale() const { return stale_; }
  const std::vector<float>& dimmed() const { return dimmed_; }  // 0 to 1
  bool any_stale() const;
  bool long_stale() const;  // some answer has been stale long enough to say so
  bool moving() const;

 private:
  std::vector<bool> stale_;
  std::vector<float> dimmed_;
};

}  // namespace gradflow::ui
