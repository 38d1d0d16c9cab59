#include "app/export/lesson_measure.h"

#include <algorithm>
#include <new>

#include "app/session/passes.h"
#include "app/ui/views.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

/// Nothing once a stop was requested.
std::optional<StackReport> measured(const session::Measure& pass, const StackSpec& spec,
                                    const std::stop_token& stop) {
  const auto failure = [&](const std::string& sentence) {
    return StackReport{.spec = spec, .error = sentence, .scalars = {}, .series = {}};
  };
  try {
    return pass(spec, stop);
  } catch (const std::bad_alloc&) {
    return failure(tr("there is not enough memory for the stack \"{0}\"", {spec.name}));
  } catch (const std::exception& error) {
    return failure(error.what());
  }
}

/// Whether one pass a stack is all that the view is drawn from.
bool needs_only_passes(const session::Scene& scene) {
  return ui::view_kind(scene.view).source == &ui::Measurements::passes && !ui::shows_bands(scene) &&
         scene.pinned.empty();
}

}  // namespace

LessonMeasure::LessonMeasure(std::stop_token stop) : stop_(std::move(stop)), pass_(session::pass_measure()) {}

lessons::Measured LessonMeasure::operator()(const session::Scene& scene, lessons::Race race) {
  lessons::Measured all;
  for (const StackSpec& stack : scene.stacks) all.answers.push_back(answer_to(stack));
  all.verdicts = judge(all.answers);
  if (race == lessons::Race::run) all.race = race_of(scene);
  return all;
}

SceneAnswers LessonMeasure::shown(const session::Scene& scene) {
  if (!needs_only_passes(scene)) {
    std::optional<SceneAnswers> answers = answers_of(scene, stop_);
    if (!answers) throw Stopped();
    return std::move(*answers);
  }
  SceneAnswers answers;
  for (const StackSpec& stack : scene.stacks) answers.stacks.push_back(answer_to(stack));
  if (scene.view == session::View::training) answers.lanes = race_of(scene);
  return answers;
}

std::shared_ptr<const StackReport> LessonMeasure::answer_to(const StackSpec& spec) {
  const auto known = std::find_if(answers_.begin(), answers_.end(),
                                  [&](const auto& report) { return report->spec == spec; });
  if (known != answers_.end()) return *known;
  std::optional<StackReport> report = measured(pass_, spec, stop_);
  if (!report) throw Stopped();
  answers_.push_back(std::make_shared<const StackReport>(std::move(*report)));
  return answers_.back();
}

std::shared_ptr<const LaneReport> LessonMeasure::run_of(const session::Lane& lane) const {
  const auto known = std::find_if(runs_.begin(), runs_.end(), [&](const auto& report) {
    return report->stack == lane.spec && report->training == lane.training;
  });
  return known == runs_.end() ? nullptr : *known;
}

/// Lanes do not depend on one another, so that only those run that are new.
LaneReports LessonMeasure::race_of(const session::Scene& scene) {
  LaneReports reports;
  std::vector<session::Lane> fresh;
  for (const session::Lane& lane : session::lanes_of(scene)) {
    reports.push_back(run_of(lane));
    if (reports.back() == nullptr) fresh.push_back(lane);
  }
  if (fresh.empty()) return reports;
  const std::optional<RaceRun> run = run_race(fresh, 0, stop_);
  if (!run) throw Stopped();
  runs_.insert(runs_.end(), run->lanes.begin(), run->lanes.end());
  auto next = run->lanes.begin();
  for (auto& report : reports) {
    if (report == nullptr) report = *next++;
  }
  return reports;
}

}  // namespace gradflow
