// A stack's forward and backward pass as a solver's measure.
#pragma once

#include <string>

#include "app/session/solver.h"

namespace gradflow::session {

/// The core as the solver calls it: one analyzer, with its weights and buffers, a thread. Where init.weights
/// names a file, its weights are read and measured.
Measure pass_measure();

/// For what draws weights of its own. Throws InvalidSpec where they are those of a file: `sentence` says what
/// drawn ones are needed for.
void need_drawn_weights(const StackSpec& spec, std::string_view sentence);

}  // namespace gradflow::session
