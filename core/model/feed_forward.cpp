#include "core/model/feed_forward.h"

namespace gradflow {

template <class T>
void forward(const FeedForward<T>& op, const Matrix<T>& x, FeedForwardTape<T>& tape, Matrix<T>& y) {
  tape.x = &x;
  Matrix<T>& u = op.activation == Activation::relu ? tape.hidden : tape.u;
  u.resize(x.rows(), op.input.w.cols());
  forward(op.input, x, u);
  forward(op.activation, u, tape.hidden);
  y.resize(x.rows(), op.output.w.cols());
  forward(op.output, tape.hidden, y);
}

template <class T>
void backward(const FeedForward<T>& op, const FeedForwardTape<T>& tape, const Matrix<T>& dy,
              FeedForward<T>& grad, Matrix<T>& dx, FeedForwardWork<T>& work) {
  work.dhidden.resize(tape.hidden.rows(), tape.hidden.cols());
  backward(op.output, tape.hidden, dy, grad.output, work.dhidden);
  Matrix<T>& du = op.activation == Activation::relu ? work.dhidden : work.du;
  backward(op.activation, tape.u, tape.hidden, work.dhidden, du);
  dx.resize(dy.rows(), op.input.w.rows());
  backward(op.input, *tape.x, du, grad.input, dx);
}

template void forward(const FeedForward<float>&, const Matrix<float>&, FeedForwardTape<float>&,
                      Matrix<float>&);
template void forward(const FeedForward<double>&, const Matrix<double>&, FeedForwardTape<double>&,
                      Matrix<double>&);
template void backward(const FeedForward<float>&, const FeedForwardTape<float>&, const Matrix<float>&,
                       FeedForward<float>&, Matrix<float>&, FeedForwardWork<float>&);
template void backward(const FeedForward<double>&, const FeedForwardTape<double>&, const Matrix<double>&,
                       FeedForward<double>&, Matrix<double>&, FeedForwardWork<double>&);

}  // namespace gradflow
