#include "core/training/optimizer.h"

#include <algorithm>
#include <cmath>

#include "core/model/parameters.h"

namespace gradflow {
namespace {

constexpr Index kRun = 1024;  // numbers: five arrays of them stay in the first cache

template <class T>
struct Strip {
  T* start;
  Index count;
};

/// The parameters of a layer or of the ends as strips of at most kRun numbers, in visit()'s order.
template <class T, class Parameters>
std::vector<Strip<T>> strips_of(Parameters& parameters) {
  std::vector<Strip<T>> strips;
  visit_views(parameters, [&](View<T> view) {
    const bool whole = view.rows() == 1 || view.outerStride() == view.cols();
    const Index length = whole ? view.size() : view.cols();
    for (Index start = 0; start < view.size(); start += length) {
      T* data = view.data() + (whole ? 0 : start / length * view.outerStride());
      for (Index i = 0; i < length; i += kRun) strips.push_back({data + i, std::min(kRun, length - i)});
    }
  });
  return strips;
}

template <class T>
using Array = Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>;
template <class T>
using ConstArray = Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>>;

}  // namespace

template <class T>
Optimizer<T>::Optimizer(const TrainingSpec& training, Stack<T>& weights, Stack<T>& gradient)
    : training_(training), first_(weights), second_(weights), change_(kRun) {
  set_zero(first_);
  set_zero(second_);
  const auto add = [&](auto& w, auto& g, auto& m, auto& v) {
    const auto ws = strips_of<T>(w);
    const auto gs = strips_of<T>(g);
    const auto ms = strips_of<T>(m);
    const auto vs = strips_of<T>(v);
    std::vector<Run>& runs = runs_.emplace_back();
    for (std::size_t i = 0; i < ws.size(); ++i) {
      runs.push_back({ws[i].start, gs[i].start, ms[i].start, vs[i].start, ws[i].count});
    }
  };
  add(weights.ends, gradient.ends, first_.ends, second_.ends);
  for (std::size_t l = 0; l < weights.layers.size(); ++l) {
    add(weights.layers[l], gradient.layers[l], first_.layers[l], second_.layers[l]);
  }
  lengths_.resize(runs_.size());
}

/// update(run, change): the change that is added to the weights of the run.
template <class T>
template <class Update>
void Optimizer<T>::each_run(const Update& update) {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    StepLength length;
    for (const Run& run : runs_[i]) {
      Array<T> change(change_.data(), run.count);
      Array<T> weights(run.weights, run.count);
      update(run, change);
      weights += change;
      length.change += squared_norm(change.matrix());
      length.weights += squared_norm(weights.matrix());
    }
    lengths_[i] = length;
  }
}

template <class T>
void Optimizer<T>::step(int step, double gradient_norm) {
  const TrainingSpec& how = training_;
  const double rate = learning_rate_at(how, step);
  const double shrink = how.clip ? std::min(1.0, *how.clip / (gradient_norm + 1e-6)) : 1.0;
  const T scale = static_cast<T>(shrink);
  if (how.optimizer == OptimizerKind::sgd) {
    const T mu = step == 1 ? T(0) : static_cast<T>(how.momentum);
    const T eta = static_cast<T>(rate);
    each_run([&](const Run& run, Array<T>& change) {
      Array<T> b(run.first, run.count);
      b = mu * b + scale * ConstArray<T>(run.gradient, run.count);
      change = -eta * b;
    });
    return;
  }
  const T b1 = static_cast<T>(how.beta1);
  const T b2 = static_cast<T>(how.beta2);
  const T eta = static_cast<T>(rate / (1 - std::pow(how.beta1, step)));
  const T root = static_cast<T>(1 / std::sqrt(1 - std::pow(how.beta2, step)));
  const T epsilon = static_cast<T>(how.epsilon);
  const T decay = how.optimizer == OptimizerKind::adamw ? static_cast<T>(rate * how.weight_decay) : T(0);
  const T g1 = static_cast<T>(1 - how.beta1);
  const T g2 = static_cast<T>(1 - how.beta2);
  each_run([&](const Run& run, Array<T>& change) {
    const auto g = scale * ConstArray<T>(run.gradient, run.count);  // a square of 1e20 alone is no float
    Array<T> m(run.first, run.count);
    Array<T> v(run.second, run.count);
    m = b1 * m + g1 * g;
    v = b2 * v + g2 * g.square();
    change = -eta * m / (root * v.sqrt() + epsilon);
    if (decay > T(0)) change -= decay * ConstArray<T>(run.weights, run.count);
  });
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace gradflow
