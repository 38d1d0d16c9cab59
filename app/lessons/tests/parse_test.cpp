// What a lesson's file says arrives in its values.
#include "app/lessons/parse.h"

#include <gtest/gtest.h>

#include "app/lessons/number.h"
#include "app/lessons/tests/lesson_text.h"
#include "core/io/tests/sentence.h"

namespace gradflow::lessons {
namespace {

using gradflow::test::sentence_of;
using test::kLesson;

std::string text_of(const Spans& spans) {
  std::string text;
  for (const Span& span : spans) text += span.text;
  return text;
}

class ParsedLesson : public testing::Test {
 protected:
  const Parsed parsed_ = parse_lesson(kLesson, "small");
  const Lesson& lesson_ = parsed_.lesson;
};

TEST_F(ParsedLesson, HasNoProblemAndItsTitles) {
  EXPECT_TRUE(parsed_.problems.empty()) << said(parsed_.problems.at(0), "small");
  EXPECT_EQ(lesson_.name, "small");
  EXPECT_EQ(lesson_.title, "A title");
  EXPECT_EQ(text_of(lesson_.summary.at(0).spans), "What it is about.");
  ASSERT_EQ(lesson_.steps.size(), 2U);
  EXPECT_EQ(lesson_.steps[0].title, "First");
  EXPECT_EQ(lesson_.steps[1].line, 34);
}

TEST_F(ParsedLesson, BuildsTheScene) {
  const Step& step = lesson_.steps[0];
  EXPECT_TRUE(step.sets_scene);
  ASSERT_EQ(step.scene.stacks.size(), 2U);
  EXPECT_EQ(step.scene.stacks[1].num_layers, 6);
  EXPECT_EQ(step.highlight, (std::vector<std::string>{"depth.slider", "stack.1.ffn.residual"}));
}

TEST_F(ParsedLesson, PutsTasksAndQuestionsWhereTheyStandAndLeavesTheSceneOut) {
  const std::vector<Block>& blocks = lesson_.steps[0].blocks;
  ASSERT_EQ(blocks.size(), 3U);
  EXPECT_EQ(blocks[0].kind, Block::Kind::paragraph);
  EXPECT_EQ(blocks[1].kind, Block::Kind::task);
  EXPECT_EQ(blocks[2].kind, Block::Kind::question);
}

TEST_F(ParsedLesson, TiesNumbersToMeasurements) {
  const Step& step = lesson_.steps[0];
  EXPECT_EQ(text_of(step.blocks[0].spans), "At depth 6 the ratio is 2.6.");
  const Number& ratio = step.numbers.at(*step.blocks[0].spans.at(3).number);
  EXPECT_EQ(ratio.told, 2.6);
  EXPECT_EQ(ratio.tolerance, (Tolerance{0.2, true}));
  EXPECT_EQ(ratio.expression.text, "top(B) / top(A)");
  EXPECT_EQ(ratio.line, 14);
}

TEST_F(ParsedLesson, ReadsATask) {
  const Task& task = lesson_.steps[0].tasks.at(0);
  EXPECT_EQ(text_of(task.text), "Cut the residual of the feed-forward in B.");
  EXPECT_TRUE(task.text.at(1).emphasis);
  EXPECT_EQ(text_of(task.hint), "Click the wire.");
  EXPECT_EQ(holds(task.done_when, {task.before}), false);
  EXPECT_EQ(holds(task.done_when, {task.after}), true);
  EXPECT_EQ(task.line, 16);
}

TEST_F(ParsedLesson, ReadsAChoiceWithItsReasons) {
  const Question& question = lesson_.steps[0].questions.at(0);
  ASSERT_EQ(question.choices.size(), 2U);
  EXPECT_EQ(text_of(question.choices[0].because), "Because 1.");
  EXPECT_EQ(text_of(question.choices[1].because), "Because not, and that is all.");
  EXPECT_EQ(right_choice(question, {}), 0U);
  EXPECT_EQ(text_of(question.hint), "Not the other.");
}

TEST_F(ParsedLesson, AStepWithoutASceneGoesOnWhereTheOneBeforeEnds) {
  EXPECT_FALSE(lesson_.steps[1].sets_scene);
  EXPECT_EQ(lesson_.steps[1].scene, lesson_.steps[0].tasks[0].after);
}

TEST_F(ParsedLesson, ReadsANumberToAnswer) {
  const Question& question = lesson_.steps[1].questions.at(0);
  EXPECT_EQ(number_of(*question.answer, {question.after}), 6);
  EXPECT_TRUE(is_near(6.4, 6, question.tolerance));
  EXPECT_FALSE(is_near(6.6, 6, question.tolerance));
}

TEST_F(ParsedLesson, ReadsAPredictionThatTheMeasurementDecides) {
  const Step& step = lesson_.steps[1];
  const Question& question = step.questions.at(1);
  EXPECT_EQ(question.kind, Question::Kind::prediction);
  EXPECT_EQ(question.before.stacks[0].num_layers, 6);
  EXPECT_EQ(question.after.stacks[0].num_layers, 12);
  EXPECT_EQ(right_choice(question, 12), 1U);
  EXPECT_EQ(right_choice(question, 7), 1U);
  EXPECT_EQ(right_choice(question, 100), 2U);
  EXPECT_EQ(right_choice(question, {}), std::nullopt);
  for (const Number& number : step.numbers) {
    EXPECT_EQ(number_of(number.expression, {scene_of(step, number)}), number.told) << number.line;
  }
}

TEST(ParseLesson, TakesLineEndsOfEverySystem) {
  std::string dos;
  for (const char c : kLesson) dos += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_EQ(parse_lesson(dos, "small").lesson, parse_lesson(kLesson, "small").lesson);
  EXPECT_TRUE(parse_lesson(dos, "small").problems.empty());
}

TEST(TiedNumber, MayBeRoundedWhereItSaysNoTolerance) {
  EXPECT_EQ(read_number("3.0 = 3").tolerance.value, 0.05);
  EXPECT_EQ(read_number("12 = 3").tolerance.value, 0.5);
  EXPECT_DOUBLE_EQ(read_number("1.5e-3 = 3").tolerance.value, 0.05e-3);
  EXPECT_EQ(read_number(" -2 ± 1 = 3").told, -2);
}

TEST(TiedNumber, RefusalsSayWhatIsAllowed) {
  EXPECT_EQ(
      sentence_of([] { read_number("a set"); }),
      "\"a set\" is not a number tied to a measurement, such as {3.0 ± 0.2 = top(B) / top(A)}; a brace is "
      "written \\{");
  EXPECT_EQ(sentence_of([] { read_number("three = 3"); }), "\"three\" is not a number, such as 3.0 or 1e-13");
  EXPECT_EQ(sentence_of([] { read_number("3 ± -1 = 3"); }), "\"-1\" is not a tolerance, such as 0.2 or 10 %");
  EXPECT_EQ(sentence_of([] { read_range("about 5"); }),
            "\"about 5\" is not a range; allowed are below 5, 5 to 15 and above 15");
  EXPECT_EQ(sentence_of([] { read_range("7 to 5"); }),
            "\"7 to 5\" is not a range: its first number must be the smaller one");
}

}  // namespace
}  // namespace gradflow::lessons
