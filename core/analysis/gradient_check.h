// Proof by differences: is a gradient the derivative of the loss it claims to belong to?
//
//   numeric_i = (loss(x + h e_i) - loss(x - h e_i)) / 2h
//   error     = |analytic - numeric| over the coordinates tried, scaled up to the whole tensor, / |analytic|
//
// h runs over a few sizes and the best agreement counts: a large h crosses the kinks of ReLU, a small one
// drowns in round-off, and no h makes a wrong gradient right. A gradient that is exactly zero fails, for
// every difference agrees with it where nothing depends on the tensor; only the caller can know that this is
// meant.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/ops/tensor.h"

namespace gradflow {

struct GradientCheckOptions {
  Index max_coordinates = 24;  // of each tensor; the largest gradient entries first, then some at random
  std::uint64_t seed = 1;      // of the random ones
};

struct GradientCheck {
  std::string tensor;
  double gradient_norm = 0;   // Frobenius, of the whole analytic gradient
  double relative_error = 0;  // as above; infinite for a zero or non-finite gradient
  Index coordinates = 0;      // how many were tried
};

/// The places, counted row by row, that a check tries: half of them where the gradient is largest, half
/// anywhere; all of them if they are few.
std::vector<Index> pick_coordinates(const ConstView<double>& gradient, const GradientCheckOptions& options);

/// Tries coordinates of `x`, which `loss` reads, and puts every one back as it was.
GradientCheck check_gradient(std::string tensor, View<double> x, const ConstView<double>& gradient,
                             const std::function<double()>& loss, const GradientCheckOptions& options = {});

}  // namespace gradflow
