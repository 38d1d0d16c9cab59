#include "core/ops/cross_entropy.h"

#include <algorithm>
#include <cmath>

namespace gradflow {
namespace {

double count_of(const std::vector<int>& targets) {
  return static_cast<double>(targets.size()) -
         static_cast<double>(std::count(targets.begin(), targets.end(), kNoTarget));
}

}  // namespace

template <class T>
double forward_cross_entropy(const Matrix<T>& logits, const std::vector<int>& targets,
                             Matrix<T>& probabilities) {
  probabilities.resize(logits.rows(), logits.cols());
  double loss = 0;
  for (Index t = 0; t < logits.rows(); ++t) {
    const int target = targets[static_cast<std::size_t>(t)];
    const T max = logits.row(t).maxCoeff();
    const T aimed = target == kNoTarget ? T(0) : logits(t, target);
    auto p = probabilities.row(t).array();
    p = (logits.row(t).array() - max).exp();
    const T sum = p.sum();
    p *= T(1) / sum;
    if (target == kNoTarget) continue;
    loss += std::log(static_cast<double>(sum)) + static_cast<double>(max) - static_cast<double>(aimed);
  }
  return loss / count_of(targets);
}

template <class T>
void backward_cross_entropy(const std::vector<int>& targets, Matrix<T>& probabilities) {
  const T share = T(1) / static_cast<T>(count_of(targets));
  for (Index t = 0; t < probabilities.rows(); ++t) {
    const int target = targets[static_cast<std::size_t>(t)];
    if (target == kNoTarget) {
      probabilities.row(t).setZero();
      continue;
    }
    probabilities(t, target) -= T(1);
    probabilities.row(t) *= share;
  }
}

template double forward_cross_entropy(const Matrix<float>&, const std::vector<int>&, Matrix<float>&);
template double forward_cross_entropy(const Matrix<double>&, const std::vector<int>&, Matrix<double>&);
template void backward_cross_entropy(const std::vector<int>&, Matrix<float>&);
template void backward_cross_entropy(const std::vector<int>&, Matrix<double>&);

}  // namespace gradflow
