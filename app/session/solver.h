// Questions go out, answers come back, and the thread that asks never waits. One worker thread a slot, one
// slot a stack:
//
//   UI thread                                 worker of the slot
//   ask(slot, asked)  ----- newest only ----> measure(spec), pure
//   answer(slot)      <---- immutable ------- shared_ptr<const StackReport>, then wake()
//
// Threading rule: every member is called from one thread, the one that built the solver; `wake` is called
// from the workers. A running pass is finished even when a newer question has come (abandoning it would
// starve the plot during a drag), unless the solver was told when an answer is obsolete; withdrawing it,
// removing its slot or destroying the solver stops it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/analysis/report.h"
#include "core/spec/stack.h"

namespace gradflow::session {

/// What answers a question: nullopt when `stop` was requested during the pass; throws for a question that has
/// no answer. Called from one thread only, so it may keep weights and buffers from call to call.
using Measure = std::function<std::optional<StackReport>(const StackSpec& spec, std::stop_token stop)>;

/// What a slot is asked: a stack, and of a measure of many seeds how many.
struct Asked {
  Asked(StackSpec stack, int count = 1) : spec(std::move(stack)), seeds(count) {}
  StackSpec spec;
  int seeds;
  friend bool operator==(const Asked&, const Asked&) = default;
};

/// A question under way, for a measure that takes long enough to show what it has so far.
struct Question {
  const StackSpec& spec;
  std::stop_token stop;                   // nobody wants the answer any more
  std::function<void(StackReport)> show;  // publishes the answer as far as it is
  std::function<bool()> superseded;       // a newer question waits
  int seeds = 1;                          // for a measure of many: how many
};

/// As Measure. Nothing, too, where it has made way for a newer question; what was shown stays the answer.
using StreamingMeasure = std::function<std::optional<StackReport>(const Question& question)>;

/// Whether the answer to `running` is of no use once `newest` is asked: it is stopped then.
using Obsolete = bool (*)(const Asked& running, const Asked& newest);

class Solver {
 public:
  /// `make_measure` is called once a slot, in its worker. `wake` tells the UI's loop that an answer has come.
  Solver(std::function<Measure()> make_measure, std::function<void()> wake);
  Solver(std::function<StreamingMeasure()> make_measure, std::function<void()> wake, Obsolete obsolete);
  /// Stops passes that are running: returns within the time a measure needs to notice its stop token.
  ~Solver();
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  /// Makes it `count` slots: new ones have no answer, the last ones are stopped without waiting for them.
  void resize(std::size_t count);
  std::size_t size() const { return workers_.size(); }

  /// Replaces a question of this slot that has not been started.
  void ask(std::size_t slot, const Asked& asked);

  /// Takes back every question that has not been answered, and stops what runs without waiting for it.
  /// Answers stay, and so does what the measures remember.
  void withdraw();

  /// The newest answer of this slot or nullptr. Its spec is the question asked; a question that threw is
  /// answered by a report whose `error` is the sentence.
  std::shared_ptr<const StackReport> answer(std::size_t slot) const;

  /// Stops everything and gives up all slots. False where a pass has not noticed within `patience`: the
  /// destructor would wait for it.
  bool stop(std::chrono::milliseconds patience);

  /// Whether no question waits and none is under way.
  bool idle() const;

  /// Blocks until it is idle: for pictures and tests, never for the window.
  void wait() const;

 private:
  class Worker;
  std::function<StreamingMeasure()> make_measure_;
  std::function<void()> wake_;
  Obsolete obsolete_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::unique_ptr<Worker>> leaving_;  // stopped, perhaps not yet at their end
};

}  // namespace gradflow::session
