#include "app/export/lesson_printer.h"

#include <condition_variable>
#include <mutex>
#include <new>
#include <utility>

#include "app/session/thread.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

PrintedLesson printed(const lessons::Lesson& lesson, Edition edition, const std::stop_token& stop) {
  try {
    LessonMeasure measure(stop);
    return {lesson_pdf(lesson, source_of(measure), edition), {}};
  } catch (const std::bad_alloc&) {
    return {{}, std::string(tr("there is not enough memory to print the lesson"))};
  } catch (const std::exception& error) {
    return {{}, error.what()};
  }
}

}  // namespace

class LessonPrinter::Job {
 public:
  Job(lessons::Lesson lesson, Edition edition, const std::function<void()>& wake)
      : lesson_(std::move(lesson)),
        edition_(edition),
        wake_(wake),
        thread_([this](const std::stop_token& stop) {
          PrintedLesson done = printed(lesson_, edition_, stop);
          {
            const std::lock_guard lock(mutex_);
            done_ = std::move(done);
          }
          changed_.notify_all();
          wake_();
        }) {}

  std::optional<PrintedLesson> take() {
    const std::lock_guard lock(mutex_);
    return done_;
  }

  bool finished_by(std::chrono::steady_clock::time_point deadline) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, deadline, [this] { return done_.has_value(); });
  }

  void wait() const {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return done_.has_value(); });
  }

  void request_stop() { thread_.request_stop(); }

 private:
  lessons::Lesson lesson_;
  Edition edition_;
  std::function<void()> wake_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::optional<PrintedLesson> done_;
  session::Thread thread_;  // last: starts when all of the above is there, ends before it goes
};

LessonPrinter::LessonPrinter(std::function<void()> wake) : wake_(std::move(wake)) {}

LessonPrinter::~LessonPrinter() = default;

void LessonPrinter::start(lessons::Lesson lesson, Edition edition) {
  job_.reset();
  job_ = std::make_unique<Job>(std::move(lesson), edition, wake_);
}

std::optional<PrintedLesson> LessonPrinter::take() {
  std::optional<PrintedLesson> done;
  if (job_) done = job_->take();
  if (done) job_.reset();
  return done;
}

void LessonPrinter::wait() const {
  if (job_) job_->wait();
}

bool LessonPrinter::stop(std::chrono::milliseconds patience) {
  if (!job_) return true;
  job_->request_stop();
  return job_->finished_by(std::chrono::steady_clock::now() + patience);
}

}  // namespace gradflow
