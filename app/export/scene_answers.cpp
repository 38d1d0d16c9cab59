#include "app/export/scene_answers.h"

#include <chrono>
#include <thread>

#include "app/session/depth_laws.h"
#include "app/session/passes.h"
#include "app/session/racer.h"
#include "app/session/scene_edits.h"
#include "app/session/seed_bands.h"
#include "app/session/solver.h"
#include "app/ui/views.h"

namespace gradflow {
namespace {

constexpr std::chrono::milliseconds kLook{5};

/// One entry a stack; nullptr where nothing is asked.
using Questions = std::vector<const StackSpec*>;

Questions stacks_of(const session::Scene& scene) {
  Questions questions;
  for (const StackSpec& stack : scene.stacks) questions.push_back(&stack);
  return questions;
}

/// Those that another seed draws anew.
Questions seeded_of(const session::Scene& scene) {
  Questions questions = stacks_of(scene);
  for (const StackSpec*& stack : questions) {
    if (!has_drawn_weights(*stack)) stack = nullptr;
  }
  return questions;
}

Questions pins_of(const session::Scene& scene) {
  Questions questions;
  for (std::size_t i = 0; i < scene.pinned.size(); ++i) questions.push_back(session::pin_of(scene, i));
  return questions;
}

std::optional<StackReports> answered(session::Solver& solver, const Questions& questions, std::size_t seeds,
                                     const std::stop_token& stop) {
  solver.resize(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (questions[i] != nullptr) solver.ask(i, {*questions[i], static_cast<int>(seeds)});
  }
  while (!solver.idle()) {
    if (stop.stop_requested()) return std::nullopt;
    std::this_thread::sleep_for(kLook);
  }
  StackReports answers;
  for (std::size_t i = 0; i < questions.size(); ++i) answers.push_back(solver.answer(i));
  return answers;
}

using Ask = std::optional<StackReports> (*)(const Questions&, std::size_t seeds, const std::stop_token&);

std::optional<StackReports> passes_of(const Questions& questions, std::size_t, const std::stop_token& stop) {
  session::Solver solver(session::pass_measure, [] {});
  return answered(solver, questions, 1, stop);
}

std::optional<StackReports> laws_of(const Questions& questions, std::size_t, const std::stop_token& stop) {
  session::Solver solver([] { return session::depth_law_measure(); }, [] {}, session::is_obsolete_law);
  return answered(solver, questions, 1, stop);
}

std::optional<StackReports> bands_of(const Questions& questions, std::size_t seeds,
                                     const std::stop_token& stop) {
  session::Solver solver([] { return session::seed_bands_measure(session::pass_measure()); }, [] {},
                         session::is_obsolete_band);
  return answered(solver, questions, seeds, stop);
}

std::optional<StackReports> law_bands_of(const Questions& questions, std::size_t seeds,
                                         const std::stop_token& stop) {
  session::Solver solver([] { return session::law_bands_measure(); }, [] {}, session::is_obsolete_law);
  return answered(solver, questions, seeds, stop);
}

}  // namespace

ui::Measurements SceneAnswers::measured(session::View view) const {
  const ui::ViewKind& kind = ui::view_kind(view);
  ui::Measurements all;
  all.*kind.source = stacks;
  if (kind.bands != nullptr) all.*kind.bands = bands;
  all.race = {RacePhase::finished, lanes, moments};
  return all;
}

ui::Measurements SceneAnswers::pinned(session::View view) const {
  ui::Measurements all;
  all.*ui::view_kind(view).source = pins;
  return all;
}

std::optional<SceneAnswers> answers_of(const session::Scene& scene, const std::stop_token& stop,
                                       const std::function<void(const StackReports&)>& seen) {
  if (scene.view == session::View::token) return SceneAnswers{};  // nothing is measured for it
  const bool laws = ui::view_kind(scene.view).source == &ui::Measurements::laws;
  const Ask measure = laws ? laws_of : passes_of;
  auto stacks = measure(stacks_of(scene), 1, stop);
  if (!stacks) return std::nullopt;
  if (seen) seen(*stacks);
  auto pins = measure(pins_of(scene), 1, stop);
  if (!pins) return std::nullopt;
  SceneAnswers answers{std::move(*stacks), std::move(*pins)};
  if (ui::shows_bands(scene)) {
    auto bands = (laws ? law_bands_of : bands_of)(seeded_of(scene), scene.seeds, stop);
    if (!bands) return std::nullopt;
    answers.bands = std::move(*bands);
  }
  if (scene.view == session::View::training) {
    auto race = run_race(session::lanes_of(scene), scene.race.step, stop);
    if (!race) return std::nullopt;
    answers.lanes = std::move(race->lanes);
    answers.moments = std::move(race->moments);
  }
  return answers;
}

std::optional<RaceRun> run_race(const std::vector<session::Lane>& lanes, int step,
                                const std::stop_token& stop) {
  session::Racer racer([] {});
  racer.start(lanes);
  while (racer.phase() == RacePhase::running) {
    if (stop.stop_requested()) return std::nullopt;
    std::this_thread::sleep_for(kLook);
  }
  return RaceRun{racer.reports(), racer.moments(step)};
}

}  // namespace gradflow
