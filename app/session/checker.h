// "Check these numbers", beside the window: one stack at a time, in a thread of its own, with progress.
//
// Threading rule: every member is called from one thread, the one that built the checker; `wake` is called
// from the worker.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/check.h"

namespace gradflow::session {

enum class CheckPhase : unsigned char { running, stopped, done };

/// How far a check is, or what it found.
struct CheckStatus {
  StackSpec spec;  // the stack as it was when the check began
  CheckPhase phase = CheckPhase::running;
  std::string doing = {};
  int step = 0, steps = 0;
  CheckReport report = {};  // of CheckPhase::done; its error also says why nothing could be checked
};

class Checker {
 public:
  /// As check() of core/analysis/check.h: nothing when `stop` was requested; may throw.
  using Check = std::function<std::optional<CheckReport>(const StackSpec&, const CheckProgress&,
                                                         const std::stop_token&)>;

  Checker(Check check, std::function<void()> wake);
  /// Stops what runs; returns within the time the check needs to notice.
  ~Checker();
  Checker(const Checker&) = delete;
  Checker& operator=(const Checker&) = delete;

  /// Checks this stack; what ran before is stopped without waiting for it.
  void start(const StackSpec& spec);
  void stop();
  /// Of the check that was started last; nullptr before the first.
  std::shared_ptr<const CheckStatus> status() const;

  /// Stops everything. False where a check has not noticed within `patience`: the destructor would wait for
  /// it.
  bool stop(std::chrono::milliseconds patience);

 private:
  class Job;
  Check check_;
  std::function<void()> wake_;
  std::unique_ptr<Job> job_;
  std::vector<std::unique_ptr<Job>> leaving_;  // stopped, perhaps not yet at their end
};

}  // namespace gradflow::session
