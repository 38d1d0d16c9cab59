// The step from gradient to weights. With g the gradient, eta the learning rate, t the step from 1:
//
//   sgd    b = mu b + g, the first b being g;  w -= eta b
//          Sutskever et al. 2013, section 2, with eta outside of b as torch.optim has it
//   adam   m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2
//          w -= eta (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
//          Kingma & Ba 2015, algorithm 1
//   adamw  w -= eta lambda w, then as adam
//          Loshchilov & Hutter 2019, algorithm 2
//
// Clipping scales g by min(1, clip / (|g| + 1e-6)), |g| over all weights: Pascanu et al. 2013, with PyTorch's
// 1e-6.
#pragma once

#include <vector>

#include "core/model/stack.h"
#include "core/ops/tensor.h"
#include "core/spec/training.h"

namespace gradflow {

/// Squared Frobenius norms: of the weights and of what the step added to them.
struct StepLength {
  double weights = 0, change = 0;
};

template <class T>
class Optimizer {
 public:
  /// Both must stay where they are; `gradient` is shaped as `weights`.
  Optimizer(const TrainingSpec& training, Stack<T>& weights, Stack<T>& gradient);
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// Step `step`, from 1, with gradients of length `gradient_norm`.
  void step(int step, double gradient_norm);

  /// Of the last step: the ends', then each layer's.
  const std::vector<StepLength>& lengths() const { return lengths_; }

 private:
  /// One parameter's run of numbers that lie next to each other.
  struct Run {
    T* weights;
    const T* gradient;
    T* first;   // sgd's b, adam's m
    T* second;  // adam's v
    Index count;
  };
  template <class Update>
  void each_run(const Update& update);

  TrainingSpec training_;
  Stack<T> first_, second_;
  std::vector<std::vector<Run>> runs_;  // as lengths_
  std::vector<StepLength> lengths_;
  Eigen::Array<T, Eigen::Dynamic, 1> change_;
};

}  // namespace gradflow
