// gradflow-cli lesson: the lessons of the program say what is measured, and others are held to it.
#include <gtest/gtest.h>

#include "app/cli/tests/process.h"
#include "core/io/file.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow {
namespace {

test::Outcome lesson(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "lesson");
  return test::run_program(GRADFLOW_CLI, arguments);
}

constexpr const char* kLesson = R"(# T

## S

At the top A has {0.24 = top(A)}.

```task
do: Cut it.
when: verdict(B) == residual-off
solution: B.sublayers.ffn.residual = false
```
)";

std::string with(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(Lesson, EveryNumberTaskAndPredictionOfTheProgramsLessonsAndGalleryIsMeasuredSo) {
  const test::Outcome outcome = lesson({"check"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_NE(outcome.out.find("01-one-wire-of-difference.md: 7 steps"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("02-watch-the-gradients-diverge.md: 6 steps"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("01-named-models.md: 24 steps"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("02-wiring-bugs.md: 8 steps"), std::string::npos) << outcome.out;
}

TEST(Lesson, AGoodFileIsCounted) {
  const test::TemporaryFolder folder;
  write_file(folder / "a.md", kLesson);
  const test::Outcome outcome = lesson({"check", folder / "a.md"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, (folder / "a.md").string() +
                             ": 1 step, 1 task, 0 questions, 1 number in the text: all as measured\n");
}

TEST(Lesson, WhatIsNotSoIsSaidByFileAndLineAndIsStatusOne) {
  const test::TemporaryFolder folder;
  write_file(folder / "a.md", with(kLesson, "{0.24", "{0.42"));
  write_file(folder / "b.md", with(kLesson, "residual-off", "residual-of"));
  const test::Outcome outcome = lesson({"check", folder / "a.md", folder / "b.md"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("a.md:5: the text says 0.42, but \"top(A)\" is measured as 0.24"),
            std::string::npos)
      << outcome.err;
  EXPECT_NE(
      outcome.err.find("b.md:9: \"verdict(B) == residual-of\" compares verdict with residual-of; did you "
                       "mean residual-off?\n"),
      std::string::npos)
      << outcome.err;
}

TEST(Lesson, AFileThatIsNotThereIsStatusTwo) {
  const test::Outcome outcome = lesson({"check", "no-such.md"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("no-such.md"), std::string::npos);
  EXPECT_EQ(lesson({}).exit_code, 2);
}

TEST(Lesson, ListsThoseOfTheProgramOrOfAFolder) {
  EXPECT_NE(lesson({"list"}).out.find("02-watch-the-gradients-diverge  Watch the gradients diverge: "),
            std::string::npos);
  const test::TemporaryFolder folder;
  write_file(folder / "a.md", kLesson);
  EXPECT_EQ(lesson({"list", "--lessons", folder.path()}).out, "a  T: 1 step, 1 task, 0 questions\n");
  EXPECT_EQ(lesson({"list", "--lessons", folder / "none"}).exit_code, 2);
}

}  // namespace
}  // namespace gradflow
