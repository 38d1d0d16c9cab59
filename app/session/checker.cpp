#include "app/session/checker.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <utility>

#include "app/session/thread.h"
#include "core/spec/text.h"

namespace gradflow::session {
namespace {

CheckReport failure(std::string sentence) {
  CheckReport report;
  report.error = std::move(sentence);
  return report;
}

}  // namespace

class Checker::Job {
 public:
  Job(const Check& check, const std::function<void()>& wake, StackSpec spec)
      : check_(check),
        wake_(wake),
        status_(std::make_shared<const CheckStatus>(CheckStatus{.spec = std::move(spec)})),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}

  std::shared_ptr<const CheckStatus> status() const {
    const std::lock_guard lock(mutex_);
    return status_;
  }

  void request_stop() { thread_.request_stop(); }

  bool finished_by(std::chrono::steady_clock::time_point deadline) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, deadline, [this] { return status_->phase != CheckPhase::running; });
  }

 private:
  void run(const std::stop_token& stop);
  std::optional<CheckReport> checked(const StackSpec& spec, const std::stop_token& stop);
  void publish(CheckStatus status);

  Check check_;
  std::function<void()> wake_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::shared_ptr<const CheckStatus> status_;
  Thread thread_;  // last: starts when all of the above is there, ends before it goes
};

void Checker::Job::publish(CheckStatus status) {
  auto fresh = std::make_shared<const CheckStatus>(std::move(status));
  {
    const std::lock_guard lock(mutex_);
    status_ = std::move(fresh);
  }
  changed_.notify_all();
  wake_();
}

std::optional<CheckReport> Checker::Job::checked(const StackSpec& spec, const std::stop_token& stop) {
  const auto progress = [&](std::string_view doing, int step, int steps) {
    publish({.spec = spec, .doing = std::string(doing), .step = step, .steps = steps});
  };
  try {
    return check_(spec, progress, stop);
  } catch (const std::bad_alloc&) {
    return failure(tr("there is not enough memory to check the stack \"{0}\"", {spec.name}));
  } catch (const std::exception& error) {
    return failure(error.what());
  } catch (...) {
    return failure(tr("checking the stack \"{0}\" failed for an unknown reason", {spec.name}));
  }
}

void Checker::Job::run(const std::stop_token& stop) {
  const StackSpec spec = status()->spec;
  std::optional<CheckReport> report = checked(spec, stop);
  CheckStatus last{.spec = spec, .phase = report ? CheckPhase::done : CheckPhase::stopped};
  if (report) last.report = std::move(*report);
  publish(std::move(last));
}

Checker::Checker(Check check, std::function<void()> wake)
    : check_(std::move(check)), wake_(std::move(wake)) {}

Checker::~Checker() { stop(); }

void Checker::start(const StackSpec& spec) {
  stop();
  std::erase_if(leaving_, [](const auto& job) { return job->status()->phase != CheckPhase::running; });
  if (job_) leaving_.push_back(std::move(job_));
  job_ = std::make_unique<Job>(check_, wake_, spec);
}

void Checker::stop() {
  if (job_) job_->request_stop();
}

std::shared_ptr<const CheckStatus> Checker::status() const { return job_ ? job_->status() : nullptr; }

bool Checker::stop(std::chrono::milliseconds patience) {
  stop();
  const auto deadline = std::chrono::steady_clock::now() + patience;
  return (!job_ || job_->finished_by(deadline)) &&
         std::all_of(leaving_.begin(), leaving_.end(),
                     [deadline](const auto& job) { return job->finished_by(deadline); });
}

}  // namespace gradflow::session
