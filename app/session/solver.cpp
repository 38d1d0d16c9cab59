#include "app/session/solver.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <string>
#include <utility>

#include "app/session/thread.h"

namespace gradflow::session {
namespace {

StackReport failure(std::string sentence) {
  StackReport report;
  report.error = std::move(sentence);
  return report;
}

}  // namespace

class Solver::Worker {
 public:
  Worker(const std::function<Measure()>& make_measure, const std::function<void()>& wake)
      : make_measure_(make_measure),
        wake_(wake),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}

  void ask(const StackSpec& spec) {
    {
      const std::lock_guard lock(mutex_);
      pending_ = spec;
    }
    changed_.notify_all();
  }

  std::shared_ptr<const StackReport> answer() const {
    const std::lock_guard lock(mutex_);
    return answer_;
  }

  void wait() const {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !pending_ && !running_; });
  }

  void request_stop() { thread_.request_stop(); }

  bool finished() const {
    const std::lock_guard lock(mutex_);
    return finished_;
  }

  bool finished_by(std::chrono::steady_clock::time_point deadline) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, deadline, [this] { return finished_; });
  }

 private:
  void run(const std::stop_token& stop) {
    while (std::optional<StackSpec> question = next(stop)) {
      std::optional<StackReport> report = measure(*question, stop);
      if (report) report->spec = std::move(*question);
      publish(std::move(report));
    }
    {
      const std::lock_guard lock(mutex_);
      finished_ = true;
    }
    changed_.notify_all();
  }

  std::optional<StackSpec> next(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [this] { return pending_.has_value(); }) || stop.stop_requested())
      return {};
    running_ = true;
    return std::exchange(pending_, std::nullopt);
  }

  std::optional<StackReport> measure(const StackSpec& question, const std::stop_token& stop) {
    try {
      if (!measure_) measure_ = make_measure_();
      return measure_(question, stop);
    } catch (const std::bad_alloc&) {
      measure_ = nullptr;  // gives back what it had allocated so far
      return failure("there is not enough memory for the stack \"" + question.name + "\"");
    } catch (const std::exception& error) {
      return failure(error.what());
    } catch (...) {
      return failure("measuring the stack \"" + question.name + "\" failed for an unknown reason");
    }
  }

  void publish(std::optional<StackReport> report) {
    std::shared_ptr<const StackReport> fresh;
    if (report) fresh = std::make_shared<const StackReport>(std::move(*report));
    {
      const std::lock_guard lock(mutex_);
      if (fresh) answer_ = fresh;
      running_ = false;
    }
    changed_.notify_all();
    if (fresh) wake_();
  }

  std::function<Measure()> make_measure_;
  std::function<void()> wake_;
  Measure measure_;  // of the worker's thread alone
  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;
  std::optional<StackSpec> pending_;
  bool running_ = false;
  std::shared_ptr<const StackReport> answer_;
  bool finished_ = false;  // the thread is at its end
  Thread thread_;          // last: starts when all of the above is there, ends before it goes
};

Solver::Solver(std::function<Measure()> make_measure, std::function<void()> wake)
    : make_measure_(std::move(make_measure)), wake_(std::move(wake)) {}

Solver::~Solver() { resize(0); }

void Solver::resize(std::size_t count) {
  std::erase_if(leaving_, [](const auto& worker) { return worker->finished(); });
  while (workers_.size() > count) {
    workers_.back()->request_stop();  // of all before any is joined
    leaving_.push_back(std::move(workers_.back()));
    workers_.pop_back();
  }
  while (workers_.size() < count) workers_.push_back(std::make_unique<Worker>(make_measure_, wake_));
}

bool Solver::stop(std::chrono::milliseconds patience) {
  resize(0);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  return std::all_of(leaving_.begin(), leaving_.end(),
                     [deadline](const auto& worker) { return worker->finished_by(deadline); });
}

void Solver::ask(std::size_t slot, const StackSpec& spec) { workers_.at(slot)->ask(spec); }

std::shared_ptr<const StackReport> Solver::answer(std::size_t slot) const {
  return workers_.at(slot)->answer();
}

void Solver::wait() const {
  for (const auto& worker : workers_) worker->wait();
}

}  // namespace gradflow::session
