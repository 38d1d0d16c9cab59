// The feed-forward sub-layer's function: u = x W_1 + b_1 (gated: [value | gate], W_1 and W_gate side by
// side);
//   y = act(u) W_2 + b_2
#pragma once

#include "core/ops/activation.h"
#include "core/ops/linear.h"

namespace gradflow {

template <class T>
struct FeedForwardTape {
  const Matrix<T>* x = nullptr;  // the input; not owned, must live until backward
  Matrix<T> u;       // [tokens x d_ff], gated [tokens x 2 d_ff]; empty for relu, which needs only hidden
  Matrix<T> hidden;  // [tokens x d_ff]
};

template <class T>
struct FeedForwardWork {
  Matrix<T> dhidden, du;
};

template <class T>
struct FeedForward {
  using Tape = FeedForwardTape<T>;
  using Work = FeedForwardWork<T>;
  Activation activation = Activation::relu;
  Linear<T> input;   // [d_model x d_ff], gated [d_model x 2 d_ff]
  Linear<T> output;  // [d_ff x d_model]
};

template <class T>
void forward(const FeedForward<T>& op, const Matrix<T>& x, FeedForwardTape<T>& tape, Matrix<T>& y);
template <class T>
void backward(const FeedForward<T>& op, const FeedForwardTape<T>& tape, const Matrix<T>& dy,
              FeedForward<T>& grad, Matrix<T>& dx, FeedForwardWork<T>& work);

}  // namespace gradflow
