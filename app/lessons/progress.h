// Which tasks and questions of which lessons are done: a small JSON file in the user's data folder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "app/lessons/lesson.h"
#include "core/io/marks_file.h"

namespace gradflow::lessons {

/// What is done, by the lesson's name and by titles, so that a lesson may be edited.
class Progress {
 public:
  Progress() = default;
  explicit Progress(Marks marks) : marks_(std::move(marks)) {}

  void finish_task(const Lesson& lesson, std::size_t step, std::size_t task);
  void finish_question(const Lesson& lesson, std::size_t step, std::size_t question);
  /// A step is read; one that has something to do is done only with that.
  void visit(const Lesson& lesson, std::size_t step);

  bool has_task(const Lesson& lesson, std::size_t step, std::size_t task) const;
  bool has_question(const Lesson& lesson, std::size_t step, std::size_t question) const;
  bool has_step(const Lesson& lesson, std::size_t step) const;
  /// Steps that are done.
  std::size_t steps_done(const Lesson& lesson) const;
  /// The first step that is not done, where one goes on; the first of a lesson that is done.
  std::size_t next_step(const Lesson& lesson) const;
  void forget(const Lesson& lesson) { marks_.erase(lesson.name); }

  const Marks& marks() const { return marks_; }
  friend bool operator==(const Progress&, const Progress&) = default;

 private:
  bool has(const Lesson& lesson, const std::string& mark) const;
  Marks marks_;
};

/// What a file held, and a sentence where it could not be used and was set aside.
struct LoadedProgress {
  Progress progress;
  std::string problem;
};

/// The file in the user's data folder (session::usual_folders).
std::filesystem::path progress_file(const std::filesystem::path& data);

/// Nothing done where there is no file. Never throws: one that is broken, or from a later version, gets
/// another name beside it and is kept.
LoadedProgress load_progress(const std::filesystem::path& file);

/// Whole or not at all; the folder is made. Throws InputError.
void save_progress(const Progress& progress, const std::filesystem::path& file);

}  // namespace gradflow::lessons
