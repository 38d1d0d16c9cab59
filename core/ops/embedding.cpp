#include "core/ops/embedding.h"

#include <cmath>

namespace gradflow {

template <class T>
Matrix<T> sinusoidal_table(Index sequence, Index d_model) {
  Matrix<T> table(sequence, d_model);
  for (Index p = 0; p < sequence; ++p) {
    for (Index i = 0; i < d_model; i += 2) {
      const double angle =
          static_cast<double>(p) / std::pow(10000.0, static_cast<double>(i) / static_cast<double>(d_model));
      table(p, i) = static_cast<T>(std::sin(angle));
      table(p, i + 1) = static_cast<T>(std::cos(angle));
    }
  }
  return table;
}

template <class T>
void forward(const Embedding<T>& op, const std::vector<int>& tokens, Matrix<T>& y) {
  y.resize(static_cast<Index>(tokens.size()), op.token.cols());
  const Matrix<T>& positions = op.position.size() > 0 ? op.position : op.fixed;
  for (Index t = 0; t < y.rows(); ++t) {
    y.row(t) = op.token.row(tokens[static_cast<std::size_t>(t)]);
    if (positions.size() > 0) y.row(t) += positions.row(t % positions.rows());
  }
}

template <class T>
void backward(const Embedding<T>& op, const std::vector<int>& tokens, const Matrix<T>& dy,
              Embedding<T>& grad) {
  for (Index t = 0; t < dy.rows(); ++t) {
    grad.token.row(tokens[static_cast<std::size_t>(t)]) += dy.row(t);
    if (op.position.size() > 0) grad.position.row(t % op.position.rows()) += dy.row(t);
  }
}

template Matrix<float> sinusoidal_table(Index, Index);
template Matrix<double> sinusoidal_table(Index, Index);
template void forward(const Embedding<float>&, const std::vector<int>&, Matrix<float>&);
template void forward(const Embedding<double>&, const std::vector<int>&, Matrix<double>&);
template void backward(const Embedding<float>&, const std::vector<int>&, const Matrix<float>&,
                       Embedding<float>&);
template void backward(const Embedding<double>&, const std::vector<int>&, const Matrix<double>&,
                       Embedding<double>&);

}  // namespace gradflow
