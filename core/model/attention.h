// Multi-head attention (Vaswani et al. 2017, section 3.2.2), self- or cross-:
//   [q | k | v] = x W_qkv + b (cross: k and v from the memory);  q, k = rotary(qk_norm(q, k));
//   y = softmax(q k^T / sqrt(d_head)) v W_O + b_O
// W_Q, W_K, W_V lie side by side in one matrix, so that self-attention is one product; visit() tells them
// apart.
#pragma once

#include <optional>

#include "core/ops/dot_product.h"
#include "core/ops/linear.h"
#include "core/ops/norm.h"
#include "core/ops/rotary.h"

namespace gradflow {

template <class T>
struct AttentionTape {
  const Matrix<T>* memory = nullptr;  // [tokens x d_model] for cross-attention; not owned
  const Matrix<T>* x = nullptr;       // the input; not owned, must live until backward
  Matrix<T> qkv;                      // [tokens x 3 d_model], as the heads see it
  NormTape<T> q_norm, k_norm;
  DotProductTape<T> heads;
  Matrix<T> context;  // [tokens x d_model]
};

template <class T>
struct AttentionWork {
  Matrix<T> dcontext, dqkv;
  DotProductWork<T> heads;
};

template <class T>
struct Attention {
  using Tape = AttentionTape<T>;
  using Work = AttentionWork<T>;
  DotProduct heads;
  Linear<T> qkv;     // [d_model x 3 d_model]
  Linear<T> output;  // [d_model x d_model]
  std::optional<Norm<T>> q_norm, k_norm;
  std::optional<Rotary<T>> rotary;
};

template <class T>
void forward(const Attention<T>& op, const Matrix<T>& x, AttentionTape<T>& tape, Matrix<T>& y);
template <class T>
void backward(const Attention<T>& op, const AttentionTape<T>& tape, const Matrix<T>& dy, Attention<T>& grad,
              Matrix<T>& dx, AttentionWork<T>& work);

}  // namespace gradflow
