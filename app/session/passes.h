// A stack's forward and backward pass as a solver's measure.
#pragma once

#include "app/session/solver.h"

namespace gradflow::session {

/// The core as the solver calls it: one analyzer, with its weights and buffers, a thread.
Measure pass_measure();

}  // namespace gradflow::session
