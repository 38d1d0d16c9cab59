// Scaled dot-product attention of several heads over several sequences (Vaswani et al. 2017, equation 1):
//
//   P = softmax(Q K^T / sqrt(d_head)),  context = P V
//   dV = P^T dc,  dP = dc V^T,  dS = P * (dP - rowsum(P * dP)),  dQ = dS K / sqrt,  dK = dS^T Q / sqrt
//
// head by head; causal: a token sees itself and what comes before it.
//
// qkv [tokens x 3 d_model] = [q | k | v], each of them its heads side by side; tokens = batch x sequence.
#pragma once

#include "core/ops/tensor.h"

namespace gradflow {

enum class Mask : unsigned char { none, causal };

struct DotProduct {
  Index heads = 1;
  Index sequence = 1;
  Mask mask = Mask::none;
};

template <class T>
struct DotProductTape {
  Matrix<T> p;        // [batch * heads * sequence x sequence]: rows sum to 1, 0 where masked
  Matrix<T> flipped;  // room for one head's K^T
};

/// Room for one head.
template <class T>
struct DotProductWork {
  Matrix<T> ds;       // [sequence x sequence]
  Matrix<T> flipped;  // V^T
};

/// context [tokens x d_model].
template <class T>
void forward(const DotProduct& op, const Matrix<T>& qkv, DotProductTape<T>& tape, Matrix<T>& context);

/// dqkv [tokens x 3 d_model]; qkv is what forward read.
template <class T>
void backward(const DotProduct& op, const Matrix<T>& qkv, const DotProductTape<T>& tape,
              const Matrix<T>& dcontext, Matrix<T>& dqkv, DotProductWork<T>& work);

}  // namespace gradflow
