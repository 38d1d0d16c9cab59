#include "core/ops/dot_product.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/ops/small_product.h"

namespace gradflow {
namespace {

/// The softmax of each row over its visible entries; the rest becomes exactly 0. What is masked goes through
/// exp with them up to a whole packet, as exp(-inf) = 0: a head of 16 tokens is one packet a row, and none of
/// it scalar code.
template <class T>
void softmax_rows(Mask mask, View<T> s) {
  constexpr Index kPacket = 16;
  for (Index i = 0; i < s.rows(); ++i) {
    const Index visible = mask == Mask::causal ? i + 1 : s.cols();
    const Index padded = std::min(s.cols(), (visible + kPacket - 1) / kPacket * kPacket);
    s.row(i).segment(visible, padded - visible).setConstant(-std::numeric_limits<T>::infinity());
    s.row(i).tail(s.cols() - padded).setZero();
    auto row = s.row(i).head(padded).array();
    row = (row - row.maxCoeff()).exp();
    row *= T(1) / row.sum();
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
      p *= scale;
      softmax_rows<T>(op.mask, p);
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
