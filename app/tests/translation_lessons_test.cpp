// Nor does a text around the lessons; what they say themselves is translated file by file.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "app/lessons/parse.h"
#include "app/tests/translation.h"
#include "core/spec/text.h"

namespace gradflow::testing {
namespace {

class TranslationOfLessons : public Translation {
 protected:
  Driver& open_lessons(std::vector<lessons::CourseEntry> course = lessons::built_in_course()) {
    allow_what_is_said_in(course);
    allow_what_is_said_in(lessons::built_in_gallery());
    Driver& driver = open(session::View::gradients);
    driver.front().teach({std::move(course), lessons::built_in_gallery()});
    driver.settle();
    return driver;
  }

  /// Before, all that was shown so far is looked at, while its scene is there.
  void turn_to(Driver& driver, const lessons::Place& page) {
    expect_all_translated();
    driver.front().open_page(page);
    driver.settle();
    point_at_everything();
  }
};

TEST_F(TranslationOfLessons, OfPredictionsTasksAndNumbers) {
  Driver& driver = open_lessons();
  turn_to(driver, {lessons::Book::course, 1, 1});
  look_into("header.lessons");
  expect_shown({"Back", "Next", "Again", "Keep", "Leave", "Hint", "Lesson {0}, {1}, page {2} of {3}"});
  driver.click("lesson.question.0.hint");
  driver.click("lesson.question.0.choice.0");
  expect_shown({"Measuring…"});
  driver.settle();
  point_at_everything();
  expect_shown({"Measured: {0}"});
  turn_to(driver, {lessons::Book::course, 1, 2});
  expect_shown({"Show me", "Does it for you; the scene changes as if by your hand."});
  turn_to(driver, {lessons::Book::course, 1, 4});
  for (const char* typed : {"?", "-1"}) {
    driver.enter("lesson.question.0.answer", typed);
    driver.settle();
  }
  point_at_everything();
  expect_shown({"Check", "Not so. Try once more.", "Show me", "Says the answer."});
  driver.enter("lesson.question.0.answer", "5.1");
  driver.settle();
  expect_shown({"You said {0}. Measured: {1}"});
  expect_all_translated();
}

TEST_F(TranslationOfLessons, OfWhatIsWrongWithOne) {
  constexpr const char* kWrong = R"(1

## 1

{1 = depth(A)} {2} ![3](4) [5](#6)

```scene
A = pre-lm
depth = 8
9
```

```task
do: 1
when: stacks > view
solution: depth = 0
```

```question
ask: 2
right: 3
```
)";
  Driver& driver = open_lessons({{"1.md", lessons::parse_lesson(kWrong, "1")}});
  turn_to(driver, {lessons::Book::course, 0, 0});
  expect_shown({"Leave"});
  expect_all_translated({"md", "stacks", "view", "num_layers", "depth", "pre", "lm", "ln"});
}

TEST_F(TranslationOfLessons, OfTheGallery) {
  Driver& driver = open_lessons();
  for (std::size_t file = 0; file < 2; ++file) {
    turn_to(driver, {lessons::Book::gallery, file, 0});
    look_into("header.gallery");
    expect_shown({"Next", "Again", "Keep", "Leave"});
  }
  expect_all_translated();
}

}  // namespace
}  // namespace gradflow::testing
