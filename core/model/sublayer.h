// The wiring equation (core/spec/wiring.h) around a function F: attention, cross-attention or the
// feed-forward.
//
//   t = entry(x);  b = branch(F(pre(t)));  y = post(skip t + b)         a site without a norm is the identity
//
// Backward is its mirror. What is plotted is measured where it passes by and is part of the tape and the
// result.
#pragma once

#include <array>
#include <cmath>
#include <optional>

#include "core/ops/norm.h"
#include "core/spec/wiring.h"

namespace gradflow {

template <class T, class F>
struct Sublayer {
  std::array<std::optional<Norm<T>>, kSites.size()> norms;  // by Site
  T skip = T(1);
  F function;

  const std::optional<Norm<T>>& at(Site site) const { return norms[static_cast<std::size_t>(site)]; }
  std::optional<Norm<T>>& at(Site site) { return norms[static_cast<std::size_t>(site)]; }
};

template <class T, class F>
struct SublayerTape {
  std::array<NormTape<T>, kSites.size()> norms;  // by Site
  Matrix<T> trunk;                               // t, where entry holds a norm
  Matrix<T> input;                               // pre(t), where pre holds a norm
  typename F::Tape function;
  Matrix<T> y;
  double branch_square = 0;  // |b|^2
};

/// The lengths of the loss gradient on the wires of a sub-layer, as the backward pass met them.
struct SublayerGradient {
  double dx = 0, dy = 0;  // on the trunk below and above
  double branch = 0;      // on the foot of the branch: what it hands back to t
  struct AcrossNorm {
    double in = 0, out = 0;  // on the norm's input and on its output
  };
  std::array<AcrossNorm, kSites.size()> norms;  // by Site; 0 where there is none
};

template <class T, class F>
struct SublayerWork {
  typename F::Work function;
  Matrix<T> dsum, dbranch, dx;
};

/// y lands in tape.y. x must live until backward.
template <class T, class F>
void forward(const Sublayer<T, F>& op, const Matrix<T>& x, SublayerTape<T, F>& tape) {
  const auto through = [&](Site site, const Matrix<T>& from, Matrix<T>& to) -> const Matrix<T>& {
    if (!op.at(site)) return from;
    to.resize(from.rows(), from.cols());
    forward(*op.at(site), from, tape.norms[static_cast<std::size_t>(site)], to);
    return to;
  };
  Matrix<T>& y = tape.y;
  const Matrix<T>& trunk = through(Site::entry, x, tape.trunk);
  const Matrix<T>& input = through(Site::pre, trunk, tape.input);
  forward(op.function, input, tape.function, y);
  through(Site::branch, y, y);
  tape.branch_square = squared_norm(y);
  if (op.skip == T(1)) {
    y += trunk;
  } else if (op.skip != T(0)) {  // 0 * inf would be nan on a wire that is cut
    y += op.skip * trunk;
  }
  through(Site::post, y, y);
}

/// The gradient of x lands in work.dx. dy may not lie in the same work.
template <class T, class F>
SublayerGradient backward(const Sublayer<T, F>& op, const SublayerTape<T, F>& tape, const Matrix<T>& dy,
                          Sublayer<T, F>& grad, SublayerWork<T, F>& work) {
  SublayerGradient lengths;
  const auto through = [&](Site site, const Matrix<T>& from, Matrix<T>& to) -> const Matrix<T>& {
    if (!op.at(site)) return from;
    const auto i = static_cast<std::size_t>(site);
    lengths.norms[i].out = std::sqrt(squared_norm(from));
    to.resize(from.rows(), from.cols());
    backward(*op.at(site), tape.norms[i], from, *grad.at(site), to);
    lengths.norms[i].in = std::sqrt(squared_norm(to));
    return to;
  };
  Matrix<T>& dx = work.dx;
  const Matrix<T>& dsum = through(Site::post, dy, work.dsum);
  const Matrix<T>& dbranch = through(Site::branch, dsum, work.dbranch);
  backward(op.function, tape.function, dbranch, grad.function, dx, work.function);
  through(Site::pre, dx, dx);
  lengths.branch =
      op.at(Site::pre) ? lengths.norms[static_cast<std::size_t>(Site::pre)].in : std::sqrt(squared_norm(dx));
  if (op.skip == T(1)) {
    dx += dsum;
  } else if (op.skip != T(0)) {
    dx += op.skip * dsum;
  }
  through(Site::entry, dx, dx);
  lengths.dy = std::sqrt(squared_norm(dy));
  lengths.dx = std::sqrt(squared_norm(dx));
  return lengths;
}

}  // namespace gradflow
