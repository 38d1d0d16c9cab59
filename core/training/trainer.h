// One lane of a race: a stack with its weights, its gradients and its optimizer, a step at a time, on one
// thread. The same question gives the same numbers in every run, whatever other lanes do.
#pragma once

#include <deque>
#include <optional>
#include <stop_token>

#include "core/analysis/measure.h"
#include "core/model/stack.h"
#include "core/training/optimizer.h"
#include "core/training/report.h"

namespace gradflow {

/// In float, as people train; in double to be compared with others. The question must have passed
/// validate_training().
template <class T>
class Trainer {
 public:
  Trainer(const StackSpec& stack, const TrainingSpec& training);
  /// The same from other weights than the stack's own initial ones, in its shapes.
  Trainer(const StackSpec& stack, const TrainingSpec& training, Stack<T> weights);
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  /// One step, which must not be behind the last; false when `stop` was requested on the way, and nothing has
  /// happened. Once a number was not finite, weights and optimizer stay as they were.
  bool step(const std::stop_token& stop = {});
  /// The same on what batch() holds, in place of a batch that is drawn.
  bool step_on_batch(const std::stop_token& stop = {});

  /// Whether there is nothing left to do.
  bool finished() const { return done_ == training_.steps || breakdown_; }
  int steps() const { return done_; }
  const std::optional<Breakdown>& breakdown() const { return breakdown_; }

  /// The last step, and all that its pass measured.
  const StepReport& report() const { return report_; }
  const PassRecord& record() const { return buffers_.record; }
  const PassNames& names() const { return buffers_.names; }

  /// How far the first update moved the predictions: the root mean square change of the log-probabilities of
  /// all tokens on the first batch, in nats (after Liu et al. 2020, section 4.2, who bound the change of the
  /// output by the same update).
  double first_move() const { return first_move_; }

  /// The numbers may be set, the shapes may not.
  Stack<T>& weights() { return weights_; }
  Batch<T>& batch() { return batch_; }

 private:
  void read_pass(int step);
  void read_gradients();
  void read_lengths();
  void measure_first_move(const Matrix<T>& before);

  StackSpec stack_;
  TrainingSpec training_;
  Stack<T> weights_, gradient_;
  Batch<T> batch_;
  PassBuffers<T> buffers_;
  Optimizer<T> optimizer_;
  StepReport report_;
  std::deque<double> losses_;  // the last kMeanSteps
  std::optional<Breakdown> breakdown_;
  double first_move_ = 0;
  int done_ = 0;
};

extern template class Trainer<float>;
extern template class Trainer<double>;

}  // namespace gradflow
