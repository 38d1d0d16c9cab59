// Whether a lesson says what is so: every scene measured, every number and prediction held against it, every
// task open before its solution and done after.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/lessons/lesson.h"
#include "app/lessons/state.h"

namespace gradflow::lessons {

/// What was measured of a scene: what State only points to.
struct Measured {
  std::vector<std::shared_ptr<const StackReport>> answers;
  std::vector<Verdict> verdicts;
  std::vector<std::shared_ptr<const LaneReport>> race;

  State of(const session::Scene& scene) const { return {scene, answers, verdicts, race}; }
};

enum class Race : unsigned char { left_out, run };

using Measure = std::function<Measured(const session::Scene& scene, Race race)>;

struct CheckedLesson {
  Problems problems;  // by line
  int numbers = 0, tasks = 0, questions = 0;
};

CheckedLesson check_lesson(const Lesson& lesson, const Measure& measure);

}  // namespace gradflow::lessons
