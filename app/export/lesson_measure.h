// What a lesson's scenes come to: passes, verdicts and races, each measured once.
#pragma once

#include <exception>
#include <stop_token>
#include <utility>
#include <vector>

#include "app/export/scene_answers.h"
#include "app/lessons/check.h"
#include "app/session/solver.h"

namespace gradflow {

/// Thrown by what measures once a stop was requested.
class Stopped : public std::exception {
 public:
  const char* what() const noexcept override { return "stopped before all was measured"; }
};

/// Used from one thread. What is wrong with a stack or a race is the error of its report. Throws Stopped.
class LessonMeasure {
 public:
  explicit LessonMeasure(std::stop_token stop);

  /// A lessons::Measure.
  lessons::Measured operator()(const session::Scene& scene, lessons::Race race);

  /// What the scene's view shows.
  SceneAnswers shown(const session::Scene& scene);

 private:
  std::shared_ptr<const StackReport> answer_to(const StackSpec& spec);
  std::shared_ptr<const LaneReport> run_of(const session::Lane& lane) const;  // nullptr: not yet
  LaneReports race_of(const session::Scene& scene);

  std::stop_token stop_;
  session::Measure pass_;
  StackReports answers_;  // to every stack so far
  LaneReports runs_;      // of every lane so far
};

}  // namespace gradflow
