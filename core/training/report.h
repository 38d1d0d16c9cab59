// What a training run showed, as plain values: standard library only, so that the window can draw it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/spec/stack.h"
#include "core/spec/training.h"

namespace gradflow {

inline constexpr int kMeanSteps = 10;

/// One step, from 1. Loss and gradients are those of the weights before it. Values may be inf or nan:
/// findings.
struct StepReport {
  int step = 0;
  double loss = 0;       // nats a token that counts
  double mean_loss = 0;  // over this step and those before, kMeanSteps at most
  double learning_rate = 0;
  double gradient_norm = 0;  // Frobenius, of all weights together, before clipping
  double update_ratio = 0;   // |change of all weights| / |weights|, by Frobenius norm
  std::vector<double> layer_gradients, layer_updates;  // the same of each layer
  std::vector<double> layer_cosines;  // mean cosine between the tokens after each layer; 1: they are alike
  friend bool operator==(const StepReport&, const StepReport&) = default;
};

/// Steps in a row: the first as it was, and of each number the least and the largest. What is not finite is
/// the largest of all.
struct StepSpan {
  StepReport first, low, high;
  int last = 0;
  friend bool operator==(const StepSpan&, const StepSpan&) = default;
};

/// All steps of a run in bounded memory. Once there are kMost spans, each becomes one with its neighbour: the
/// curve gets coarser, but no spike disappears.
class History {
 public:
  static constexpr std::size_t kMost = 1024;

  void add(const StepReport& report);
  const std::vector<StepSpan>& spans() const { return spans_; }
  bool empty() const { return spans_.empty(); }
  int steps() const { return spans_.empty() ? 0 : spans_.back().last; }
  /// The last step as it was, however coarse the spans; the history must not be empty.
  const StepReport& last() const { return last_; }
  /// The span that holds this step, which the history must.
  const StepSpan& at(int step) const;
  friend bool operator==(const History&, const History&) = default;

 private:
  std::vector<StepSpan> spans_;
  StepReport last_;
  int stride_ = 1;  // steps a span
};

enum class RacePhase : unsigned char { none, running, paused, finished };

/// Where numbers first ceased to be finite.
struct Breakdown {
  int step = 0;
  std::optional<int> layer;  // none: at the loss, above the layers; backward: at neither loss nor layers
  bool backward = false;     // in the gradient, the stream still being finite
  friend bool operator==(const Breakdown&, const Breakdown&) = default;
};

/// One lane of a race: a stack, how it is trained, and what came of it so far.
struct LaneReport {
  StackSpec stack;
  TrainingSpec training;
  std::string error = {};  // a sentence in place of a run
  History history = {};
  std::optional<Breakdown> breakdown = {};  // where the run ended early
  double first_move = 0;                    // how far the first update moved the predictions (trainer.h)
  bool finished = false;                    // by its steps or by a breakdown
};

}  // namespace gradflow
