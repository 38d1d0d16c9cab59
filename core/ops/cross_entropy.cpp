#include "core/ops/cross_entropy.h"

#include <cmath>

namespace gradflow {

template <class T>
double forward_cross_entropy(const Matrix<T>& logits, const std::vector<int>& targets,
                             Matrix<T>& probabilities) {
  probabilities.resize(logits.rows(), logits.cols());
  double loss = 0;
  for (Index t = 0; t < logits.rows(); ++t) {
    const T max = logits.row(t).maxCoeff();
    const T target = logits(t, targets[static_cast<std::size_t>(t)]);
    auto p = probabilities.row(t).array();
    p = (logits.row(t).array() - max).exp();
    const T sum = p.sum();
    p *= T(1) / sum;
    loss += std::log(static_cast<double>(sum)) + static_cast<double>(max) - static_cast<double>(target);
  }
  return loss / static_cast<double>(logits.rows());
}

template <class T>
void backward_cross_entropy(const std::vector<int>& targets, Matrix<T>& probabilities) {
  const T share = T(1) / static_cast<T>(probabilities.rows());
  for (Index t = 0; t < probabilities.rows(); ++t) {
    probabilities(t, targets[static_cast<std::size_t>(t)]) -= T(1);
    probabilities.row(t) *= share;
  }
}

template double forward_cross_entropy(const Matrix<float>&, const std::vector<int>&, Matrix<float>&);
template double forward_cross_entropy(const Matrix<double>&, const std::vector<int>&, Matrix<double>&);
template void backward_cross_entropy(const std::vector<int>&, Matrix<float>&);
template void backward_cross_entropy(const std::vector<int>&, Matrix<double>&);

}  // namespace gradflow
