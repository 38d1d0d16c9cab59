// The answer: what one forward and backward pass of a stack measured, as a plain value.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/spec/stack.h"

namespace gradflow {

/// One quantity over the layers, named as in the tidy table:
///   grad_norm/NAME, weight_norm/NAME   Frobenius norm; NAME is a parameter within its layer, such as ffn.w_1
///   grad_norm/total                    of all of a layer's parameters together
///   stream_rms, stream_grad_norm       of the residual stream; layer k is after k layers, 0 to L
/// A layer without the quantity (an override took its norm away) has no point. Values may be 0, inf or nan:
/// those are findings, and every front end must show them as such.
struct Series {
  std::string quantity;
  std::vector<int> layers;     // ascending, 0-based
  std::vector<double> values;  // one a layer
  std::optional<double> at(int layer) const;
  friend bool operator==(const Series&, const Series&) = default;
};

/// A quantity of the whole stack, such as loss or grad_norm/unembedding.
struct Scalar {
  std::string quantity;
  double value = 0;
  friend bool operator==(const Scalar&, const Scalar&) = default;
};

struct StackReport {
  StackSpec spec;               // the question that this answers
  std::string error;            // a sentence; empty when the answer is complete
  std::vector<Scalar> scalars;  // loss first
  std::vector<Series> series;
  double milliseconds = 0;  // wall time of the pass, for the window's corner; not part of the tidy table
  std::vector<std::shared_ptr<const StackReport>> seeds = {};  // of a band: what it was made of

  const Series* find(std::string_view quantity) const;  // nullptr where there is none
  std::optional<double> scalar(std::string_view quantity) const;
  /// The value of `quantity` in the last layer that has it.
  std::optional<double> top(std::string_view quantity) const;
};

}  // namespace gradflow
