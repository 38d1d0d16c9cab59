// Everything that can be wrong with a lesson's file is said with its line.
#include <gtest/gtest.h>

#include "app/lessons/parse.h"
#include "app/lessons/tests/lesson_text.h"
#include "core/io/tests/sentence.h"

namespace gradflow::lessons {
namespace {

using test::kLesson;
using test::lesson_with;

/// All problems, as they are said.
std::string problems_of(const std::string& text) {
  std::string all;
  for (const Problem& problem : parse_lesson(text, "x").problems) {
    EXPECT_TRUE(gradflow::test::is_one_sentence(problem.sentence)) << problem.sentence;
    all += std::to_string(problem.line) + ": " + problem.sentence + "\n";
  }
  return all;
}

std::string problems_with(std::string_view from, std::string_view to) {
  return problems_of(lesson_with(from, to));
}

TEST(LessonProblems, OfTheWholeFile) {
  EXPECT_EQ(problems_of(""),
            "1: the lesson has no title; allowed is a line # Title\n"
            "1: the lesson has no step; each begins with a line ## Title\n");
  EXPECT_EQ(problems_of("# T\n\n\xff\n"), "3: the text is not UTF-8 here\n");
  EXPECT_EQ(problems_of(std::string(kMaxLessonBytes + 1, 'x')),
            "1: the lesson has 262145 bytes; at most 262144 are allowed\n");
  EXPECT_EQ(problems_with("## Second", "## First"),
            "34: two steps are called \"First\"; what is done could not be told apart\n");
  EXPECT_EQ(problems_with("## Second", "# Second"),
            "34: a second title; a lesson has one line # Title, steps begin with ##\n");
  EXPECT_EQ(problems_with("## First", "First"),
            "7: a scene stands before the first step, a line ## Title\n"
            "16: a task stands before the first step, a line ## Title\n"
            "24: a question stands before the first step, a line ## Title\n");
}

TEST(LessonProblems, OfFences) {
  EXPECT_EQ(problems_with("```scene", "```sceen"), "7: a block of sceen; did you mean scene?\n");
  EXPECT_EQ(problems_with("```scene", "```bash"), "");
  EXPECT_EQ(problems_of("# T\n\n## S\n\n- item\n\n  ```task\n  do: x\n  ```\n"),
            "7: a task stands in a list or a quote; it must not be indented\n");
  EXPECT_EQ(problems_with("hint: Click", "hnit: Click"),
            "18: \"hnit\" is not a key here; did you mean hint?\n");
  EXPECT_EQ(problems_with("do: Cut", "  Cut"),
            "16: the task has no do\n17: an indented line stands under no key; allowed are do, when, hint, "
            "solution\n");
  EXPECT_EQ(problems_with("Click the wire.", ""),
            "18: the text of hint is empty; allowed is one paragraph\n");
  EXPECT_EQ(problems_with("Click the wire.", "- a list"),
            "18: the text of hint is more than text; allowed is one paragraph\n");
}

TEST(LessonProblems, OfScenes) {
  EXPECT_EQ(problems_with("A = pre-ln", "A = per-ln"),
            "8: there is no stack called \"per-ln\"; did you mean pre-ln?\n"
            "9: stack B comes before stack A\n");
  EXPECT_EQ(problems_with("depth = 6", "depth = deep"),
            "10: num_layers is \"deep\"; allowed is a whole number from 1 to 4096\n");
  EXPECT_EQ(problems_with("depth = 6", "dept = 6"),
            "10: \"dept\" is not a key of a scene; did you mean depth?\n");
  EXPECT_EQ(problems_with("depth = 6", "depth 6"),
            "10: \"depth 6\" is not KEY = VALUE, such as depth = 48\n");
  EXPECT_EQ(problems_with("depth = 6", "B.d_modl = 6"), "10: d_modl is not a key; did you mean d_model?\n");
  EXPECT_EQ(problems_with("depth = 6", "C.d_model = 6"),
            "10: there is no stack \"C\"; the scene has A to B\n");
  EXPECT_EQ(
      problems_with("depth = 6", "view = gradient"),
      "10: view is \"gradient\"; allowed is gradients, depth-law, forward, heat-map, training, token\n");
  EXPECT_EQ(problems_with("depth = 6", "B.num_heads = 5"),
            "10: d_model is 64 and num_heads is 5; d_model must be a multiple of num_heads\n");
  EXPECT_EQ(problems_with("depth.slider", "depth slider"),
            "11: \"depth slider\" is no landmark of the window, such as depth.slider\n");
}

TEST(LessonProblems, OfTasks) {
  EXPECT_EQ(problems_with("when: residual", "when: resdual"),
            "19: \"resdual(B, ffn) == off\" asks for resdual; did you mean residual?\n");
  EXPECT_EQ(problems_with("when: residual(B, ffn) == off\n", ""), "16: the task has no when\n");
  EXPECT_EQ(problems_with("B.sublayers.ffn.residual = false", "B.sublayers.ffn.residual = maybe"),
            "21: sublayers.ffn.residual is \"maybe\"; allowed is true or false\n");
}

TEST(LessonProblems, OfQuestionsAndPredictions) {
  EXPECT_EQ(problems_with("wrong: That", "right: That"),
            "24: the question has 2 answers, and 2 of them right; allowed are two or more, of which one is "
            "right, or "
            "an answer that is a number\n");
  EXPECT_EQ(problems_with("  Because {1 = 1}.\n", ""),
            "27: the answer has no explanation; it stands under it, indented\n");
  EXPECT_EQ(problems_with("because: It has {6 = depth(A)} layers.\n", ""),
            "36: the question has no because\n");
  EXPECT_EQ(problems_with("answer: depth(A) ± 0.5", "answer: dept(A)"),
            "36: the question has 0 answers, and 0 of them right; allowed are two or more, of which one is "
            "right, or an answer that is a number\n"
            "38: \"dept(A)\" asks for dept; did you mean depth?\n");
  EXPECT_EQ(problems_with("  below 7", "  under 7"),
            "46: \"under 7\" is not a range; allowed are below 5, 5 to 15 and above 15\n");
  EXPECT_EQ(problems_with("set: depth = 12", "set: depth = x"),
            "44: num_layers is \"x\"; allowed is a whole number from 1 to 4096\n");
}

TEST(LessonProblems, OfNumbers) {
  EXPECT_EQ(problems_with("{6 = depth(A)} the", "{six = depth(A)} the"),
            "14: \"six\" is not a number, such as 3.0 or 1e-13\n");
  EXPECT_EQ(problems_with("{12 = depth(A)}", "{12 = dept(A)}"),
            "52: \"dept(A)\" asks for dept; did you mean depth?\n");
  EXPECT_EQ(problems_with("# A title", "# A title {1 = 1}"),
            "1: a title has a number in braces; it belongs into the text\n");
}

TEST(LessonProblems, AFileCutAnywhereIsReadToItsEnd) {
  for (std::size_t size = 0; size < kLesson.size(); ++size) {
    EXPECT_NO_THROW(problems_of(std::string(kLesson.substr(0, size)))) << size;
  }
}

}  // namespace
}  // namespace gradflow::lessons
