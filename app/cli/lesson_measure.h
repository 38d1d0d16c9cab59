// What a lesson's scenes come to: passes, verdicts and races, each measured once.
#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "app/lessons/check.h"
#include "core/analysis/analyze.h"

namespace gradflow::cli {

class LessonMeasure {
 public:
  explicit LessonMeasure(std::stop_token stop) : stop_(std::move(stop)) {}

  /// Throws Interrupted when a stop was requested on the way.
  lessons::Measured operator()(const session::Scene& scene, lessons::Race race);

 private:
  std::shared_ptr<const StackReport> answer_to(const StackSpec& spec);
  std::vector<std::shared_ptr<const LaneReport>> race_of(const session::Scene& scene);

  std::stop_token stop_;
  Analyzer analyzer_;
  std::vector<std::shared_ptr<const StackReport>> answers_;            // to every stack so far
  std::vector<std::vector<std::shared_ptr<const LaneReport>>> races_;  // that were run so far
};

}  // namespace gradflow::cli
