// Tokens to the stream: y[t] = token[tokens[t]] + position[t mod sequence], y [tokens x d_model].
//   backward  dtoken[tokens[t]] += dy[t],  dposition[t mod sequence] += dy[t]
// The position table is learned, fixed (sinusoidal) or absent.
#pragma once

#include <vector>

#include "core/ops/tensor.h"

namespace gradflow {

template <class T>
struct Embedding {
  Matrix<T> token;     // [V x d_model]
  Matrix<T> position;  // [sequence x d_model], learned; empty otherwise
  Matrix<T> fixed;     // [sequence x d_model], not a parameter; empty unless sinusoidal
};

/// P[p, 2i] = sin(p / 10000^(2i/d)), P[p, 2i+1] = cos of the same (Vaswani et al. 2017, section 3.5).
template <class T>
Matrix<T> sinusoidal_table(Index sequence, Index d_model);

template <class T>
void forward(const Embedding<T>& op, const std::vector<int>& tokens, Matrix<T>& y);
template <class T>
void backward(const Embedding<T>& op, const std::vector<int>& tokens, const Matrix<T>& dy,
              Embedding<T>& grad);

}  // namespace gradflow
