#include "core/ops/dot_product.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/ops/small_product.h"

namespace gradflow {
namespace {

constexpr Index kLane = 16;  // one AVX-512 register of floats
template <class T>
using Lane = Eigen::Array<T, kLane, 1>;

/// 0, 1, ... along a lane.
template <class T>
Lane<T> places() {
  return Lane<T>::LinSpaced(T(0), T(kLane - 1));
}

/// A row that is one lane, of which the first `visible` are to be seen. It never leaves the registers, and no
/// branch depends on it, so that the processor works on several rows at a time.
template <class T>
void softmax_lane(T* row, Index visible, T scale, const Lane<T>& place) {
  Eigen::Map<Lane<T>> s(row);
  const Lane<T> masked = Lane<T>::Constant(-std::numeric_limits<T>::infinity());
  Lane<T> x = (place < static_cast<T>(visible)).select(s * scale, masked);
  x = (x - x.maxCoeff()).exp();
  s = x * (T(1) / x.sum());
}

/// The same of any length. What is masked goes through exp up to a whole lane, as exp(-inf) = 0.
template <class T, class RowOf>
void softmax_row(RowOf s, Index visible, T scale) {
  const Index padded = std::min(s.cols(), (visible + kLane - 1) / kLane * kLane);
  s.segment(visible, padded - visible).setConstant(-std::numeric_limits<T>::infinity());
  s.tail(s.cols() - padded).setZero();
  auto row = s.head(padded).array();
  row *= scale;
  row = (row - row.maxCoeff()).exp();
  row *= T(1) / row.sum();
}

/// The softmax of each row of scale s over its visible entries; the rest becomes exactly 0.
template <class T>
void softmax_rows(Mask mask, T scale, View<T> s) {
  const Lane<T> place = places<T>();
  for (Index i = 0; i < s.rows(); ++i) {
    const Index visible = mask == Mask::causal ? i + 1 : s.cols();
    if (s.cols() == kLane) {
      softmax_lane(s.row(i).data(), visible, scale, place);
    } else {
      softmax_row(s.row(i), visible, scale);
    }
  }
}

}  // namespace

template <class T>
void forward(const DotProduct& op, const Matrix<T>& qkv, DotProductTape<T>& tape, Matrix<T>& context) {
  const Index n = op.sequence;
  const Index d = qkv.cols() / 3;
  const Index width = d / op.heads;
  const T scale = T(1) / std::sqrt(static_cast<T>(width));
  tape.p.resize(qkv.rows() * op.heads, n);
  context.resize(qkv.rows(), d);
  for (Index row = 0; row < qkv.rows(); row += n) {
    for (Index head = 0; head < op.heads; ++head) {
      const auto q = qkv.block(row, head * width, n, width);
      const auto k = qkv.block(row, d + head * width, n, width);
      const auto v = qkv.block(row, 2 * d + head * width, n, width);
      auto p = tape.p.middleRows(row * op.heads + head * n, n);
      multiply_by_transposed_small<T>(q, k, tape.flipped, p);
      softmax_rows<T>(op.mask, scale, p);
      multiply_small<T>(p, v, context.block(row, head * width, n, width));
    }
  }
}

template <class T>
void backward(const DotProduct& op, const Matrix<T>& qkv, const DotProductTape<T>& tape,
              const Matrix<T>& dcontext, Matrix<T>& dqkv, DotProductWork<T>& work) {
  const Index n = op.sequence;
  const Index d = qkv.cols() / 3;
  const Index width = d / op.heads;
  const T scale = T(1) / std::sqrt(static_cast<T>(width));
  dqkv.resize(qkv.rows(), qkv.cols());
  Matrix<T>& ds = work.ds;
  ds.resize(n, n);
  for (Index row = 0; row < qkv.rows(); row += n) {
    for (Index head = 0; head < op.heads; ++head) {
      const auto q = qkv.block(row, head * width, n, width);
      const auto k = qkv.block(row, d + head * width, n, width);
      const auto v = qkv.block(row, 2 * d + head * width, n, width);
      const auto p = tape.p.middleRows(row * op.heads + head * n, n);
      const auto dc = dcontext.block(row, head * width, n, width);
      multiply_by_transposed_small<T>(dc, v, work.flipped, ds);
      for (Index i = 0; i < n; ++i) {
        const T along_p = ds.row(i).dot(p.row(i));
        ds.row(i) = (ds.row(i).array() - along_p) * p.row(i).array() * scale;
      }
      multiply_small<T>(ds, k, dqkv.block(row, head * width, n, width));
      multiply_transposed_small<T>(ds, q, dqkv.block(row, d + head * width, n, width));
      multiply_transposed_small<T>(p, dc, dqkv.block(row, 2 * d + head * width, n, width));
    }
  }
}

template void forward(const DotProduct&, const Matrix<float>&, DotProductTape<float>&, Matrix<float>&);
template void forward(const DotProduct&, const Matrix<double>&, DotProductTape<double>&, Matrix<double>&);
template void backward(const DotProduct&, const Matrix<float>&, const DotProductTape<float>&,
                       const Matrix<float>&, Matrix<float>&, DotProductWork<float>&);
template void backward(const DotProduct&, const Matrix<double>&, const DotProductTape<double>&,
                       const Matrix<double>&, Matrix<double>&, DotProductWork<double>&);

}  // namespace gradflow
