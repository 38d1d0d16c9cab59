#include "app/lessons/progress.h"

#include <system_error>

#include "core/io/file.h"
#include "core/io/input_error.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

namespace fs = std::filesystem;

std::string mark_of(const Lesson& lesson, std::size_t step, const char* what, std::size_t index) {
  return lesson.steps[step].title + " / " + what + " " + std::to_string(index + 1);
}

std::string task_mark(const Lesson& lesson, std::size_t step, std::size_t task) {
  return mark_of(lesson, step, "task", task);
}

std::string question_mark(const Lesson& lesson, std::size_t step, std::size_t question) {
  return mark_of(lesson, step, "question", question);
}

/// A name beside the file that is not taken: progress.json.broken, .broken-2, ...
fs::path aside(const fs::path& file) {
  fs::path other = file.string() + ".broken";
  std::error_code error;
  for (int number = 2; fs::exists(other, error); ++number) {
    other = file.string() + ".broken-" + std::to_string(number);
  }
  return other;
}

}  // namespace

void Progress::finish_task(const Lesson& lesson, std::size_t step, std::size_t task) {
  marks_[lesson.name].insert(task_mark(lesson, step, task));
}

void Progress::finish_question(const Lesson& lesson, std::size_t step, std::size_t question) {
  marks_[lesson.name].insert(question_mark(lesson, step, question));
}

void Progress::visit(const Lesson& lesson, std::size_t step) {
  marks_[lesson.name].insert(lesson.steps[step].title);
}

bool Progress::has(const Lesson& lesson, const std::string& mark) const {
  const auto done = marks_.find(lesson.name);
  return done != marks_.end() && done->second.contains(mark);
}

bool Progress::has_task(const Lesson& lesson, std::size_t step, std::size_t task) const {
  return has(lesson, task_mark(lesson, step, task));
}

bool Progress::has_question(const Lesson& lesson, std::size_t step, std::size_t question) const {
  return has(lesson, question_mark(lesson, step, question));
}

bool Progress::has_step(const Lesson& lesson, std::size_t step) const {
  for (std::size_t i = 0; i < lesson.steps[step].tasks.size(); ++i) {
    if (!has_task(lesson, step, i)) return false;
  }
  for (std::size_t i = 0; i < lesson.steps[step].questions.size(); ++i) {
    if (!has_question(lesson, step, i)) return false;
  }
  return has(lesson, lesson.steps[step].title);
}

std::size_t Progress::steps_done(const Lesson& lesson) const {
  std::size_t done = 0;
  for (std::size_t i = 0; i < lesson.steps.size(); ++i) done += has_step(lesson, i) ? 1 : 0;
  return done;
}

std::size_t Progress::next_step(const Lesson& lesson) const {
  for (std::size_t i = 0; i < lesson.steps.size(); ++i) {
    if (!has_step(lesson, i)) return i;
  }
  return 0;
}

fs::path progress_file(const fs::path& data) { return data / "progress.json"; }

LoadedProgress load_progress(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return {};
  try {
    return {Progress(parse_marks(read_file(file, kMaxMarksBytes), file.string())), {}};
  } catch (const InputError& refusal) {
    const fs::path other = aside(file);
    fs::rename(file, other, error);
    return {{},
            error ? tr("What was done in the lessons cannot be read: {0}.", {refusal.what()})
                  : tr("What was done in the lessons cannot be read: {0}. The file is kept as {1}.",
                       {refusal.what(), other.filename().string()})};
  }
}

void save_progress(const Progress& progress, const fs::path& file) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);  // where that fails, write_file says why
  write_file(file, marks_json(progress.marks()));
}

}  // namespace gradflow::lessons
