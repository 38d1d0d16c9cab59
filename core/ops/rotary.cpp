#include "core/ops/rotary.h"

#include <cmath>

namespace gradflow {
namespace {

template <class T>
void rotate(const Rotary<T>& op, Out<T> x, T direction) {
  const Index sequence = op.cosine.rows();
  const Index half = op.cosine.cols();
  for (Index r = 0; r < x.rows(); ++r) {
    const auto c = op.cosine.row(r % sequence).array();
    const auto s = op.sine.row(r % sequence).array();
    for (Index head = 0; head < x.cols(); head += 2 * half) {
      for (Index i = 0; i < half; ++i) {
        T& first = x(r, head + i);
        T& second = x(r, head + half + i);
        const T rotated = first * c[i] - direction * second * s[i];
        second = second * c[i] + direction * first * s[i];
        first = rotated;
      }
    }
  }
}

}  // namespace

template <class T>
Rotary<T> make_rotary(Index sequence, Index head_width) {
  Rotary<T> op;
  op.cosine.resize(sequence, head_width / 2);
  op.sine.resize(sequence, head_width / 2);
  for (Index p = 0; p < sequence; ++p) {
    for (Index i = 0; i < head_width / 2; ++i) {
      const double angle = static_cast<double>(p) *
                           std::pow(10000.0, -2.0 * static_cast<double>(i) / static_cast<double>(head_width));
      op.cosine(p, i) = static_cast<T>(std::cos(angle));
      op.sine(p, i) = static_cast<T>(std::sin(angle));
    }
  }
  return op;
}

template <class T>
void forward(const Rotary<T>& op, Out<T> x) {
  rotate<T>(op, x, T(1));
}

template <class T>
void backward(const Rotary<T>& op, Out<T> dx) {
  rotate<T>(op, dx, T(-1));
}

template Rotary<float> make_rotary(Index, Index);
template Rotary<double> make_rotary(Index, Index);
template void forward(const Rotary<float>&, Out<float>);
template void forward(const Rotary<double>&, Out<double>);
template void backward(const Rotary<float>&, Out<float>);
template void backward(const Rotary<double>&, Out<double>);

}  // namespace gradflow
