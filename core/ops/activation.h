// The feed-forward's non-linearity, elementwise. u [tokens x f], gated ones [tokens x 2f] = [value | gate].
//
//   relu max(u, 0)            gelu u Phi(u), exact by erf (Hendrycks and Gimpel 2016)
//   silu u sigma(u)           gelu_tanh  u/2 (1 + tanh(sqrt(2/pi) (u + 0.044715 u^3))), as GPT-2
//   swiglu silu(gate) * value, geglu gelu(gate) * value (Shazeer 2020)
//
// relu may work in place and its backward reads only the output: nothing but y has to be kept.
#pragma once

#include "core/ops/tensor.h"
#include "core/spec/stack.h"

namespace gradflow {

/// y [tokens x f] = act(u).
template <class T>
void forward(Activation op, const Matrix<T>& u, Matrix<T>& y);

/// du from dy, given u and y = act(u); for relu u may be empty and du may be dy. du has the shape of u (relu:
/// of y).
template <class T>
void backward(Activation op, const Matrix<T>& u, const Matrix<T>& y, const Matrix<T>& dy, Matrix<T>& du);

}  // namespace gradflow
