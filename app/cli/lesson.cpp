#include "app/cli/lesson.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/interrupt.h"
#include "app/cli/lesson_print.h"
#include "app/cli/output_option.h"
#include "app/export/lesson_measure.h"
#include "app/lessons/course.h"
#include "app/lessons/functions.h"
#include "core/io/output_file.h"

namespace gradflow::cli {
namespace {

using lessons::CourseEntry;

struct Options {
  std::vector<std::string> files;  // to check; none: those built in, and the gallery
  std::string folder;              // to list; empty: the built-in lessons
};

std::string count_of(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::size_t tasks_of(const lessons::Lesson& lesson) {
  std::size_t tasks = 0;
  for (const lessons::Step& step : lesson.steps) tasks += step.tasks.size();
  return tasks;
}

std::size_t questions_of(const lessons::Lesson& lesson) {
  std::size_t questions = 0;
  for (const lessons::Step& step : lesson.steps) questions += step.questions.size();
  return questions;
}

/// "7 steps, 3 tasks, 4 questions"
std::string size_of(const lessons::Lesson& lesson) {
  return count_of(lesson.steps.size(), "step") + ", " + count_of(tasks_of(lesson), "task") + ", " +
         count_of(questions_of(lesson), "question");
}

void print_problems(const lessons::Problems& problems, const std::string& file) {
  for (const lessons::Problem& problem : problems) std::fprintf(stderr, "%s\n", said(problem, file).c_str());
}

/// Says what is wrong with a lesson, or that nothing is.
bool check_one(const CourseEntry& entry, const lessons::Measure& measure, OutputFile& output) {
  lessons::Problems problems = entry.parsed.problems;
  lessons::CheckedLesson checked;
  if (problems.empty()) {
    checked = lessons::check_lesson(entry.parsed.lesson, measure);
    problems = checked.problems;
  }
  print_problems(problems, entry.file);
  if (!problems.empty()) return false;
  output.append(entry.file + ": " + size_of(entry.parsed.lesson) + ", " +
                count_of(static_cast<std::size_t>(checked.numbers), "number") +
                " in the text: all as measured\n");
  return true;
}

ExitCode check(const Options& chosen) {
  std::vector<CourseEntry> course;
  if (chosen.files.empty()) {
    course = lessons::built_in_course();
    for (CourseEntry& entry : lessons::built_in_gallery()) course.push_back(std::move(entry));
  }
  for (const std::string& file : chosen.files) course.push_back(lessons::read_lesson(file));
  const Interrupt interrupt;
  OutputFile output("-");
  LessonMeasure lesson_measure(interrupt.token());
  const lessons::Measure measure = [&](const session::Scene& scene, lessons::Race race) {
    return lesson_measure(scene, race);
  };
  bool good = true;
  try {
    for (const CourseEntry& entry : course) good &= check_one(entry, measure, output);
  } catch (const Stopped&) {
    throw Interrupted("interrupted; the lessons are not checked to their end");
  }
  output.commit();
  return good ? ExitCode::fine : ExitCode::check_failed;
}

ExitCode list(const Options& chosen) {
  const std::vector<CourseEntry> course =
      chosen.folder.empty() ? lessons::built_in_course() : lessons::course_in(chosen.folder);
  OutputFile output("-");
  bool good = true;
  for (const CourseEntry& entry : course) {
    const lessons::Lesson& lesson = entry.parsed.lesson;
    output.append(lesson.name + "  " + lesson.title + ": " + size_of(lesson) + "\n");
    print_problems(entry.parsed.problems, entry.file);
    good &= entry.parsed.problems.empty();
  }
  output.commit();
  return good ? ExitCode::fine : ExitCode::check_failed;
}

/// What conditions and numbers can ask for, and how its arguments are written.
ExitCode list_functions() {
  OutputFile output("-");
  std::vector<const lessons::Argument*> arguments;
  for (const lessons::Function* function : lessons::functions()) {
    output.append(signature(*function) + ": " + std::string(function->help) + "\n");
    for (const lessons::Argument* argument : function->arguments) {
      const bool known = std::find(arguments.begin(), arguments.end(), argument) != arguments.end();
      if (argument != nullptr && !known) arguments.push_back(argument);
    }
  }
  output.append("\n");
  for (const lessons::Argument* argument : arguments) {
    output.append(std::string(argument->name) + ": " + std::string(argument->allowed) + "\n");
  }
  output.commit();
  return ExitCode::fine;
}

}  // namespace

Action declare_lesson(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  CLI::App* checked = options.add_subcommand(
      "check",
      "Measure what lessons show and say, file by line, what is not so; status 1 where something is not");
  checked
      ->add_option("FILE", chosen->files, "Lessons to check (default: those of the program, and its gallery)")
      ->type_name("");
  CLI::App* listed = options.add_subcommand("list", "List the lessons of the course");
  listed->add_option("--lessons", chosen->folder, "List those of a folder in place of those of the program")
      ->type_name("FOLDER");
  CLI::App* printed = options.add_subcommand(
      "print", "Print a lesson with its figures as PDF, with answers or as a handout without");
  const Action print = declare_lesson_print(*printed);
  CLI::App* asked =
      options.add_subcommand("functions", "List what the conditions and numbers of a lesson can ask for");
  options.require_subcommand(1);
  options.footer(
      "A lesson is a Markdown file; assets/lessons/README.md says how one is written.\n"
      "Example: whether every number in two lessons is what is measured\n"
      "  gradflow-cli lesson check my-lesson.md other-lesson.md");
  return [chosen, checked, printed, print, asked] {
    if (asked->parsed()) return list_functions();
    if (printed->parsed()) return print();
    return checked->parsed() ? check(*chosen) : list(*chosen);
  };
}

}  // namespace gradflow::cli
