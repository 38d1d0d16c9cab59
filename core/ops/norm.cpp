#include "core/ops/norm.h"

#include <cmath>

namespace gradflow {
namespace {

template <class T>
using ConstRow = Eigen::Map<const Row<T>>;
template <class T>
using MutableRow = Eigen::Map<Row<T>>;

}  // namespace

template <class T>
void forward(const Norm<T>& op, In<T> x, NormTape<T>& tape, Out<T> y) {
  const Index width = op.weight.size();
  const Index groups = x.cols() / width;
  tape.z.resize(x.rows(), x.cols());
  tape.inverse_scale.resize(x.rows() * groups);
  for (Index r = 0; r < x.rows(); ++r) {
    for (Index g = 0; g < groups; ++g) {
      const ConstRow<T> in(x.row(r).data() + g * width, width);
      MutableRow<T> z(tape.z.row(r).data() + g * width, width);
      MutableRow<T> out(y.row(r).data() + g * width, width);
      if (op.kind == NormKind::layer_norm) {
        z = in.array() - in.mean();
      } else {
        z = in;
      }
      const T scale = T(1) / std::sqrt(z.squaredNorm() / T(width) + op.epsilon);
      tape.inverse_scale[r * groups + g] = scale;
      z *= scale;
      if (op.bias.size() > 0) {
        out = z.cwiseProduct(op.weight) + op.bias;
      } else {
        out = z.cwiseProduct(op.weight);
      }
    }
  }
}

template <class T>
void backward(const Norm<T>& op, const NormTape<T>& tape, In<T> dy, Norm<T>& grad, Out<T> dx) {
  const Index width = op.weight.size();
  const Index groups = dy.cols() / width;
  for (Index r = 0; r < dy.rows(); ++r) {
    for (Index g = 0; g < groups; ++g) {
      const ConstRow<T> dout(dy.row(r).data() + g * width, width);
      const ConstRow<T> z(tape.z.row(r).data() + g * width, width);
      MutableRow<T> din(dx.row(r).data() + g * width, width);
      grad.weight += dout.cwiseProduct(z);
      if (op.bias.size() > 0) grad.bias += dout;
      din = dout.cwiseProduct(op.weight);
      const T along_z = din.dot(z) / T(width);
      const T along_ones = op.kind == NormKind::layer_norm ? din.mean() : T(0);
      din = (din.array() - along_ones - z.array() * along_z) * tape.inverse_scale[r * groups + g];
    }
  }
}

template void forward(const Norm<float>&, In<float>, NormTape<float>&, Out<float>);
template void forward(const Norm<double>&, In<double>, NormTape<double>&, Out<double>);
template void backward(const Norm<float>&, const NormTape<float>&, In<float>, Norm<float>&, Out<float>);
template void backward(const Norm<double>&, const NormTape<double>&, In<double>, Norm<double>&, Out<double>);

}  // namespace gradflow
