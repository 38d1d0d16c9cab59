// Scaled dot-product attention of several heads over several sequences (Vaswani et al. 2017, equation 1):
//
//   P = softmax(Q K^T / sqrt(d_head)),  context = P V,  head by head; causal: a token sees itself and what is
//   before backward  dV = P^T dc,  dP = dc V^T,  dS = P * (dP - rowsum(P * dP)),  dQ = dS K / sqrt,  dK =
//   dS^T Q / sqrt
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
  Matrix<T> p;  // [batch * heads * sequence x sequence]: rows sum to 1, 0 where masked
};

/// context [tokens x d_model].
template <class T>
void forward(const DotProduct& op, const Matrix<T>& qkv, DotProductTape<T>& tape, Matrix<T>& context);

/// dqkv [tokens x 3 d_model]; qkv is what forward read; ds is room for one head's [sequence x sequence].
template <class T>
void backward(const DotProduct& op, const Matrix<T>& qkv, const DotProductTape<T>& tape,
              const Matrix<T>& dcontext, Matrix<T>& dqkv, Matrix<T>& ds);

}  // namespace gradflow
