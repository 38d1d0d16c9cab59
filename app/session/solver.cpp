#include "app/session/solver.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <string>
#include <utility>

#include "app/session/thread.h"
#include "core/spec/text.h"

namespace gradflow::session {
namespace {

StackReport failure(std::string sentence) {
  StackReport report;
  report.error = std::move(sentence);
  return report;
}

std::function<StreamingMeasure()> at_once(std::function<Measure()> make_measure) {
  return [make_measure = std::move(make_measure)]() -> StreamingMeasure {
    return [measure = make_measure()](const Question& question) {
      return measure(question.spec, question.stop);
    };
  };
}

bool never(const Asked&, const Asked&) { return false; }

}  // namespace

class Solver::Worker {
 public:
  Worker(const std::function<StreamingMeasure()>& make_measure, const std::function<void()>& wake,
         Obsolete obsolete)
      : make_measure_(make_measure),
        wake_(wake),
        obsolete_(obsolete),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}

  void ask(const Asked& asked) {
    std::stop_source obsolete(std::nostopstate);
    {
      const std::lock_guard lock(mutex_);
      pending_ = asked;
      if (running_ && obsolete_(*running_, asked)) obsolete = unwanted_;
    }
    obsolete.request_stop();  // outside the lock: it calls back
    changed_.notify_all();
  }

  void withdraw() {
    std::stop_source running(std::nostopstate);
    {
      const std::lock_guard lock(mutex_);
      pending_.reset();
      if (running_) running = unwanted_;
    }
    running.request_stop();
    changed_.notify_all();
  }

  std::shared_ptr<const StackReport> answer() const {
    const std::lock_guard lock(mutex_);
    return answer_;
  }

  bool idle() const {
    const std::lock_guard lock(mutex_);
    return !pending_ && !running_;
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
  void run(const std::stop_token& stop);
  std::optional<Asked> next(const std::stop_token& stop);
  std::optional<StackReport> measure(const Question& question);
  bool superseded() const {
    const std::lock_guard lock(mutex_);
    return pending_.has_value();
  }
  void show(StackReport report);
  void finish();

  std::function<StreamingMeasure()> make_measure_;
  std::function<void()> wake_;
  Obsolete obsolete_;
  StreamingMeasure measure_;  // of the worker's thread alone
  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;
  std::optional<Asked> pending_, running_;
  std::stop_source unwanted_;  // of what runs
  std::shared_ptr<const StackReport> answer_;
  bool finished_ = false;  // the thread is at its end
  Thread thread_;          // last: starts when all of the above is there, ends before it goes
};

void Solver::Worker::run(const std::stop_token& stop) {
  while (const std::optional<Asked> asked = next(stop)) {
    std::stop_source unwanted = unwanted_;  // written by this thread alone
    const std::stop_callback forward(stop, [&unwanted] { unwanted.request_stop(); });
    const auto show_own = [&](StackReport report) {
      if (unwanted.stop_requested()) return;
      report.spec = asked->spec;
      show(std::move(report));
    };
    const Question question{asked->spec, unwanted.get_token(), show_own, [this] { return superseded(); },
                            asked->seeds};
    if (std::optional<StackReport> report = measure(question)) {
      report->spec = asked->spec;
      show(std::move(*report));
    }
    finish();
  }
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
  }
  changed_.notify_all();
}

std::optional<Asked> Solver::Worker::next(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait(lock, stop, [this] { return pending_.has_value(); }) || stop.stop_requested()) return {};
  unwanted_ = std::stop_source();
  running_ = std::exchange(pending_, std::nullopt);
  return running_;
}

std::optional<StackReport> Solver::Worker::measure(const Question& question) {
  try {
    if (!measure_) measure_ = make_measure_();
    return measure_(question);
  } catch (const std::bad_alloc&) {
    measure_ = nullptr;  // gives back what it had allocated so far
    return failure(tr("there is not enough memory for the stack \"{0}\"", {question.spec.name}));
  } catch (const std::exception& error) {
    return failure(error.what());
  } catch (...) {
    return failure(tr("measuring the stack \"{0}\" failed for an unknown reason", {question.spec.name}));
  }
}

void Solver::Worker::show(StackReport report) {
  auto fresh = std::make_shared<const StackReport>(std::move(report));
  {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(fresh);
  }
  wake_();
}

void Solver::Worker::finish() {
  {
    const std::lock_guard lock(mutex_);
    running_.reset();
  }
  changed_.notify_all();
}

Solver::Solver(std::function<Measure()> make_measure, std::function<void()> wake)
    : Solver(at_once(std::move(make_measure)), std::move(wake), never) {}

Solver::Solver(std::function<StreamingMeasure()> make_measure, std::function<void()> wake, Obsolete obsolete)
    : make_measure_(std::move(make_measure)), wake_(std::move(wake)), obsolete_(obsolete) {}

Solver::~Solver() { resize(0); }

void Solver::resize(std::size_t count) {
  std::erase_if(leaving_, [](const auto& worker) { return worker->finished(); });
  while (workers_.size() > count) {
    workers_.back()->request_stop();  // of all before any is joined
    leaving_.push_back(std::move(workers_.back()));
    workers_.pop_back();
  }
  while (workers_.size() < count) {
    workers_.push_back(std::make_unique<Worker>(make_measure_, wake_, obsolete_));
  }
}

bool Solver::stop(std::chrono::milliseconds patience) {
  resize(0);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  return std::all_of(leaving_.begin(), leaving_.end(),
                     [deadline](const auto& worker) { return worker->finished_by(deadline); });
}

void Solver::ask(std::size_t slot, const Asked& asked) { workers_.at(slot)->ask(asked); }

void Solver::withdraw() {
  for (const auto& worker : workers_) worker->withdraw();
}

bool Solver::idle() const {
  return std::all_of(workers_.begin(), workers_.end(), [](const auto& worker) { return worker->idle(); });
}

std::shared_ptr<const StackReport> Solver::answer(std::size_t slot) const {
  return workers_.at(slot)->answer();
}

void Solver::wait() const {
  for (const auto& worker : workers_) worker->wait();
}

}  // namespace gradflow::session
