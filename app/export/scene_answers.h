// All that a view shows of a scene, measured as the window asks for it, without a window.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/session/race.h"
#include "app/session/scene.h"
#include "app/ui/answers.h"

namespace gradflow {

using StackReports = std::vector<std::shared_ptr<const StackReport>>;
using LaneReports = std::vector<std::shared_ptr<const LaneReport>>;

struct SceneAnswers {
  StackReports stacks;        // what the view is drawn from, one entry a stack
  StackReports pins = {};     // the same of those that are pinned
  StackReports bands = {};    // of the seeds, where the view shows some
  LaneReports lanes = {};     // of the race run to its end, where the view shows it
  StackReports moments = {};  // of the race's step that is looked at

  /// What ui::drawing_of() takes; points into this.
  ui::Measurements measured(session::View view) const;
  ui::Measurements pinned(session::View view) const;
};

/// What is wrong with a question is the error of its report. `seen` is given the answers to the stacks before
/// anything else is measured, and may throw. Nothing once a stop was requested.
std::optional<SceneAnswers> answers_of(const session::Scene& scene, const std::stop_token& stop,
                                       const std::function<void(const StackReports&)>& seen = {});

/// A race, run to its end, and what the lanes are at one of its steps.
struct RaceRun {
  LaneReports lanes;
  StackReports moments;
};
std::optional<RaceRun> run_race(const std::vector<session::Lane>& lanes, int step,
                                const std::stop_token& stop);

}  // namespace gradflow
