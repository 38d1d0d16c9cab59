#include "core/model/attention.h"

namespace gradflow {
namespace {

/// Self-attention: one product for all three. Cross-attention: q from x, k and v from the memory.
template <class T>
void project(const Linear<T>& op, const Matrix<T>& x, const Matrix<T>* memory, Matrix<T>& qkv) {
  const Index d = x.cols();
  qkv.resize(x.rows(), 3 * d);
  if (memory == nullptr) {
    forward(op, x, qkv);
    return;
  }
  multiply<T>(x, op.w.leftCols(d), qkv.leftCols(d));
  multiply<T>(*memory, op.w.rightCols(2 * d), qkv.rightCols(2 * d));
  if (op.b.size() > 0) qkv.rowwise() += op.b;
}

template <class T>
void project_backward(const Linear<T>& op, const AttentionTape<T>& tape, const Matrix<T>& dqkv,
                      Linear<T>& grad, Matrix<T>& dx) {
  if (tape.memory == nullptr) {
    backward(op, *tape.x, dqkv, grad, dx);
    return;
  }
  const Index d = dx.cols();
  add_transposed_times<T>(*tape.x, dqkv.leftCols(d), grad.w.leftCols(d));
  add_transposed_times<T>(*tape.memory, dqkv.rightCols(2 * d), grad.w.rightCols(2 * d));
  if (op.b.size() > 0) grad.b += dqkv.colwise().sum();
  multiply_by_transposed<T>(dqkv.leftCols(d), op.w.leftCols(d), dx);
}

}  // namespace

template <class T>
void forward(const Attention<T>& op, const Matrix<T>& x, AttentionTape<T>& tape, Matrix<T>& y) {
  const Index d = x.cols();
  tape.x = &x;
  project(op.qkv, x, tape.memory, tape.qkv);
  View<T> q = tape.qkv.leftCols(d);
  View<T> k = tape.qkv.middleCols(d, d);
  if (op.q_norm) forward(*op.q_norm, q, tape.q_norm, q);
  if (op.k_norm) forward(*op.k_norm, k, tape.k_norm, k);
  if (op.rotary) {
    forward(*op.rotary, q);
    forward(*op.rotary, k);
  }
  forward(op.heads, tape.qkv, tape.heads, tape.context);
  y.resize(x.rows(), d);
  forward(op.output, tape.context, y);
}

template <class T>
void backward(const Attention<T>& op, const AttentionTape<T>& tape, const Matrix<T>& dy, Attention<T>& grad,
              Matrix<T>& dx, AttentionWork<T>& work) {
  const Index d = dy.cols();
  work.dcontext.resize(dy.rows(), d);
  backward(op.output, tape.context, dy, grad.output, work.dcontext);
  backward(op.heads, tape.qkv, tape.heads, work.dcontext, work.dqkv, work.heads);
  View<T> dq = work.dqkv.leftCols(d);
  View<T> dk = work.dqkv.middleCols(d, d);
  if (op.rotary) {
    backward(*op.rotary, dq);
    backward(*op.rotary, dk);
  }
  if (op.q_norm) backward(*op.q_norm, tape.q_norm, dq, *grad.q_norm, dq);
  if (op.k_norm) backward(*op.k_norm, tape.k_norm, dk, *grad.k_norm, dk);
  dx.resize(dy.rows(), d);
  project_backward(op.qkv, tape, work.dqkv, grad.qkv, dx);
}

template void forward(const Attention<float>&, const Matrix<float>&, AttentionTape<float>&, Matrix<float>&);
template void forward(const Attention<double>&, const Matrix<double>&, AttentionTape<double>&,
                      Matrix<double>&);
template void backward(const Attention<float>&, const AttentionTape<float>&, const Matrix<float>&,
                       Attention<float>&, Matrix<float>&, AttentionWork<float>&);
template void backward(const Attention<double>&, const AttentionTape<double>&, const Matrix<double>&,
                       Attention<double>&, Matrix<double>&, AttentionWork<double>&);

}  // namespace gradflow
