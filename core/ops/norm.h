// LayerNorm (Ba et al. 2016) and RMSNorm (Zhang and Sennrich 2019) over the width of each row.
//
//   LayerNorm   z = (x - mean) / sqrt(var + eps), biased variance;  y = weight * z + bias
//   RMSNorm     z = x / sqrt(mean(x^2) + eps);                      y = weight * z
//   backward    dz = weight * dy;  dx = (dz - mean(dz) - z mean(dz * z)) / sqrt(...), RMSNorm without
//   mean(dz)
//
// A row of x may hold several groups that are normalised on their own with one weight for all: QK-norm per
// head. x and y, and dy and dx, may be the same buffer.
#pragma once

#include "core/ops/tensor.h"
#include "core/spec/stack.h"

namespace gradflow {

template <class T>
struct Norm {
  NormKind kind = NormKind::layer_norm;
  T epsilon = T(1e-5);
  Row<T> weight;  // [width of a group]
  Row<T> bias;    // the same, empty for RMSNorm
};

template <class T>
struct NormTape {
  Matrix<T> z;              // [tokens x width], x normalised
  Column<T> inverse_scale;  // [tokens * groups], 1 / sqrt(... + eps)
};

template <class T>
void forward(const Norm<T>& op, In<T> x, NormTape<T>& tape, Out<T> y);
template <class T>
void backward(const Norm<T>& op, const NormTape<T>& tape, In<T> dy, Norm<T>& grad, Out<T> dx);

}  // namespace gradflow
