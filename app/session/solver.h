// Questions go out, answers come back, and the thread that asks never waits. One worker thread a slot, one
// slot a stack:
//
//   UI thread                                 worker of the slot
//   ask(slot, spec)   ----- newest only ----> measure(spec), pure
//   answer(slot)      <---- immutable ------- shared_ptr<const StackReport>, then wake()
//
// Threading rule: every member is called from one thread, the one that built the solver; `wake` is called
// from the workers. A running pass is finished even when a newer question has come (abandoning it would
// starve the plot during a drag); only removing its slot or destroying the solver stops it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/analysis/report.h"
#include "core/spec/stack.h"

namespace gradflow::session {

/// What answers a question: nullopt when `stop` was requested during the pass; throws for a question that has
/// no answer. Called from one thread only, so it may keep weights and buffers from call to call.
using Measure = std::function<std::optional<StackReport>(const StackSpec& spec, std::stop_token stop)>;

class Solver {
 public:
  /// `make_measure` is called once a slot, in its worker. `wake` tells the UI's loop that an answer has come.
  Solver(std::function<Measure()> make_measure, std::function<void()> wake);
  /// Stops passes that are running: returns within the time a measure needs to notice its stop token.
  ~Solver();
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  /// Makes it `count` slots: new ones have no answer, the last ones are stopped without waiting for them.
  void resize(std::size_t count);
  std::size_t size() const { return workers_.size(); }

  /// Replaces a question of this slot that has not been started.
  void ask(std::size_t slot, const StackSpec& spec);

  /// The newest answer of this slot or nullptr. Its spec is the question asked; a question that threw is
  /// answered by a report whose `error` is the sentence.
  std::shared_ptr<const StackReport> answer(std::size_t slot) const;

  /// Stops everything and gives up all slots. False where a pass has not noticed within `patience`: the
  /// destructor would wait for it.
  bool stop(std::chrono::milliseconds patience);

  /// Blocks until every question is answered: for pictures and tests, never for the window.
  void wait() const;

 private:
  class Worker;
  std::function<Measure()> make_measure_;
  std::function<void()> wake_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::unique_ptr<Worker>> leaving_;  // stopped, perhaps not yet at their end
};

}  // namespace gradflow::session
