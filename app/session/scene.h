// What the window shows and edits: the questions and how to look at the answers. A plain value: undo keeps
// copies of it, a session file is one of it written down.
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/session/race.h"
#include "app/session/view.h"
#include "core/analysis/token_walk.h"
#include "core/analysis/verdict.h"
#include "core/spec/stack.h"

namespace gradflow::session {

inline constexpr std::size_t kMaxStacks = 6;  // as many as there are colours that can be told apart

inline constexpr std::size_t kMaxSeeds = 50;

struct Scene {
  std::vector<StackSpec> stacks{pre_ln_stack(), post_ln_stack()};
  std::size_t selected = 0;            // the stack whose block is open for editing
  bool depth_linked = true;            // the depth slider moves every stack
  std::size_t seeds = 1;               // a stack; from two on their band is drawn
  View view = View::gradients;         // what is plotted
  std::string quantity{kTopQuantity};  // whose norm is plotted: a Series of StackReport, or every weight's
  std::string forward_quantity{"stream_rms"};  // what the forward view plots
  // One entry a stack from the first on; behind the last that is not as usual there are none (scene_edits.h).
  std::vector<bool> hidden = {};                      // its curve and its verdict are left out
  std::vector<std::optional<StackSpec>> pinned = {};  // as it was when its curve was kept as a ghost
  Race race = {};                                     // what the training view shows
  std::string race_quantity{"loss"};                  // and what it plots over the steps
  TokenVectors token = {};                            // what the view of one token walks through the blocks
  friend bool operator==(const Scene&, const Scene&) = default;
};

/// Every stack that the scene holds, those that are pinned after those that are shown: fn(stack).
template <class S, class Fn>
void each_stack(S& scene, Fn&& fn) {
  for (auto& stack : scene.stacks) fn(stack);
  for (auto& pin : scene.pinned) {
    if (pin) fn(*pin);
  }
}

/// Throws std::invalid_argument with a sentence.
inline void check_stack_count(std::size_t count) {
  if (count >= 1 && count <= kMaxStacks) return;
  throw std::invalid_argument(std::to_string(count) + " stacks are too " + (count == 0 ? "few" : "many") +
                              "; the window shows 1 to " + std::to_string(kMaxStacks));
}

}  // namespace gradflow::session
