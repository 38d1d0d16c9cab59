// The matrices everything is made of. Activations are [tokens x width], row-major; y = x W + b with W [in x
// out].
//
// Every operation is a pair of functions that stand next to each other, with one argument order:
//   forward (op, x, tape, y)           y = op(x); the tape keeps what the backward pass needs
//   backward(op, tape, dy, grad, dx)   dx = the gradient of x; the parameters' gradient is added into grad
// The gradient of a T is a T. Outputs are buffers of the caller: sized on first use, reused from then on.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <type_traits>

namespace gradflow {

using Index = Eigen::Index;

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class T>
using Row = Eigen::Matrix<T, 1, Eigen::Dynamic>;
template <class T>
using Column = Eigen::Matrix<T, Eigen::Dynamic, 1>;

/// A matrix or a block of its columns, without a copy. As arguments (never deduced): `op` decides the scalar.
template <class T>
using View = Eigen::Ref<Matrix<T>, 0, Eigen::OuterStride<>>;
template <class T>
using ConstView = Eigen::Ref<const Matrix<T>, 0, Eigen::OuterStride<>>;
template <class T>
using In = std::type_identity_t<const ConstView<T>&>;
template <class T>
using Out = std::type_identity_t<View<T>>;

/// Sum of squares, in T by blocks short enough to be good to a few 1e-6. A float gradient of 1e-30 has a norm
/// though its square is no float, so a block that leaves the middle of T's range is summed again, moved
/// there.
template <class Derived>
double squared_norm(const Eigen::MatrixBase<Derived>& x) {
  using T = typename Derived::Scalar;
  constexpr Index kBlock = 4096;
  constexpr double kSmall = 1e-20;
  constexpr double kLarge = 1e+30;
  constexpr double kUp = 0x1p+63;    // sqrt(kSmall) becomes 1e9, the smallest float 1e-19
  constexpr double kDown = 0x1p-80;  // sqrt(kLarge) becomes 1e-9, the largest float 3e14
  const Index rows = std::max<Index>(1, kBlock / std::max<Index>(1, x.cols()));
  double sum = 0;
  for (Index r = 0; r < x.rows(); r += rows) {
    const auto block = x.middleRows(r, std::min(rows, x.rows() - r));
    const auto square = static_cast<double>(T(block.squaredNorm()));
    if (square > kSmall && square < kLarge) {
      sum += square;
      continue;
    }
    const double scale = square < 1 ? kUp : kDown;
    sum += static_cast<double>(T((block * T(scale)).squaredNorm())) / (scale * scale);
  }
  return sum;
}

}  // namespace gradflow
