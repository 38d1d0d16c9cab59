#include "app/cli/lesson_print.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/choice_option.h"
#include "app/cli/interrupt.h"
#include "app/cli/output_option.h"
#include "app/cli/progress.h"
#include "app/export/lesson_pages.h"
#include "app/lessons/course.h"
#include "core/io/input_error.h"
#include "core/io/output_file.h"
#include "core/io/place.h"

namespace gradflow {
namespace cli {

enum class Paper : unsigned char { a4, letter };

}  // namespace cli

template <>
inline constexpr std::array kNames<cli::Paper>{Named<cli::Paper>{cli::Paper::a4, "a4", "A4"},
                                               Named<cli::Paper>{cli::Paper::letter, "letter", "US Letter"}};

namespace cli {
namespace {

using lessons::CourseEntry;

struct Options {
  std::string lesson, output;
  bool handout = false;
  Paper paper = Paper::a4;
};

/// "02-watch-the-gradients-diverge" is lesson 2.
std::optional<int> number_of(const std::string& name) {
  const auto digits =
      std::find_if(name.begin(), name.end(), [](unsigned char letter) { return std::isdigit(letter) == 0; });
  const auto count = digits - name.begin();
  if (count == 0 || count > 4) return {};
  return std::stoi(name.substr(0, static_cast<std::size_t>(count)));
}

bool is_number(const std::string& word) {
  return !word.empty() && std::all_of(word.begin(), word.end(),
                                      [](unsigned char letter) { return std::isdigit(letter) != 0; });
}

/// One of the program's by its name or its number, else a file.
CourseEntry lesson_called(const std::string& word) {
  std::vector<CourseEntry> course = lessons::built_in_course();
  std::vector<std::string> names;
  for (CourseEntry& entry : course) {
    const std::string& name = entry.parsed.lesson.name;
    const bool meant = word == name || (is_number(word) && number_of(word) == number_of(name));
    if (meant) return std::move(entry);
    names.push_back(name);
  }
  std::error_code ignored;
  const bool is_file =
      word.find_first_of("./") != std::string::npos || std::filesystem::exists(word, ignored);
  if (is_file) return lessons::read_lesson(word);
  throw InputError("there is no lesson " + word + "; allowed are a file and the program's " + listed(names));
}

/// A lesson is printed as it is meant or not at all.
void check_problems(const CourseEntry& entry) {
  const lessons::Problems& problems = entry.parsed.problems;
  if (problems.empty()) return;
  const std::size_t others = problems.size() - 1;
  throw InputError(
      said(problems.front(), entry.file) +
      (others == 0 ? "" : "; gradflow-cli lesson check lists " + std::to_string(others) + " more"));
}

ExitCode print(const Options& chosen) {
  check_output(chosen.output, std::vector<std::string>{chosen.lesson});
  const CourseEntry entry = lesson_called(chosen.lesson);
  check_problems(entry);
  const Interrupt interrupt;
  OutputFile file(chosen.output);
  Progress progress;
  progress.begin("measuring what the lesson shows");
  LessonMeasure measure(interrupt.token());
  const LessonSource source = source_of(measure);
  const Edition edition = chosen.handout ? Edition::handout : Edition::answered;
  try {
    file.append(lesson_pdf(entry.parsed.lesson, source, edition,
                           chosen.paper == Paper::letter ? figure::kLetter : figure::kA4));
  } catch (const Stopped&) {
    return ExitCode::interrupted;
  }
  file.commit();
  return ExitCode::fine;
}

}  // namespace

Action declare_lesson_print(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  options
      .add_option("FILE|NAME", chosen->lesson,
                  "The lesson: a file, or one of the program's by its name or number")
      ->type_name("")
      ->required();
  options.add_option("--output", chosen->output, "The PDF file to write (- is standard output)")
      ->type_name("FILE")
      ->required();
  options.add_flag("--handout", chosen->handout,
                   "Only what learners get: no answers, hints and solutions, and room to write");
  add_choice(options, "--paper", chosen->paper, "The size of the pages (default: a4)");
  options.footer(
      "Example: the second lesson of the program, to hand out\n"
      "  gradflow-cli lesson print 2 --handout --output handout.pdf");
  return [chosen] { return print(*chosen); };
}

}  // namespace cli
}  // namespace gradflow
