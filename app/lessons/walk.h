// Where one is in the lessons, and what has been done on the page that is open: what the window's panel draws
// and changes, without Dear ImGui.
//
// A page puts a scene of its own in the place of the user's session, which is set aside and comes back,
// untouched, with leave(). Every turn of a page puts the page's scene in place again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "app/lessons/course.h"
#include "app/lessons/progress.h"
#include "app/lessons/state.h"

namespace gradflow::lessons {

enum class Book : unsigned char { course, gallery };

/// A page.
struct Place {
  Book book = Book::course;
  std::size_t lesson = 0, step = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

/// What has become of a task since its page was opened.
struct TaskMark {
  bool done = false, hinted = false;
};

/// What was answered to a question since its page was opened.
struct Reply {
  std::optional<std::size_t> choice = {};
  std::optional<double> number = {};
  std::optional<double> measured = {};  // of questions with an answer that is a number, once they are told
  bool right = false;
  bool told = false;      // whether it is right is known and said; not while a prediction is being measured
  bool given_up = false;  // the answer was shown
  bool hinted = false;
  bool given() const { return choice || number || given_up; }
};

class Walk {
 public:
  Walk() = default;
  Walk(std::vector<CourseEntry> course, std::vector<CourseEntry> gallery, Progress progress = {});

  const std::vector<CourseEntry>& entries(Book book) const;
  /// Nothing in the user's own session.
  const std::optional<Place>& place() const { return place_; }
  /// Of the place; nullptr without one. A lesson that cannot be read has no step.
  const CourseEntry* entry() const;
  const Lesson* lesson() const;
  const Step* step() const;

  /// Turns to a page. Throws std::out_of_range where there is no such lesson; of steps the last that there
  /// is.
  void open(Place place, session::Scene* scene);
  /// Pages, and behind the last one of a lesson the next lesson.
  bool has_next() const;
  bool has_previous() const;
  void next(session::Scene* scene);
  void previous(session::Scene* scene);
  /// The page from its beginning.
  void again(session::Scene* scene);
  /// The page of this lesson whose title is written so in a link, "#the-last-norm"; false where none is.
  bool follow(std::string_view link, session::Scene* scene);
  /// Back to the user's session.
  void leave(session::Scene* scene);
  /// The scene as it is becomes the user's session.
  void keep();
  /// How often a scene was put in place: edits before are those of another page.
  std::uint64_t turns() const { return turns_; }

  const std::vector<TaskMark>& tasks() const { return tasks_; }
  const std::vector<Reply>& replies() const { return replies_; }
  void hint_task(std::size_t task) { tasks_.at(task).hinted = true; }
  void hint_question(std::size_t question) { replies_.at(question).hinted = true; }
  /// Does the task in place of the user.
  void do_task(std::size_t task, session::Scene* scene);
  void choose(std::size_t question, std::size_t choice, session::Scene* scene);
  void answer(std::size_t question, double number, session::Scene* scene);
  /// Says the answer.
  void give_up(std::size_t question, session::Scene* scene);

  /// Once a frame: which tasks are done now, and which answers can be told.
  void look(const State& state);
  /// A prediction waits for a race; true once.
  bool take_race_wish();

  const Progress& progress() const { return progress_; }
  void forget_progress(const Lesson& lesson);
  /// True once after the progress has changed.
  bool take_progress_news();

 private:
  void turn_to(Place place, bool goes_on, session::Scene* scene);
  void show_question(const Question& question, session::Scene* scene);
  void reply(std::size_t question, Reply reply, session::Scene* scene);
  bool is_open(std::size_t task) const;
  void tell(std::size_t question, std::optional<double> measured);
  const Question& question(std::size_t question) const { return step()->questions.at(question); }

  std::vector<CourseEntry> course_, gallery_;
  std::optional<Place> place_;
  std::optional<session::Scene> own_;  // while a page is open
  std::vector<TaskMark> tasks_;        // one a task and a question of the page
  std::vector<Reply> replies_;
  std::uint64_t turns_ = 0;
  bool race_wanted_ = false;
  Progress progress_;
  bool progress_news_ = false;
};

}  // namespace gradflow::lessons
