// The race under way: a thread a lane, beside the window. Lanes go side by side, none of them more than a few
// steps ahead of the last, so that the curves grow together; a pause brings all to the same step.
//
// Threading rule: every member is called from one thread, the one that built the racer; `wake` is called from
// the lanes' threads.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "app/session/race.h"
#include "core/analysis/report.h"
#include "core/training/report.h"

namespace gradflow::session {

class Racer {
 public:
  explicit Racer(std::function<void()> wake);
  /// Stops what runs; returns within the time of one step.
  ~Racer();
  Racer(const Racer&) = delete;
  Racer& operator=(const Racer&) = delete;

  enum class From : unsigned char { running, paused };
  /// From step 1, which is all that is made of a paused race; what ran before is stopped without waiting for
  /// it.
  void start(const std::vector<Lane>& lanes, From from = From::running);
  void pause();
  void resume();
  /// One step of every lane, from a pause.
  void step();
  /// No further step; what there is stays.
  void stop();
  /// Forgets the race.
  void clear();

  RacePhase phase() const;
  /// No step is under way or to come by itself: finished, or every lane is where the pause is.
  bool resting() const;
  /// What every lane has shown so far, in the order of start().
  std::vector<std::shared_ptr<const LaneReport>> reports() const;
  /// What the pass of this step measured in each lane, 0 being the newest, or of the nearest step before it
  /// that is remembered; nullptr before there is one. The same moment is the same object.
  std::vector<std::shared_ptr<const StackReport>> moments(int step);

  /// Blocks until it rests: for pictures and tests, never for the window.
  void wait() const;
  /// Stops everything. False where a lane has not noticed within `patience`: the destructor would wait for
  /// it.
  bool stop(std::chrono::milliseconds patience);

 private:
  struct Gate;
  class Runner;
  struct Run;
  std::function<void()> wake_;
  std::unique_ptr<Run> run_;
  std::vector<std::unique_ptr<Run>> leaving_;  // stopped, perhaps not yet at their end
};

}  // namespace gradflow::session
