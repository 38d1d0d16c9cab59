// Tasks and questions of a printed lesson, with their answers or with room for them.
#pragma once

#include "app/export/column.h"
#include "app/export/lesson_figures.h"
#include "app/export/lesson_pages.h"

namespace gradflow {

class Exercises {
 public:
  Exercises(const LessonSource& source, Edition edition, Column* column, LessonFigures* figures)
      : source_(source), edition_(edition), column_(*column), figures_(*figures) {}

  void add(const lessons::Task& task);
  void add(const lessons::Question& question);

 private:
  bool answered() const { return edition_ == Edition::answered; }
  void label(const std::string& words);
  void fill(const lessons::Question& question);
  void choice(const lessons::Question& question, const lessons::Choice& choice, bool right);
  void hint(const lessons::Spans& hint);
  void answer_line();
  std::optional<double> measured(const lessons::Question& question, std::string* why) const;
  void say_answer(const lessons::Question& question, std::optional<double> value, const std::string& why,
                  bool is_chosen);

  const LessonSource& source_;
  Edition edition_;
  Column& column_;
  LessonFigures& figures_;
  int tasks_ = 0, questions_ = 0, predictions_ = 0;
};

}  // namespace gradflow
