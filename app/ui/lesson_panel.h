// The lesson that is open: its page beside what it is about, and the way from page to page.
//
//   lesson.panel                      all of it
//   lesson.previous, lesson.next      Page up, Page down
//   lesson.again                      the page from its beginning
//   lesson.keep, lesson.leave         its scene becomes the user's session; back to the user's session
//   lesson.step.K                     a dot a page, filled where it is done
//   lesson.problem.K                  what is wrong with its file, in place of a page
//   lesson.page                       the page, which scrolls; its text.K.link.L are links, and what
//                                     lesson_cards.h names
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/lessons/walk.h"
#include "app/ui/answers.h"
#include "app/ui/lesson_cards.h"
#include "app/ui/ui.h"
#include "core/analysis/verdict.h"

namespace gradflow::ui {

class LessonPanel {
 public:
  /// Takes the panel its room: on the right of the place where that leaves the plot enough, else at the
  /// bottom, where it leaves room for more than two lines below the plot.
  static Rect lay_out(const Ui& ui, bool presenter, std::size_t lines, Rect* place);

  /// What is measured, and with it what is done. Once a frame, before draw().
  void look(Answers answers, const RaceView& race, const session::Scene& scene, lessons::Walk* walk);

  /// Draws the page and does what the user wants of it.
  void draw(const Ui& ui, const Rect& rect, Answers answers, const RaceView& race, lessons::Walk* walk,
            session::Scene* scene);

  /// Marks what the page points at; over everything else.
  static void point(const Ui& ui, const lessons::Walk& walk);

 private:
  const std::vector<Verdict>& verdicts(Answers answers);
  /// Returns its height.
  float draw_head(const Ui& ui, const Rect& row, const lessons::Walk& walk);
  void draw_dots(const Ui& ui, const Rect& row, const lessons::Walk& walk);
  float draw_page(const Ui& ui, const Rect& place, const lessons::Walk& walk, const lessons::State& state);
  void show_what_is_told(const Ui& ui, const Rect& body, const lessons::Walk& walk);
  static float draw_problems(const Ui& ui, const Rect& place, const lessons::CourseEntry& entry);

  LessonAction action_;
  std::vector<std::shared_ptr<const StackReport>> judged_;
  std::vector<Verdict> verdicts_;
  std::uint64_t turn_ = 0;  // that was drawn last
  std::vector<bool> told_;  // of the page's questions, when it was drawn last
};

/// Page up and Page down, and Escape: call while the keys belong to no popup and no box.
void take_lesson_keys(lessons::Walk* walk, session::Scene* scene);

}  // namespace gradflow::ui
