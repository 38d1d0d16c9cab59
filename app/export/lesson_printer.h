// Prints a lesson beside the window: measuring what it shows, its races too, takes seconds.
//
// Threading rule: every member is called from one thread; `wake` is called from the printer's.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/export/lesson_pages.h"

namespace gradflow {

/// What came of it: a PDF, or a sentence on why there is none.
struct PrintedLesson {
  std::string pdf, error;
};

class LessonPrinter {
 public:
  explicit LessonPrinter(std::function<void()> wake);
  /// Stops what runs; returns within the time of one layer.
  ~LessonPrinter();
  LessonPrinter(const LessonPrinter&) = delete;
  LessonPrinter& operator=(const LessonPrinter&) = delete;

  /// What ran before is given up; waits until it has noticed.
  void start(lessons::Lesson lesson, Edition edition);
  bool busy() const { return job_ != nullptr; }
  /// What start() asked for, once.
  std::optional<PrintedLesson> take();
  /// Blocks until it is there: for tests, never for the window.
  void wait() const;
  /// False where it has not noticed within `patience`.
  bool stop(std::chrono::milliseconds patience);

 private:
  class Job;
  std::function<void()> wake_;
  std::unique_ptr<Job> job_;
};

}  // namespace gradflow
