#include "app/lessons/check.h"

#include <algorithm>
#include <cstdio>

#include "app/figure/quantity.h"
#include "app/figure/race.h"
#include "core/io/place.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

constexpr std::size_t kShown = 80;

std::string figure(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string quoted(const Expression& expression) { return "\"" + clipped(expression.text, kShown) + "\""; }

std::string words_of(const Tolerance& tolerance) {
  return tolerance.relative ? figure(100 * tolerance.value) + " %" : figure(tolerance.value);
}

class Checker {
 public:
  explicit Checker(const Measure& measure) : measure_(measure) {}

  void check(const Lesson& lesson) {
    for (const Number& number : lesson.numbers) check_number(number, session::Scene());
    for (const Step& step : lesson.steps) {
      check_view(step.scene, step.line);
      for (const Task& task : step.tasks) check_view(task.after, task.line);
      for (const Question& question : step.questions) check_view(question.after, question.line);
      for (const Number& number : step.numbers) check_number(number, scene_of(step, number));
      for (const Task& task : step.tasks) check_task(task);
      for (const Question& question : step.questions) check_question(question);
    }
    std::stable_sort(checked_.problems.begin(), checked_.problems.end(),
                     [](const Problem& a, const Problem& b) { return a.line < b.line; });
  }

  CheckedLesson take() { return std::move(checked_); }

 private:
  void refuse(int line, const std::string& sentence) { checked_.problems.push_back({line, sentence}); }

  /// fn of the state of a scene, measured as far as the expression needs it.
  template <class Fn>
  auto measured(const Expression& expression, const session::Scene& scene, const Fn& fn) {
    const Measured all = measure_(scene, asks_race(expression) ? Race::run : Race::left_out);
    return fn(all.of(scene));
  }

  std::optional<double> value_of(const Expression& expression, const session::Scene& scene, int line) {
    return measured(expression, scene, [&](const State& state) {
      const std::optional<double> value = number_of(expression, state);
      if (!value)
        refuse(line, tr("{0} has no value: {1}", {quoted(expression), why_unknown(expression, state)}));
      return value;
    });
  }

  /// What the scene plots must be there to be plotted.
  void check_view(const session::Scene& scene, int line) {
    const Measured measured = measure_(scene, Race::left_out);
    std::vector<std::string> known;
    const std::string* plotted = &scene.quantity;
    switch (scene.view) {
      case session::View::gradients:
      case session::View::depth_law: known = figure::plottable(measured.answers); break;
      case session::View::forward:
        known = figure::forward_quantities(measured.answers);
        plotted = &scene.forward_quantity;
        break;
      case session::View::training:
        known = figure::race_quantities();
        plotted = &scene.race_quantity;
        break;
      default: return;
    }
    if (std::find(known.begin(), known.end(), *plotted) != known.end()) return;
    refuse(line, tr("the scene plots \"{0}\"; its view has {1}", {clipped(*plotted, kShown), listed(known)}));
  }

  void check_number(const Number& number, const session::Scene& scene) {
    ++checked_.numbers;
    const std::optional<double> value = value_of(number.expression, scene, number.line);
    if (!value || is_near(*value, number.told, number.tolerance)) return;
    refuse(number.line,
           tr("the text says {0}, but {1} is measured as {2}; allowed is {0} ± {3}",
              {number.shown, quoted(number.expression), figure(*value), words_of(number.tolerance)}));
  }

  void check_done(const Task& task, const session::Scene& scene, bool wanted) {
    measured(task.done_when, scene, [&](const State& state) {
      const std::optional<bool> done = holds(task.done_when, state);
      if (!done && (wanted || !asks_race(task.done_when))) {
        const std::string condition = quoted(task.done_when), why = why_unknown(task.done_when, state);
        refuse(task.line, wanted ? tr("{0} has no value after the solution: {1}", {condition, why})
                                 : tr("{0} has no value at the start: {1}", {condition, why}));
      }
      if (done && *done != wanted) {
        const std::string condition = quoted(task.done_when);
        refuse(task.line, wanted
                              ? tr("{0} does not hold after the task's solution", {condition})
                              : tr("{0} holds before anything is done; a task has to be open", {condition}));
      }
    });
  }

  void check_task(const Task& task) {
    ++checked_.tasks;
    if (task.before == task.after)
      return refuse(task.line, std::string(tr("the task's solution changes nothing")));
    check_done(task, task.before, false);
    check_done(task, task.after, true);
  }

  void check_question(const Question& question) {
    ++checked_.questions;
    if (!question.answer) return;
    const std::optional<double> value = value_of(*question.answer, question.after, question.line);
    if (!value || question.choices.empty()) return;
    const auto right = std::count_if(question.choices.begin(), question.choices.end(),
                                     [&](const Choice& choice) { return choice.range.contains(*value); });
    if (right == 1) return;
    refuse(
        question.line,
        tr("the reveal {0} is measured as {1}, which {2} of the guesses have in their range; allowed is one",
           {quoted(*question.answer), figure(*value), std::to_string(right)}));
  }

  const Measure& measure_;
  CheckedLesson checked_;
};

}  // namespace

CheckedLesson check_lesson(const Lesson& lesson, const Measure& measure) {
  Checker checker(measure);
  checker.check(lesson);
  return checker.take();
}

}  // namespace gradflow::lessons
