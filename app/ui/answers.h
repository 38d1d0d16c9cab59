// What the window is handed to draw: the newest answers, one entry a stack of the scene, nullptr before the
// first; and in the same form those to the stacks that were pinned. An answer is stale (drawn dimmed) where
// its spec is not the scene's.
#pragma once

#include <memory>
#include <span>

#include "core/analysis/report.h"
#include "core/training/report.h"

namespace gradflow::ui {

using Answers = std::span<const std::shared_ptr<const StackReport>>;

/// The race, one entry a lane of the scene (session::lanes_of); nothing before it was started.
struct RaceView {
  RacePhase phase = RacePhase::none;
  std::span<const std::shared_ptr<const LaneReport>> lanes;
  Answers moments;  // what the pass of the step that is looked at measured
};

struct Measurements {
  Answers passes;  // one forward and backward pass each
  Answers laws;    // the depth law as far as it is measured; only while its view is shown
  // band_of() the seeds that are measured; only where there is more than one to measure.
  Answers bands;           // of the passes
  Answers law_bands = {};  // of the laws, with the exponents of all seeds
  RaceView race = {};
};

}  // namespace gradflow::ui
