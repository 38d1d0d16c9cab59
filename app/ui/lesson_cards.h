// The tasks and questions of a lesson's page, each on a card of its own.
//
//   lesson.task.T                      the card; lesson.task.T.hint, lesson.task.T.show: buttons
//   lesson.question.Q                  the card; its .hint and .show
//   lesson.question.Q.choice.C         an answer to choose
//   lesson.question.Q.answer, .check   the box of a number, and the button that hands it in
#pragma once

#include <functional>
#include <string>

#include "app/lessons/walk.h"
#include "app/ui/lesson_blocks.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// What the user wants done on a page: kept until it is drawn, which it may turn.
using LessonAction = std::function<void(lessons::Walk& walk, session::Scene* scene)>;

class LessonCards {
 public:
  LessonCards(const Ui& ui, const lessons::Walk& walk, LessonBlocks* blocks, LessonAction* action)
      : ui_(ui), walk_(walk), blocks_(*blocks), action_(*action) {}

  /// From the top of the place; returns the height.
  float draw(const lessons::Block& block, const Rect& place);

 private:
  float draw_task(std::size_t index, const Rect& inner);
  float draw_question(std::size_t index, const Rect& inner);
  float draw_choice(std::size_t question, std::size_t choice, const Rect& place);
  float draw_box(std::size_t question, const Rect& place);
  float draw_outcome(std::size_t question, const Rect& place);
  float draw_buttons(const std::string& name, const Rect& place, bool hint, const LessonAction& hinted,
                     std::string_view show, std::string_view show_tip, const LessonAction& shown);
  float draw_sign(const Rect& place, Judgement judgement);

  const Ui& ui_;
  const lessons::Walk& walk_;
  LessonBlocks& blocks_;
  LessonAction& action_;
};

}  // namespace gradflow::ui
