// The depth of a race in place of the stacks' own.
#pragma once

#include <utility>
#include <vector>

#include "app/session/scene.h"

namespace gradflow::ui {

/// While it lives, the stacks have the race's depth: what the diagram shows of them is what runs.
class AtRaceDepth {
 public:
  /// Does nothing outside of the training view.
  explicit AtRaceDepth(session::Scene* scene) : scene_(scene) {
    if (scene->view != session::View::training) return;
    for (StackSpec& stack : scene->stacks) {
      depths_.push_back(std::exchange(stack.num_layers, scene->race.num_layers));
    }
  }
  ~AtRaceDepth() {
    for (std::size_t i = 0; i < depths_.size(); ++i) scene_->stacks[i].num_layers = depths_[i];
  }
  AtRaceDepth(const AtRaceDepth&) = delete;
  AtRaceDepth& operator=(const AtRaceDepth&) = delete;

 private:
  session::Scene* scene_;
  std::vector<int> depths_;
};

}  // namespace gradflow::ui
