// loss = mean over the tokens that have a target of -log softmax(logits)[target], logits [tokens x V]
//   backward  dlogits = (softmax(logits) - onehot(target)) / tokens that have one; 0 where there is none
#pragma once

#include <vector>

#include "core/ops/tensor.h"

namespace gradflow {

inline constexpr int kNoTarget = -1;  // what a token is followed by does not count

/// The loss, in nats; `probabilities` (may be `logits` itself) receives the softmax, which is the tape.
template <class T>
double forward_cross_entropy(const Matrix<T>& logits, const std::vector<int>& targets,
                             Matrix<T>& probabilities);

/// Turns the tape into dlogits, in place.
template <class T>
void backward_cross_entropy(const std::vector<int>& targets, Matrix<T>& probabilities);

}  // namespace gradflow
