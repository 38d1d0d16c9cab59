// Checking a lesson finds what is not so; here the measurements are made by hand.
#include "app/lessons/check.h"

#include <gtest/gtest.h>

#include "app/lessons/parse.h"
#include "app/lessons/tests/lesson_text.h"

namespace gradflow::lessons {
namespace {

using test::lesson_with;

/// The top-of-stack gradient of B is 2.6 times A's, whatever the scene.
Measured measure(const session::Scene& scene, Race) {
  Measured measured;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) {
    StackReport report;
    report.spec = scene.stacks[i];
    report.series = {{std::string(kTopQuantity), {0}, {i == 0 ? 1 : 2.6}}};
    measured.answers.push_back(std::make_shared<const StackReport>(report));
    measured.verdicts.emplace_back();
  }
  return measured;
}

std::string problems_of(const std::string& text) {
  const Parsed parsed = parse_lesson(text, "x");
  std::string all;
  for (const Problem& problem : parsed.problems) all += "parse " + said(problem, "x") + "\n";
  for (const Problem& problem : check_lesson(parsed.lesson, measure).problems) {
    all += std::to_string(problem.line) + ": " + problem.sentence + "\n";
  }
  return all;
}

TEST(CheckLesson, CountsWhatItChecked) {
  const CheckedLesson checked = check_lesson(parse_lesson(test::kLesson, "x").lesson, measure);
  EXPECT_TRUE(checked.problems.empty()) << said(checked.problems.at(0), "x");
  EXPECT_EQ(checked.numbers, 6);
  EXPECT_EQ(checked.tasks, 1);
  EXPECT_EQ(checked.questions, 3);
}

TEST(CheckLesson, ANumberThatIsNotMeasuredSo) {
  EXPECT_EQ(problems_of(lesson_with("{2.6 ± 20 %", "{3.5 ± 20 %")),
            "14: the text says 3.5, but \"top(B) / top(A)\" is measured as 2.6; allowed is 3.5 ± 20 %\n");
  EXPECT_EQ(problems_of(lesson_with("{12 = depth(A)}", "{6 = depth(A)}")),
            "52: the text says 6, but \"depth(A)\" is measured as 12; allowed is 6 ± 0.5\n");
}

TEST(CheckLesson, AQuantityThatNobodyMeasures) {
  EXPECT_EQ(problems_of(lesson_with("top(B) /", "top(C) /")),
            "14: \"top(C) / top(A)\" has no value: there is no stack C\n");
}

TEST(CheckLesson, ATaskThatIsDoneAtTheStartOrNotByItsSolution) {
  EXPECT_EQ(problems_of(lesson_with("when: residual(B, ffn) == off", "when: depth(A) == 6")),
            "16: \"depth(A) == 6\" holds before anything is done; a task has to be open\n");
  EXPECT_EQ(
      problems_of(lesson_with("B.sublayers.ffn.residual = false", "B.sublayers.attention.residual = false")),
      "16: \"residual(B, ffn) == off\" does not hold after the task's solution\n");
  EXPECT_EQ(problems_of(lesson_with("B.sublayers.ffn.residual = false", "depth = 6")),
            "16: the task's solution changes nothing\n");
  EXPECT_EQ(problems_of(lesson_with("when: residual(B, ffn) == off", "when: race(A) == dead")),
            "16: \"race(A) == dead\" has no value after the solution: it is not measured\n");
}

TEST(CheckLesson, APredictionThatNoGuessOrTwoGuessesMeet) {
  EXPECT_EQ(problems_of(lesson_with("7 to 100", "20 to 100")),
            "42: the reveal \"depth(A)\" is measured as 12, which 0 of the guesses have in their range; "
            "allowed is one\n");
  EXPECT_EQ(problems_of(lesson_with("below 7", "below 20")),
            "42: the reveal \"depth(A)\" is measured as 12, which 2 of the guesses have in their range; "
            "allowed is one\n");
}

}  // namespace
}  // namespace gradflow::lessons
