// gradflow-cli lesson: the lessons of the program say what is measured, and others are held to it.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <sstream>
#include <thread>

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

/// All of them are checked by app/export/tests/lesson_pages_test.cpp, which prints them, too.
TEST(Lesson, WithoutAFileItChecksTheProgramsUntilItIsInterrupted) {
  test::Process process(GRADFLOW_CLI, {"lesson", "check"});
  std::this_thread::sleep_for(std::chrono::seconds(2));
  process.signal(SIGINT);
  const test::Outcome outcome = process.finish();
  EXPECT_EQ(outcome.exit_code, 130);
  EXPECT_EQ(outcome.err, "gradflow-cli: interrupted; the lessons are not checked to their end\n");
  EXPECT_TRUE(outcome.out.empty() || outcome.out.starts_with("01-one-wire-of-difference.md: 7 steps"))
      << outcome.out;
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

TEST(Lesson, ListsWhatALessonCanAskFor) {
  const std::string list = lesson({"functions"}).out;
  for (const char* line :
       {"top(STACK[, QUANTITY]): in the last layer\n", "token_width: how many numbers it has\n",
        "race_loss(STACK[, warmup]): the mean of the last ten\n", "\nSTACK: a letter from A to F\n",
        "\nK: a whole number from 0 to 5\n"}) {
    EXPECT_NE(list.find(line), std::string::npos) << line << list;
  }
}

TEST(Lesson, ListsThoseOfTheProgramOrOfAFolder) {
  EXPECT_NE(lesson({"list"}).out.find("02-watch-the-gradients-diverge  Watch the gradients diverge: "),
            std::string::npos);
  const test::TemporaryFolder folder;
  write_file(folder / "a.md", kLesson);
  EXPECT_EQ(lesson({"list", "--lessons", folder.path()}).out, "a  T: 1 step, 1 task, 0 questions\n");
  EXPECT_EQ(lesson({"list", "--lessons", folder / "none"}).exit_code, 2);
}

/// Status 2, one sentence on standard error that says `what`, and no file.
void expect_not_printed(std::vector<std::string> arguments, const std::string& what) {
  arguments.insert(arguments.begin(), "print");
  const test::Outcome outcome = lesson(arguments);
  EXPECT_EQ(outcome.exit_code, 2) << what;
  EXPECT_EQ(outcome.out, "") << what;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_NE(outcome.err.find(what), std::string::npos) << outcome.err;
}

TEST(LessonPrint, PrintsALessonOrAHandoutOfIt) {
  const test::TemporaryFolder folder;
  write_file(folder / "a.md", kLesson);
  const std::string print = folder / "print.pdf", handout = folder / "handout.pdf", again = folder / "a.pdf";
  const std::string file = folder / "a.md";
  EXPECT_EQ(lesson({"print", file, "--output", print}).err, "");
  EXPECT_EQ(lesson({"print", file, "--output", again}).exit_code, 0);
  EXPECT_EQ(lesson({"print", file, "--handout", "--paper", "letter", "--output", handout}).exit_code, 0);
  const auto content = [](const std::string& path) { return read_file(path, 10'000'000); };
  EXPECT_TRUE(content(print).starts_with("%PDF-1.4"));
  EXPECT_EQ(content(print), content(again));
  EXPECT_NE(content(print), content(handout));
  EXPECT_TRUE(lesson({"print", file, "--output", "-"}).out.starts_with("%PDF-1.4"));
}

TEST(LessonPrint, ALessonOfTheProgramIsCalledByNameOrNumber) {
  const test::TemporaryFolder folder;
  const std::string name = folder / "name.pdf", number = folder / "number.pdf";
  EXPECT_EQ(lesson({"print", "01-one-wire-of-difference", "--handout", "--output", name}).err, "");
  EXPECT_EQ(lesson({"print", "1", "--handout", "--output", number}).err, "");
  EXPECT_EQ(read_file(name, 10'000'000), read_file(number, 10'000'000));
}

TEST(LessonPrint, TheExampleInItsHelpWorks) {
  const std::string help = lesson({"print", "--help"}).out;
  const std::string start = "  gradflow-cli ";
  const std::size_t place = help.find(start);
  ASSERT_NE(place, std::string::npos) << help;
  std::istringstream line(help.substr(place + start.size(), help.find('\n', place) - place - start.size()));
  const test::TemporaryFolder folder;
  const std::vector<std::string> words{std::istream_iterator<std::string>(line), {}};
  EXPECT_EQ(test::run_program(GRADFLOW_CLI, words, "", folder.path()).exit_code, 0);
  EXPECT_EQ(folder.count(), 1);
}

TEST(LessonPrint, WrongLessonsAndPlacesAreOneSentence) {
  const test::TemporaryFolder folder;
  const std::string file = folder / "a.md", output = folder / "a.pdf";
  write_file(file, with(kLesson, "residual-off", "residual-of"));
  expect_not_printed({"999", "--output", output},
                     "there is no lesson 999; allowed are a file and the program's 01-one");
  expect_not_printed({"gradients", "--output", output}, "there is no lesson gradients; ");
  expect_not_printed({"no-such.md", "--output", output}, "no-such.md cannot be read: No such file");
  expect_not_printed({file, "--output", output}, "a.md:9: \"verdict(B) == residual-of\"");
  write_file(file, kLesson);
  expect_not_printed({file, "--output", folder / "no/such.pdf"}, "cannot be written: No such file");
  expect_not_printed({file, "--output", "/dev/full"}, "cannot be written: No space left on device");
  expect_not_printed({file, "--output", file}, "is also an input; it would be overwritten");
  expect_not_printed({file, "--output", output, "--paper", "a5"}, "--paper is a5; allowed are a4, letter");
  expect_not_printed({file}, "--output is required");
  EXPECT_FALSE(std::filesystem::exists(output));
}

}  // namespace
}  // namespace gradflow
