// The lanes of a race, stepped on several threads and given out in order.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>

#include "core/training/report.h"

namespace gradflow::cli {

/// What one step of a lane showed.
struct LaneStep {
  StepReport report;
  std::optional<Breakdown> breakdown = {};
  double first_move = 0;
  bool last = false;  // the lane has nothing left to do
};

/// The next step of lane `lane`; nothing when `stop` was requested on the way. Called on any thread, but for
/// one lane never twice at the same time.
using MakeStep = std::function<std::optional<LaneStep>(int lane, const std::stop_token& stop)>;
using OnStep = std::function<void(int lane, const LaneStep& step)>;

/// Steps every lane to its end on `threads` threads and gives every step to `on_step` on the caller's thread:
/// round after round, in a round one lane after the other. Lanes run no more than a few steps ahead of the
/// slowest, so that memory does not grow with the steps. Nothing that comes out depends on how many threads
/// there are.
///
/// False when `stop` was requested first: whole rounds have been given out. What a step throws is thrown here
/// once the rounds before it are given out; no thread outlives the call.
bool race_in_order(int lanes, int threads, const MakeStep& make_step, const OnStep& on_step,
                   const std::stop_token& stop = {});

}  // namespace gradflow::cli
