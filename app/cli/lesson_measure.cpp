#include "app/cli/lesson_measure.h"

#include <algorithm>
#include <utility>

#include "app/cli/interrupt.h"
#include "app/cli/lanes.h"
#include "app/cli/race.h"
#include "core/analysis/seeds.h"

namespace gradflow::cli {
namespace {

[[noreturn]] void say_interrupted() {
  throw Interrupted("interrupted; the lessons are not checked to their end");
}

bool answers(const LaneReport& report, const session::Lane& lane) {
  return report.stack == lane.spec && report.training == lane.training;
}

std::vector<LaneReport> reports_for(const std::vector<session::Lane>& lanes) {
  std::vector<LaneReport> reports;
  for (const session::Lane& lane : lanes) reports.push_back({.stack = lane.spec, .training = lane.training});
  return reports;
}

}  // namespace

lessons::Measured LessonMeasure::operator()(const session::Scene& scene, lessons::Race race) {
  lessons::Measured measured;
  for (const StackSpec& stack : scene.stacks) measured.answers.push_back(answer_to(stack));
  measured.verdicts = judge(measured.answers);
  if (race == lessons::Race::run) measured.race = race_of(scene);
  return measured;
}

std::shared_ptr<const StackReport> LessonMeasure::answer_to(const StackSpec& spec) {
  const auto known = std::find_if(answers_.begin(), answers_.end(),
                                  [&](const auto& report) { return report->spec == spec; });
  if (known != answers_.end()) return *known;
  std::optional<StackReport> report = analyzer_.analyze(spec, stop_);
  if (!report) say_interrupted();
  answers_.push_back(std::make_shared<const StackReport>(std::move(*report)));
  return answers_.back();
}

std::vector<std::shared_ptr<const LaneReport>> LessonMeasure::race_of(const session::Scene& scene) {
  const std::vector<session::Lane> lanes = session::lanes_of(scene);
  for (const auto& race : races_) {
    const auto same = [](const auto& report, const session::Lane& lane) { return answers(*report, lane); };
    if (std::equal(race.begin(), race.end(), lanes.begin(), lanes.end(), same)) return race;
  }
  std::vector<LaneReport> reports = reports_for(lanes);
  Trainers<float> trainers(reports);
  const auto step = [&](int lane, const std::stop_token& stop) { return trainers.step(lane, stop); };
  const auto on_step = [&](int lane, const LaneStep& made) {
    take_in(made, reports[static_cast<std::size_t>(lane)]);
  };
  const int count = static_cast<int>(lanes.size());
  if (!race_in_order(count, std::min(count, hardware_threads()), step, on_step, stop_)) say_interrupted();
  std::vector<std::shared_ptr<const LaneReport>> race;
  for (LaneReport& report : reports) race.push_back(std::make_shared<const LaneReport>(std::move(report)));
  races_.push_back(race);
  return race;
}

}  // namespace gradflow::cli
