// What is done is kept, and a file that is broken is kept aside.
#include "app/lessons/progress.h"

#include <gtest/gtest.h>

#include "app/lessons/course.h"
#include "app/lessons/tests/lesson_text.h"
#include "core/io/file.h"
#include "core/io/tests/sentence.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow::lessons {
namespace {

using gradflow::test::TemporaryFolder;

Lesson small_lesson() { return parse_lesson(test::kLesson, "small").lesson; }

TEST(LessonProgress, AStepIsDoneWithAllThatItAsksFor) {
  const Lesson lesson = small_lesson();
  Progress progress;
  EXPECT_EQ(progress.next_step(lesson), 0U);
  progress.visit(lesson, 0);
  progress.finish_task(lesson, 0, 0);
  EXPECT_FALSE(progress.has_step(lesson, 0));
  progress.finish_question(lesson, 0, 0);
  EXPECT_TRUE(progress.has_step(lesson, 0));
  EXPECT_TRUE(progress.has_task(lesson, 0, 0));
  EXPECT_TRUE(progress.has_question(lesson, 0, 0));
  EXPECT_EQ(progress.steps_done(lesson), 1U);
  EXPECT_EQ(progress.next_step(lesson), 1U);
  progress.forget(lesson);
  EXPECT_EQ(progress, Progress());
}

TEST(LessonProgress, ComesBackFromItsFile) {
  const TemporaryFolder folder;
  const auto file = progress_file(folder / "data");
  EXPECT_EQ(load_progress(file).problem, "") << "no file is nothing done";
  const Lesson lesson = small_lesson();
  Progress progress;
  progress.visit(lesson, 1);
  progress.finish_question(lesson, 1, 0);
  save_progress(progress, file);
  EXPECT_EQ(load_progress(file).progress, progress);
  EXPECT_EQ(load_progress(file).problem, "");
}

TEST(LessonProgress, AFileThatIsBrokenIsSetAsideWithASentence) {
  const TemporaryFolder folder;
  const auto file = progress_file(folder.path());
  for (const char* text : {"{", "[]", R"({"format": 2})", R"({"marks": {"a": "b"}})", R"({"mark": {}})"}) {
    write_file(file, text);
    const LoadedProgress loaded = load_progress(file);
    EXPECT_EQ(loaded.progress, Progress()) << text;
    EXPECT_TRUE(loaded.problem.starts_with("What was done in the lessons cannot be read: "))
        << loaded.problem;
    EXPECT_NE(loaded.problem.find("The file is kept as progress.json.broken"), std::string::npos)
        << loaded.problem;
  }
  EXPECT_EQ(folder.count(), 5) << "each under a name of its own";
}

TEST(Course, HasTheLessonsOfTheProgramInTheirOrder) {
  const std::vector<CourseEntry> course = built_in_course();
  ASSERT_GE(course.size(), 2U);
  EXPECT_EQ(course[0].parsed.lesson.name, "01-one-wire-of-difference");
  EXPECT_EQ(course[1].parsed.lesson.name, "02-watch-the-gradients-diverge");
  for (const CourseEntry& entry : course) {
    for (const Problem& problem : entry.parsed.problems) ADD_FAILURE() << said(problem, entry.file);
  }
  EXPECT_EQ(built_in_course("xx").size(), course.size()) << "what is not translated is there in English";
}

TEST(Course, OfAFolderHasItsMarkdownSortedAndSaysWhatCannotBeRead) {
  const TemporaryFolder folder;
  write_file(folder / "02-b.md", test::kLesson);
  write_file(folder / "01-a.md", "no lesson");
  write_file(folder / "notes.txt", "");
  std::filesystem::create_directory(folder / "03-c.md");
  const std::vector<CourseEntry> course = course_in(folder.path());
  ASSERT_EQ(course.size(), 3U);
  EXPECT_EQ(course[0].parsed.lesson.name, "01-a");
  EXPECT_FALSE(course[0].parsed.problems.empty());
  EXPECT_EQ(course[1].parsed.lesson.title, "A title");
  EXPECT_EQ(course[2].parsed.problems.size(), 1U);
  EXPECT_NE(gradflow::test::sentence_of([&] { course_in(folder / "none"); }).find("cannot be read"),
            std::string::npos);
}

}  // namespace
}  // namespace gradflow::lessons
