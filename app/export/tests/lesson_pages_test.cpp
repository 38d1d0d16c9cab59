// A lesson on paper: the print has every answer, the handout none; nothing is lost between the pages, and the
// bytes are the same every time.
#include "app/export/lesson_pages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/export/column.h"
#include "app/export/tests/printed_lesson.h"
#include "app/lessons/course.h"

namespace gradflow {
namespace {

using lessons::Lesson;
using test::lesson_of;
using test::print;
using test::RecordedDocument;
using test::reports_of;
using test::source_with;
using test::squeezed;

constexpr const char* kLesson = R"(# A lesson

What it is about.

## The first step

```scene
A = pre-ln
B = post-ln
depth = 3
highlight = block.diagram
```

At the top A has {0.24 = top(A)}; see [the end](#the-last-step) and [a page](https://example.org/a'b).

```task
do: Cut the wire.
hint: It is drawn.
when: residual(B, ffn) == off
solution: B.sublayers.ffn.residual = false
```

```question
ask: Which is so?
hint: Not the other.
right: This one
  For it is {77 = top(A)}.
wrong: That one
  It would be, were it not.
```

## The last step

```predict
ask: How large at depth 5?
set: depth = 5
guess: Small
  below 7
guess: Large
  above 7
reveal: top(B)
because: It grew beyond {8 = top(B)}.
```

```question
ask: How large is it?
answer: top(A) ± 0.5
because: One reads it off.
```
)";

TEST(LessonPages, ThePrintHasTheAnswersAndWhatIsMeasured) {
  RecordedDocument document;
  print(kLesson, Edition::answered, &document);
  for (const char* words :
       {"A lesson",
        "What it is about.",
        "1 The first step",
        "At the top A has 0.24",
        "Task 1",
        "Cut the wire.",
        "Hint: It is drawn.",
        "Solution: B.sublayers.ffn.residual = false",
        "Question 1",
        "Which is so?",
        "Hint: Not the other.",
        "This one For it is 77.",
        "That one It would be, were it not.",
        "2 The last step",
        "Small (below 7)",
        "Large (above 7)",
        "Measured: 8.25 = top(B), once depth = 5",
        "It grew beyond 8.",
        "Measured: 8.25 = top(A); counts as right ± 0.5",
        "One reads it off.",
        "Figure 2 Gradients, ‖∂L/∂W₁‖ feed-forward. A Pre-LN; B Post-LN; layers 3.",
        "Figure 1 The block of each stack.",
        "Figure 3 Gradients, ‖∂L/∂W₁‖ feed-forward. A Pre-LN; B Post-LN, residual off; layers 5.",
        "gradflow · A lesson · with answers",
        "Page 1 of 2"}) {
    EXPECT_TRUE(document.has(words)) << words << "\n" << document.all();
  }
  EXPECT_EQ(document.figures.size(), 2U) << "of the scene, and of what was predicted";
  EXPECT_EQ(document.strokes(Print::kRight), 2U * 2) << "a box and its tick for each right answer";
}

TEST(LessonPages, TheHandoutAsksAndGivesNothingAway) {
  RecordedDocument document;
  print(kLesson, Edition::handout, &document);
  for (const char* words : {"At the top A has 0.24", "Cut the wire.", "Which is so?", "This one", "That one",
                            "How large at depth 5?", "Small", "Large", "How large is it?",
                            "Answer:", "gradflow · A lesson · handout", "Page 1 of 2"}) {
    EXPECT_TRUE(document.has(words)) << words << "\n" << document.all();
  }
  for (const char* words : {"Hint", "It is drawn", "Solution", "residual = false", "For it is", "77",
                            "were it not", "(below", "Measured", "8.25", "It grew", "One reads"}) {
    EXPECT_FALSE(document.has(words)) << words << "\n" << document.all();
  }
  EXPECT_EQ(document.figures.size(), 1U);
  EXPECT_EQ(document.strokes(Print::kRight), 0U);
}

TEST(LessonPages, WhatIsNotFiniteOrCouldNotBeMeasuredStandsThereAsWhatItIs) {
  const auto said = [&](const LessonSource& source) {
    RecordedDocument document;
    print(lesson_of(kLesson), source, Edition::answered, &document);
    return document.all();
  };
  const auto has = [](const std::string& all, std::string_view words) {
    return all.find(squeezed(words)) != std::string::npos;
  };
  const std::string nan = said(source_with(std::nan("")));
  EXPECT_TRUE(has(nan, "Measured: not a number = top(B); no guess has it in its range, once depth = 5"))
      << nan;
  EXPECT_TRUE(has(said(source_with(std::numeric_limits<double>::infinity())), "Measured: infinite = top(A)"));
  const LessonSource failing{
      [](const session::Scene& scene, lessons::Race) {
        StackReports reports;
        for (const StackSpec& stack : scene.stacks) {
          reports.push_back(std::make_shared<StackReport>(StackReport{stack, "there is no memory", {}, {}}));
        }
        return lessons::Measured{reports, {}, {}};
      },
      source_with(1).shown};
  const std::string failed = said(failing);
  EXPECT_TRUE(has(failed, "Measured: nothing; B has none: ")) << failed;
  EXPECT_TRUE(has(failed, "there is no memory")) << failed;
}

TEST(LessonPages, LinksLeadToStepsAndToTheWebAndNowhereElse) {
  RecordedDocument document;
  std::string text = kLesson;
  text.replace(text.find("What it is about."), 17, "[run](javascript:x) [file](other.md)");
  print(text, Edition::handout, &document);
  ASSERT_EQ(document.links.size(), 2U);
  EXPECT_EQ(document.links[0].to.page, document.outline.at(1).to.page);
  EXPECT_EQ(document.links[0].to.at.y, document.outline.at(1).to.at.y);
  EXPECT_EQ(document.links[1].uri, "https://example.org/a'b");
  EXPECT_EQ(document.outline.at(1).title, "2  The last step");
  EXPECT_TRUE(document.has("run file"));
}

TEST(LessonPages, ThePdfHasItsPagesItsTitleAndItsOutlineAndNoDate) {
  const Lesson lesson = lesson_of(kLesson);
  const LessonSource source = source_with(8.25);
  const std::string pdf = lesson_pdf(lesson, source, Edition::answered);
  const auto count = [&](std::string_view words) {
    std::size_t times = 0;
    for (std::size_t at = pdf.find(words); at != std::string::npos; at = pdf.find(words, at + 1)) ++times;
    return times;
  };
  EXPECT_TRUE(pdf.starts_with("%PDF-1.4"));
  EXPECT_EQ(count("/Type /Page\n") + count("/Type /Page "), 2U);
  EXPECT_EQ(count("/Title (A lesson)"), 1U);
  EXPECT_EQ(count("/Type /Outlines"), 1U);
  EXPECT_EQ(count("https://example.org/a'b"), 1U);
  EXPECT_EQ(count("Date"), 0U);
  EXPECT_EQ(count("/Subtype /Image"), 0U);
  EXPECT_EQ(pdf, lesson_pdf(lesson, source, Edition::answered));
  EXPECT_NE(pdf, lesson_pdf(lesson, source, Edition::handout));
  const std::string letter = lesson_pdf(lesson, source, Edition::answered, figure::kLetter);
  EXPECT_NE(letter.find("612 792"), std::string::npos);
}

std::string plain(const lessons::Spans& spans) {
  std::string text;
  for (const lessons::Span& span : spans) text += span.text;
  return squeezed(text);
}

TEST(LessonPages, AStopEndsThePrintOnItsWay) {
  std::stop_source stop;
  LessonMeasure measure(stop.get_token());
  const Lesson lesson = lesson_of(kLesson);
  EXPECT_NE(lesson_pdf(lesson, source_of(measure), Edition::answered), "");
  stop.request_stop();
  LessonMeasure stopped(stop.get_token());
  EXPECT_THROW(lesson_pdf(lesson, source_of(stopped), Edition::answered), Stopped);
}

TEST(LessonPages, TheRaceThatAQuestionAsksForIsNotInTheHandout) {
  const std::string text =
      "# T\n\n## S\n\n```scene\nview = training\n```\n\n"
      "```predict\nask: Q\nguess: a\n  below 1\nguess: b\n  above 1\nreveal: race_loss(B)\nbecause: C\n```\n";
  RecordedDocument print_of, handout;
  print(text, Edition::answered, &print_of);
  print(text, Edition::handout, &handout);
  EXPECT_EQ(print_of.figures.size(), 1U);
  EXPECT_EQ(handout.figures.size(), 0U);
}

/// Every number, task and prediction is as it is measured.
void expect_measured_so(const lessons::CourseEntry& entry, const lessons::Measure& measure) {
  for (const lessons::Problem& problem : entry.parsed.problems) ADD_FAILURE() << said(problem, entry.file);
  const lessons::CheckedLesson checked = check_lesson(entry.parsed.lesson, measure);
  for (const lessons::Problem& problem : checked.problems) ADD_FAILURE() << said(problem, entry.file);
  EXPECT_GT(checked.numbers, 0) << entry.file;
}

TEST(LessonPages, EveryEntryOfTheGallerySaysWhatIsMeasured) {
  LessonMeasure measure{std::stop_token()};
  const auto gallery = lessons::built_in_gallery();
  EXPECT_EQ(gallery.size(), 2U);
  for (const lessons::CourseEntry& entry : gallery) expect_measured_so(entry, source_of(measure).measure);
}

TEST(LessonPages, EveryLessonOfTheProgramSaysWhatIsMeasuredAndPrintsAndItsHandoutHasNoAnswer) {
  LessonMeasure measure{std::stop_token()};
  const LessonSource source = source_of(measure);
  for (const lessons::CourseEntry& entry : lessons::built_in_course()) {
    const Lesson& lesson = entry.parsed.lesson;
    expect_measured_so(entry, source.measure);
    EXPECT_TRUE(std::any_of(lesson.steps.begin(), lesson.steps.end(), [](const lessons::Step& step) {
      return !step.tasks.empty();
    })) << entry.file;
    RecordedDocument answered, handout;
    print(lesson, source, Edition::answered, &answered);
    print(lesson, source, Edition::handout, &handout);
    EXPECT_LE(handout.pages(), answered.pages());
    EXPECT_EQ(answered.all().find("Measured:nothing"), std::string::npos) << entry.file;
    const auto only_answered = [&](const lessons::Spans& spans) {
      if (spans.empty()) return;
      EXPECT_NE(answered.all().find(plain(spans)), std::string::npos) << entry.file << "\n" << plain(spans);
      EXPECT_EQ(handout.all().find(plain(spans)), std::string::npos) << entry.file << "\n" << plain(spans);
    };
    for (const lessons::Step& step : lesson.steps) {
      EXPECT_TRUE(handout.has(step.title));
      for (const lessons::Task& task : step.tasks) {
        EXPECT_NE(handout.all().find(plain(task.text)), std::string::npos) << plain(task.text);
        only_answered(task.hint);
      }
      for (const lessons::Question& question : step.questions) {
        EXPECT_NE(handout.all().find(plain(question.text)), std::string::npos) << plain(question.text);
        only_answered(question.hint);
        only_answered(question.because);
        for (const lessons::Choice& choice : question.choices) {
          EXPECT_NE(handout.all().find(plain(choice.text)), std::string::npos) << plain(choice.text);
          only_answered(choice.because);
        }
      }
    }
  }
}

}  // namespace
}  // namespace gradflow
