// Every lesson from its first page to its last, in the real window: a hand does what the text asks, gives
// wrong answers and right ones, and the user's own session is there again at the end.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "app/tests/driver.h"
#include "app/tests/lesson_hand.h"

namespace gradflow::testing {
namespace {

using lessons::Block;
using lessons::Book;
using lessons::Place;
using lessons::Question;

struct Named {
  Book book;
  std::size_t lesson;
  std::string name;
  friend void PrintTo(const Named& lesson, std::ostream* out) { *out << lesson.name; }
};

std::vector<Named> all_lessons() {
  std::vector<Named> all;
  for (const Book book : {Book::course, Book::gallery}) {
    const auto entries = book == Book::course ? lessons::built_in_course() : lessons::built_in_gallery();
    for (std::size_t i = 0; i < entries.size(); ++i) all.push_back({book, i, entries[i].parsed.lesson.name});
  }
  return all;
}

class EveryLesson : public ::testing::TestWithParam<Named> {
 protected:
  EveryLesson() : driver_({.width = 1280, .height = 800}) {
    driver_.front().teach({lessons::built_in_course(), lessons::built_in_gallery()});
    driver_.settle();
  }

  const lessons::Walk& walk() { return driver_.front().walk(); }
  const lessons::Step& step() { return *walk().step(); }

  static std::string digits(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
  }

  void expect_landmarks() {
    for (const std::string& name : step().highlight) {
      if (!driver_.has(name)) {
        driver_.front().window().reveal(name);
        driver_.frames(6);
      }
      EXPECT_TRUE(driver_.has(name)) << "the page points at " << name << ", which is not there";
    }
  }

  void do_task(std::size_t index) {
    SCOPED_TRACE("task in line " + std::to_string(step().tasks[index].line));
    EXPECT_FALSE(walk().tasks().at(index).done) << "is done before anything is";
    try {
      do_by_hand(driver_, step().tasks[index].solution);
      if (asks_race(step().tasks[index].done_when) && !walk().tasks().at(index).done) {
        driver_.click("race.start");
        driver_.settle();
      }
    } catch (const std::exception& error) {
      ADD_FAILURE() << "no hand can do it: " << error.what();
      driver_.click("lesson.task." + std::to_string(index) + ".show");
      driver_.settle();
    }
    EXPECT_TRUE(walk().tasks().at(index).done) << step().tasks[index].done_when.text;
  }

  void choose(std::size_t index, std::size_t choice) {
    driver_.click("lesson.question." + std::to_string(index) + ".choice." + std::to_string(choice));
    driver_.settle();
    ASSERT_TRUE(walk().replies().at(index).told);
  }

  /// The window shows what was to be predicted.
  void expect_revealed(const Question& question) {
    if (question.changes.empty()) return;
    session::Scene shown = driver_.scene();
    shown.selected = question.after.selected;
    EXPECT_EQ(shown, question.after);
  }

  void answer_with_number(std::size_t index) {
    const Question& question = step().questions[index];
    const std::string box = "lesson.question." + std::to_string(index) + ".answer";
    driver_.enter(box, "-12345");
    driver_.settle();
    ASSERT_TRUE(walk().replies().at(index).told);
    EXPECT_FALSE(walk().replies().at(index).right);
    EXPECT_TRUE(std::isfinite(*walk().replies().at(index).measured));
    if (question.kind == Question::Kind::prediction) return expect_revealed(question);  // one guess
    driver_.enter(box, digits(*walk().replies().at(index).measured));
    driver_.settle();
    EXPECT_TRUE(walk().replies().at(index).right);
  }

  void answer(std::size_t index) {
    const Question question = step().questions[index];
    SCOPED_TRACE("question in line " + std::to_string(question.line));
    if (question.choices.empty()) return answer_with_number(index);
    if (question.kind == Question::Kind::prediction) {  // one guess: the first here, the last there
      const std::size_t guess = guesses_++ % 2 == 0 ? 0 : question.choices.size() - 1;
      choose(index, guess);
      const lessons::Reply& reply = walk().replies().at(index);
      if (!reply.told) return;
      const auto right = right_choice(question, reply.measured);
      ASSERT_TRUE(right) << "no guess is right: measured is " << *reply.measured;
      EXPECT_EQ(reply.right, *right == guess);
      expect_revealed(question);
      return;
    }
    std::size_t right = 0;
    for (std::size_t i = 0; i < question.choices.size(); ++i) {
      if (question.choices[i].right) {
        right = i;
        continue;
      }
      choose(index, i);
      EXPECT_FALSE(walk().replies().at(index).right);
    }
    choose(index, right);
    EXPECT_TRUE(walk().replies().at(index).right);
  }

  void do_page() {
    SCOPED_TRACE(step().title);
    if (step().sets_scene) {
      EXPECT_EQ(driver_.scene(), step().scene);
    }
    expect_landmarks();
    for (const Block& block : lessons::Step(step()).blocks) {
      if (block.kind == Block::Kind::task) do_task(block.index);
      if (block.kind == Block::Kind::question) answer(block.index);
    }
    if (walk().place()->book == Book::course) {
      EXPECT_TRUE(walk().progress().has_step(*walk().lesson(), walk().place()->step));
    }
  }

  Driver driver_;
  int guesses_ = 0;
};

TEST_P(EveryLesson, IsWalkedToItsEndByDoingWhatItAsks) {
  driver_.drag("depth.slider", 12, 20);
  driver_.settle();
  const session::Scene own = driver_.scene();
  driver_.front().open_page({GetParam().book, GetParam().lesson, 0});
  driver_.settle();
  const std::size_t pages = walk().lesson()->steps.size();
  ASSERT_GT(pages, 0U);
  for (std::size_t page = 0; page < pages; ++page) {
    ASSERT_EQ(walk().place()->step, page);
    do_page();
    if (page + 1 == pages) break;
    driver_.click("lesson.next");
    driver_.settle();
  }
  driver_.click("lesson.leave");
  driver_.settle();
  EXPECT_FALSE(walk().place());
  EXPECT_EQ(driver_.scene(), own);
}

std::string name_of(const ::testing::TestParamInfo<Named>& lesson) {
  std::string name = lesson.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(Course, EveryLesson, ::testing::ValuesIn(all_lessons()), name_of);

}  // namespace
}  // namespace gradflow::testing
