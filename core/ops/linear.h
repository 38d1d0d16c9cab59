// y = x W + b, with x [tokens x in], W [in x out], b [1 x out] or empty (no bias). The tape is the input
// itself.
//   dW += x^T dy    db += the sum of dy's rows    dx = dy W^T
#pragma once

#include "core/ops/product.h"

namespace gradflow {

template <class T>
struct Linear {
  Matrix<T> w;
  Row<T> b;
};

template <class T>
void forward(const Linear<T>& op, In<T> x, Out<T> y) {
  multiply<T>(x, op.w, y);
  if (op.b.size() > 0) y.rowwise() += op.b;
}

template <class T>
void backward(const Linear<T>& op, In<T> x, In<T> dy, Linear<T>& grad, Out<T> dx) {
  add_transposed_times<T>(x, dy, grad.w);
  if (op.b.size() > 0) grad.b += dy.colwise().sum();
  multiply_by_transposed<T>(dy, op.w, dx);
}

}  // namespace gradflow
