#include "app/ui/freshness.h"

#include <algorithm>

namespace gradflow::ui {
namespace {

constexpr float kDimSeconds = 0.15F;

}  // namespace

void Freshness::follow(const session::Scene& scene,
                       std::span<const std::shared_ptr<const StackReport>> answers, float seconds,
                       Motion motion) {
  stale_.resize(answers.size());
  dimmed_.resize(answers.size());
  const float step = motion == Motion::reduced ? 1 : seconds / kDimSeconds;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    stale_[i] = !answers[i] || !(answers[i]->spec == scene.stacks[i]);
    dimmed_[i] = std::clamp(dimmed_[i] + (stale_[i] ? step : -step), 0.0F, 1.0F);
  }
}

bool Freshness::any_stale() const { return std::find(stale_.begin(), stale_.end(), true) != stale_.end(); }

bool Freshness::long_stale() const {
  return std::find(dimmed_.begin(), dimmed_.end(), 1.0F) != dimmed_.end();
}

bool Freshness::moving() const {
  for (std::size_t i = 0; i < stale_.size(); ++i) {
    if (dimmed_[i] != (stale_[i] ? 1.0F : 0.0F)) return true;
  }
  return false;
}

}  // namespace gradflow::ui
