#include "core/ops/activation.h"

#include <cassert>
#include <cmath>
#include <numbers>
#include <unsupported/Eigen/SpecialFunctions>

namespace gradflow {
namespace {

// Each curve as value and slope over an array u, written to an array that is no part of it; the lines below
// them pick one.
struct Gelu {
  template <class A, class B>
  static void value(const A& u, B out) {
    using T = typename A::Scalar;
    out = u * T(0.5) * (T(1) + (u * T(std::numbers::sqrt2 / 2)).erf());
  }
  template <class A, class B>
  static void slope(const A& u, B out) {
    using T = typename A::Scalar;
    const T density = T(std::numbers::inv_sqrtpi / std::numbers::sqrt2);  // 1 / sqrt(2 pi)
    out =
        T(0.5) * (T(1) + (u * T(std::numbers::sqrt2 / 2)).erf()) + u * density * (u.square() * T(-0.5)).exp();
  }
};

struct GeluTanh {
  static constexpr double kScale = 0.7978845608028654;  // sqrt(2 / pi)
  static constexpr double kCube = 0.044715;
  template <class A, class B>
  static void value(const A& u, B out) {
    using T = typename A::Scalar;
    out = u * T(0.5) * (T(1) + ((u + u.cube() * T(kCube)) * T(kScale)).tanh());
  }
  template <class A, class B>
  static void slope(const A& u, B out) {
    using T = typename A::Scalar;
    out = ((u + u.cube() * T(kCube)) * T(kScale)).tanh();
    out = T(0.5) * (T(1) + out) +
          u * T(0.5) * (T(1) - out.square()) * T(kScale) * (T(1) + T(3 * kCube) * u.square());
  }
};

struct Silu {
  template <class A, class B>
  static void value(const A& u, B out) {
    out = u * u.logistic();
  }
  template <class A, class B>
  static void slope(const A& u, B out) {
    using T = typename A::Scalar;
    out = u.logistic();
    out = out * (T(1) + u * (T(1) - out));
  }
};

template <class Curve, class T>
void forward_plain(const Matrix<T>& u, Matrix<T>& y) {
  for (Index r = 0; r < u.rows(); ++r) Curve::value(u.row(r).array(), y.row(r).array());
}

template <class Curve, class T>
void backward_plain(const Matrix<T>& u, const Matrix<T>& dy, Matrix<T>& du) {
  assert(du.data() != dy.data());
  for (Index r = 0; r < u.rows(); ++r) {
    Curve::slope(u.row(r).array(), du.row(r).array());
    du.row(r).array() *= dy.row(r).array();
  }
}

template <class Curve, class T>
void forward_gated(const Matrix<T>& u, Matrix<T>& y) {
  const Index f = u.cols() / 2;
  for (Index r = 0; r < u.rows(); ++r) {
    Curve::value(u.row(r).tail(f).array(), y.row(r).array());
    y.row(r).array() *= u.row(r).head(f).array();
  }
}

template <class Curve, class T>
void backward_gated(const Matrix<T>& u, const Matrix<T>& dy, Matrix<T>& du) {
  const Index f = u.cols() / 2;
  assert(du.data() != dy.data());
  for (Index r = 0; r < u.rows(); ++r) {
    const auto value = u.row(r).head(f).array();
    const auto gate = u.row(r).tail(f).array();
    auto dvalue = du.row(r).head(f).array();
    auto dgate = du.row(r).tail(f).array();
    Curve::value(gate, dvalue);
    dvalue *= dy.row(r).array();
    Curve::slope(gate, dgate);
    dgate *= dy.row(r).array() * value;
  }
}

}  // namespace

template <class T>
void forward(Activation op, const Matrix<T>& u, Matrix<T>& y) {
  y.resize(u.rows(), is_gated(op) ? u.cols() / 2 : u.cols());
  switch (op) {
    case Activation::relu: y = (u.array() <= T(0)).select(T(0), u); break;  // nan stays nan
    case Activation::gelu: forward_plain<Gelu>(u, y); break;
    case Activation::gelu_tanh: forward_plain<GeluTanh>(u, y); break;
    case Activation::silu: forward_plain<Silu>(u, y); break;
    case Activation::swiglu: forward_gated<Silu>(u, y); break;
    case Activation::geglu: forward_gated<Gelu>(u, y); break;
  }
}

template <class T>
void backward(Activation op, const Matrix<T>& u, const Matrix<T>& y, const Matrix<T>& dy, Matrix<T>& du) {
  du.resize(dy.rows(), is_gated(op) ? 2 * dy.cols() : dy.cols());
  switch (op) {
    case Activation::relu: du = (y.array() <= T(0)).select(T(0), dy); break;
    case Activation::gelu: backward_plain<Gelu>(u, dy, du); break;
    case Activation::gelu_tanh: backward_plain<GeluTanh>(u, dy, du); break;
    case Activation::silu: backward_plain<Silu>(u, dy, du); break;
    case Activation::swiglu: backward_gated<Silu>(u, dy, du); break;
    case Activation::geglu: backward_gated<Gelu>(u, dy, du); break;
  }
}

template void forward(Activation, const Matrix<float>&, Matrix<float>&);
template void forward(Activation, const Matrix<double>&, Matrix<double>&);
template void backward(Activation, const Matrix<float>&, const Matrix<float>&, const Matrix<float>&,
                       Matrix<float>&);
template void backward(Activation, const Matrix<double>&, const Matrix<double>&, const Matrix<double>&,
                       Matrix<double>&);

}  // namespace gradflow
