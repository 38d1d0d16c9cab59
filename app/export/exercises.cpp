#include "app/export/exercises.h"
#include "core/spec/text.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace gradflow {
namespace {

using figure::Document;
using lessons::Spans;

constexpr double kIndent = 14, kBox = 8.5, kBoxIndent = 18, kAnswerLine = 170;
constexpr double kAboveExercise = 13, kBelowExercise = 13, kChoice = 5;  // space

std::string figures(double value) {
  if (std::isnan(value)) return std::string(tr("not a number"));
  if (std::isinf(value)) return std::string(value > 0 ? tr("infinite") : tr("negative and infinite"));
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string words_of(const lessons::Range& range) {
  if (std::isinf(range.low)) return tr("below {0}", {figures(range.high)});
  if (std::isinf(range.high)) return tr("above {0}", {figures(range.low)});
  return tr("{0} to {1}", {figures(range.low), figures(range.high)});
}

std::string words_of(const lessons::Tolerance& tolerance) {
  const std::string words =
      tolerance.relative ? figures(100 * tolerance.value) + "\u00A0%" : figures(tolerance.value);
  return "±\u00A0" + words;  // not broken
}

lessons::Span code(std::string text) { return {.text = std::move(text), .code = true}; }

/// "depth = 96, B.final_norm = false"
void add_settings(const std::vector<lessons::Setting>& settings, Spans* spans) {
  for (std::size_t i = 0; i < settings.size(); ++i) {
    if (i > 0) spans->push_back({.text = ", "});
    spans->push_back(code(settings[i].key + " = " + settings[i].value));
  }
}

void draw_box(Document* document, double x, double middle, bool ticked) {
  const double top = middle - kBox / 2;
  const std::array<figure::PagePoint, 5> outline{
      {{x, top}, {x + kBox, top}, {x + kBox, top + kBox}, {x, top + kBox}, {x, top}}};
  document->canvas().line(outline, {ticked ? Print::kRight : Print::kSecondary, 0.8});
  if (!ticked) return;
  const std::array<figure::PagePoint, 3> tick{
      {{x + 1.8, middle + 0.4}, {x + 3.7, middle + 2.4}, {x + kBox - 1.4, middle - 2.6}}};
  document->canvas().line(tick, {Print::kRight, 1.5});
}

}  // namespace

void Exercises::label(const std::string& words) {
  column_.text(words, Print::kLabel, kAboveExercise);
  column_.keep_with_next();
}

void Exercises::hint(const Spans& hint) {
  if (hint.empty() || !answered()) return;
  Spans spans{{.text = std::string(tr("Hint:")) + " ", .strong = true}};
  spans.insert(spans.end(), hint.begin(), hint.end());
  column_.keep_with_next();
  column_.text(spans, Print::kAside, kChoice);
}

void Exercises::add(const lessons::Task& task) {
  column_.indented(kIndent, Column::Bar::drawn, [&] {
    label(tr("Task {0}", {std::to_string(++tasks_)}));
    column_.indented(kBoxIndent, Column::Bar::none, [&] {
      column_.hang(kBoxIndent,
                   [](Document* document, double x, double middle) { draw_box(document, x, middle, false); });
      column_.text(task.text, Print::kBody, 2);
      hint(task.hint);
      if (!answered()) return;
      Spans solution{{.text = std::string(tr("Solution:")) + " ", .strong = true}};
      add_settings(task.solution, &solution);
      column_.keep_with_next();
      column_.text(solution, Print::kAside, 3);
    });
  });
  column_.gap(kBelowExercise);
}

void Exercises::add(const lessons::Question& question) {
  const bool predicted = question.kind == lessons::Question::Kind::prediction;
  column_.indented(kIndent, Column::Bar::drawn, [&] {
    label(predicted ? tr("Prediction {0}", {std::to_string(++predictions_)})
                    : tr("Question {0}", {std::to_string(++questions_)}));
    column_.text(question.text, Print::kBody, 2);
    fill(question);
  });
  column_.gap(kBelowExercise);
  if (predicted && answered()) figures_.show_change(question.after);
}

std::optional<double> Exercises::measured(const lessons::Question& question, std::string* why) const {
  if (!question.answer) return {};
  const lessons::Race race =
      lessons::asks_race(*question.answer) ? lessons::Race::run : lessons::Race::left_out;
  const lessons::Measured all = source_.measure(question.after, race);
  const lessons::State state = all.of(question.after);
  const std::optional<double> value = number_of(*question.answer, state);
  if (value) return value;
  *why = why_unknown(*question.answer, state);
  for (std::size_t i = 0; i < all.answers.size(); ++i) {
    if (!all.answers[i]->error.empty())
      *why = tr("{0} has none: {1}", {lessons::letter(i), all.answers[i]->error});
  }
  for (const auto& lane : all.race) {
    if (!lane->error.empty()) *why = lane->error;
  }
  return value;
}

void Exercises::fill(const lessons::Question& question) {
  std::string why;
  const std::optional<double> value = answered() ? measured(question, &why) : std::nullopt;
  const std::optional<std::size_t> right =
      answered() ? right_choice(question, value) : std::optional<std::size_t>();
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    if (i == 0 || !answered()) column_.keep_with_next();
    choice(question, question.choices[i], right == i);
  }
  if (!answered()) {
    if (question.choices.empty()) answer_line();
    return;
  }
  hint(question.hint);
  if (question.answer) say_answer(question, value, why, right.has_value());
  if (!question.because.empty()) column_.text(question.because, Print::kAside, kChoice);
}

void Exercises::choice(const lessons::Question& question, const lessons::Choice& choice, bool right) {
  column_.indented(kBoxIndent, Column::Bar::none, [&] {
    column_.hang(kBoxIndent, [right](Document* document, double x, double middle) {
      draw_box(document, x, middle, right);
    });
    Spans words = choice.text;
    if (answered() && question.kind == lessons::Question::Kind::prediction) {
      words.push_back({.text = " (" + words_of(choice.range) + ")"});
    }
    column_.text(words, Print::kBody, kChoice);
    if (!answered() || choice.because.empty()) return;
    column_.keep_with_next();
    column_.text(choice.because, Print::kAside, 1);
  });
}

void Exercises::answer_line() {
  column_.keep_with_next();
  column_.text(std::string(tr("Answer:")), Print::kBody, 10);
  const double left = column_.left() + column_.faces()->width(std::string(tr("Answer:")) + "  ",
                                                              figure::Letters::regular, Print::kBody.size);
  Piece line{0};
  line.draw = [left](Document* document, const Spot& spot) {
    document->canvas().rectangle({left, spot.top - 3, kAnswerLine, 0.6}, Print::kSecondary);
  };
  column_.keep_with_next();
  column_.add(std::move(line));
}

void Exercises::say_answer(const lessons::Question& question, std::optional<double> value,
                           const std::string& why, bool is_chosen) {
  Spans spans{{.text = std::string(tr("Measured:")) + " ", .strong = true}};
  if (value) {
    spans.push_back({.text = figures(*value), .strong = true});
    spans.push_back({.text = " = "});
    spans.push_back(code(question.answer->text));
    const bool typed = question.choices.empty();
    if (typed) spans.push_back({.text = "; " + tr("counts as right {0}", {words_of(question.tolerance)})});
    if (!typed && !is_chosen)
      spans.push_back({.text = "; " + std::string(tr("no guess has it in its range"))});
  } else {
    spans.push_back({.text = tr("nothing; {0}", {why})});
  }
  if (!question.changes.empty()) {
    spans.push_back({.text = ", " + std::string(tr("once")) + " "});
    add_settings(question.changes, &spans);
  }
  column_.text(spans, Print::kAside, kChoice + 1);
  if (!question.because.empty()) column_.keep_with_next();
}

}  // namespace gradflow
