#include "core/ops/dot_product.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/ops/small_product.h"

namespace gradflow {
namespace {

constexpr Index kLane = 16;  // one AVX-512 register of floats
template <class T>
using Lane = Eigen::Array<T, kLane, 1>;

/// For every number of visible entries what the others are held under: nothing, or minus infinity.
template <class T>
using Limits = std::array<Lane<T>, kLane + 1>;

template <class T>
Limits<T> limits() {
  constexpr T kInfinity = std::numeric_limits<T>::infinity();
  Limits<T> all;
  for (Index visible = 0; visible <= kLane; ++visible) {
    Lane<T>& limit = all[static_cast<std::size_t>(visible)];
    limit.head(visible).setConstant(kInfinity);
    limit.tail(kLane - visible).setConstant(-kInfinity);
  }
  return all;
}

/// A row that is one lane. It never leaves the registers, and no branch depends on it, so that the processor
/// works on several rows at a time. (Eigen's select() would go number by number.)
template <class T>
void softmax_lane(T* row, T scale, const Lane<T>& limit) {
  Eigen::Map<Lane<T>> s(row);
  Lane<T> x = (s * scale).min(limit);  // nan stays nan
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
void softmax_rows(Mask mask, T scale, const Limits<T>& limit, View<T> s) {
  for (Index i = 0; i < s.rows(); ++i) {
    const Index visible = mask == Mask::causal ? i + 1 : s.cols();
    if (s.cols() == kLane) {
      softmax_lane(s.row(i).data(), scale, limit[static_cast<std::size_t>(visible)]);
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
  const Limits<T> limit = limits<T>();
  tape.p.resize(qkv.rows() * op.heads, n);
  context.resize(qkv.rows(), d);
  for (Index row = 0; row < qkv.rows(); row += n) {
    for (Index head = 0; head < op.heads; ++head) {
      const auto q = qkv.block(row, head * width, n, width);
      const auto k = qkv.block(row, d + head * width, n, width);
      const auto v = qkv.block(row, 2 * d + head * width, n, width);
      auto p = tape.p.middleRows(row * op.heads + head * n, n);
      multiply_by_transposed_small<T>(q, k, tape.flipped, p);
      softmax_rows<T>(op.mask, scale, limit, p);
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
