// What the window shows and edits: the questions and how to look at the answers. A plain value: undo keeps
// copies of it, a session file is one of it written down.
#pragma once

#include <string>
#include <vector>

#include "core/analysis/verdict.h"
#include "core/spec/stack.h"

namespace gradflow::session {

struct Scene {
  std::vector<StackSpec> stacks{pre_ln_stack(), post_ln_stack()};
  bool depth_linked = true;            // the depth slider moves every stack
  std::string quantity{kTopQuantity};  // what the gradient plot shows: a Series of StackReport
  friend bool operator==(const Scene&, const Scene&) = default;
};

}  // namespace gradflow::session
