// Rotary positions (Su et al. 2021) on q or k [tokens x width], head by head, the head split into two halves:
//   (x1, x2) -> (x1 c - x2 s, x2 c + x1 s)   with angle p * 10000^(-2i/d_head), p the place in its sequence
// The backward pass is the rotation back, so the tape is empty.
#pragma once

#include "core/ops/tensor.h"

namespace gradflow {

template <class T>
struct Rotary {
  Matrix<T> cosine, sine;  // [sequence x d_head / 2]
};

template <class T>
Rotary<T> make_rotary(Index sequence, Index head_width);

/// In place: x's rows are sequences one after another, its columns heads one after another.
template <class T>
void forward(const Rotary<T>& op, Out<T> x);
template <class T>
void backward(const Rotary<T>& op, Out<T> dx);

}  // namespace gradflow
