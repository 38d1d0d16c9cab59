// The program proves itself on any stack. One forward and backward pass in double is taken apart and held
// against what can be known without trusting it. The rows of the table:
//
//   gradient NAME           central differences, layer by layer: with dy the gradient of the stream above a
//   layer,
//                           d<dy, layer(x, w)>/dw. By induction from the top this is the gradient of the
//                           loss, and it resolves a layer that the loss of a deep or collapsed stack cannot
//                           feel
//   gradient stream         the same for the layer's input, the head's, and the step from layer to layer
//   gradient of the loss    central differences of the loss itself, from the tensor's layer all the way up
//   Lemma 3                 every norm's Jacobian against its closed form at the input that it really had,
//   and its
//                           spectral bound sqrt(d)/|y| (Xiong et al. 2020, Lemma 3; RMSNorm's analogue)
//   y = post(skip t + b)    every sub-layer, put together again from the formula
//   stream = sum            the embedding plus what the branches add, between the norms that sit on the trunk
//   float                   each layer in float, on the stream and the gradient that double has there; judged
//   with the
//                           digits that softmax loses to large scores and the ReLU units that round to the
//                           other side
//   float, whole pass       what rounding makes of loss and gradients on the whole way: a finding about
//   float, which
//                           deep stacks amplify without bound, so it has no tolerance
//
// An error of a difference counts relative to the tensor's gradient or, if that is more, to what double can
// resolve: C eps scale / h plus what a shorter step still moves, over the tolerance; scale is what the
// differenced sum was made of.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>

#include "core/analysis/check_report.h"
#include "core/spec/fields.h"
#include "core/spec/stack.h"

namespace gradflow {

struct CheckOptions {
  int coordinates = 4;  // of each tensor: half where the gradient is largest, half anywhere
  std::size_t memory_limit = kDefaultMemoryLimit;
};

/// What is being done and how far it is; called on the caller's thread.
using CheckProgress = std::function<void(std::string_view doing, int step, int steps)>;

/// Nothing when `stop` was requested. Throws InvalidSpec. Same question, same answer.
std::optional<CheckReport> check(const StackSpec& spec, const CheckOptions& options = {},
                                 const CheckProgress& progress = {}, const std::stop_token& stop = {});

}  // namespace gradflow
