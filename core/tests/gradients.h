// What the gradient tests share: random tensors, and a check of every parameter of a stack in one call.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/analysis/gradient_check.h"
#include "core/model/build.h"
#include "core/model/parameters.h"
#include "core/model/random.h"

namespace gradflow::testing {

/// Differences of doubles with a step of 1e-5 to 1e-6 are good to about 1e-8 of the tensor's norm.
inline constexpr double kTolerance = 1e-6;

inline Matrix<double> random_matrix(std::string_view name, Index rows, Index cols, double std = 1) {
  Matrix<double> x(rows, cols);
  fill_normal<double>({7, name, 0}, std, x);
  return x;
}

/// Norm weights around 1 and biases around 0 instead of at them: at 1 and 0 a missing factor or term would
/// hide.
template <class Parameters>
void perturb_vectors(Parameters& parameters) {
  visit(parameters, [](const std::string& name, View<double> view) {
    if (view.rows() == 1) view += 0.3 * random_matrix(name, 1, view.cols());
  });
}

/// A stack small enough to try every option in milliseconds.
inline StackSpec small_stack() {
  StackSpec spec;
  spec.num_layers = 2;
  spec.d_model = 8;
  spec.num_heads = 2;
  spec.d_ff = 12;
  spec.vocab_size = 11;
  spec.sequence_length = 5;
  spec.batch_size = 2;
  spec.input.kind = InputKind::random;
  return spec;
}

/// Softmax does not change when every score of a row shifts by the same amount, so a bias on the keys has no
/// gradient unless something between it and the scores (QK-norm, rotary positions) sees it.
inline bool has_no_gradient(const StackSpec& spec, std::string_view name) {
  const bool seen = spec.qk_norm != QkNorm::none || (spec.positions == Positions::rotary &&
                                                     name.find("cross_attention") == std::string_view::npos);
  return name.ends_with(".b_k") && !seen;
}

/// Checks the gradient of every parameter of the stack that `spec` describes.
inline void expect_exact_gradients(const StackSpec& spec, Index max_coordinates = 6) {
  Stack<double> stack = build_stack<double>(spec);
  perturb_vectors(stack);
  const Batch<double> batch = build_batch<double>(spec);
  StackTape<double> tape;
  StackWork<double> work;
  Stack<double> grad = stack;
  set_zero(grad);
  forward(stack, batch, tape);
  backward(stack, batch, tape, grad, work);
  std::vector<std::pair<std::string, Matrix<double>>> gradients;
  visit(grad, [&](const std::string& name, View<double> view) { gradients.emplace_back(name, view); });
  std::size_t next = 0;
  const auto loss = [&] { return forward(stack, batch, tape); };
  visit(stack, [&](const std::string& name, View<double> view) {
    const auto& [gradient_name, gradient] = gradients[next++];
    ASSERT_EQ(name, gradient_name);
    if (has_no_gradient(spec, name)) {
      EXPECT_LT(gradient.norm(), 1e-12) << name;
      return;
    }
    const GradientCheck check = check_gradient(name, view, gradient, loss, {max_coordinates, 1});
    EXPECT_LT(check.relative_error, kTolerance) << name << " of norm " << check.gradient_norm;
  });
}

}  // namespace gradflow::testing
