#include "core/training/trainer.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/model/build.h"
#include "core/model/parameters.h"
#include "core/ops/denormals.h"
#include "core/training/task.h"

namespace gradflow {
namespace {

template <class T>
Stack<T> zero_like(const Stack<T>& stack) {
  Stack<T> zero = stack;
  set_zero(zero);
  return zero;
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Nothing that does not move is no finding, even where all weights are 0.
double ratio_of(const StepLength& length) {
  return length.change == 0 ? 0 : std::sqrt(length.change / length.weights);
}

/// Upwards through the stream, then downwards through the gradient, as a pass goes.
std::optional<Breakdown> breakdown_of(int step, const PassRecord& record, const StepReport& report) {
  const int num_layers = static_cast<int>(report.layer_gradients.size());
  const auto at = [](int k) { return static_cast<std::size_t>(k); };
  for (int l = 0; l < num_layers; ++l) {
    if (!std::isfinite(record.streams[at(l + 1)].rms)) return Breakdown{step, l, false};
  }
  if (!std::isfinite(report.loss)) return Breakdown{step, {}, false};
  for (int l = num_layers; l-- > 0;) {
    if (!std::isfinite(report.layer_gradients[at(l)])) return Breakdown{step, l, true};
  }
  if (!std::isfinite(report.gradient_norm)) return Breakdown{step, {}, true};
  return {};
}

}  // namespace

template <class T>
Trainer<T>::Trainer(const StackSpec& stack, const TrainingSpec& training)
    : Trainer(stack, training, build_stack<T>(stack)) {}

template <class T>
Trainer<T>::Trainer(const StackSpec& stack, const TrainingSpec& training, Stack<T> weights)
    : stack_(stack),
      training_(training),
      weights_(std::move(weights)),
      gradient_(zero_like(weights_)),
      batch_(build_batch<T>(stack)),
      optimizer_(training, weights_, gradient_) {
  report_.layer_gradients.resize(weights_.layers.size());
  report_.layer_updates.resize(weights_.layers.size());
  report_.layer_cosines.resize(weights_.layers.size());
}

template <class T>
void Trainer<T>::read_pass(int step) {
  report_.step = step;
  report_.loss = buffers_.record.loss;
  losses_.push_back(report_.loss);
  if (losses_.size() > kMeanSteps) losses_.pop_front();
  report_.mean_loss =
      std::accumulate(losses_.begin(), losses_.end(), 0.0) / static_cast<double>(losses_.size());
  report_.learning_rate = learning_rate_at(training_, step);
  for (std::size_t l = 0; l < weights_.layers.size(); ++l) {
    report_.layer_cosines[l] = buffers_.record.streams[l + 1].token_cosine;
  }
  read_gradients();
}

template <class T>
void Trainer<T>::read_gradients() {
  double square = sum_of(buffers_.record.ends);
  for (std::size_t l = 0; l < weights_.layers.size(); ++l) {
    const double layer = sum_of(buffers_.record.layers[l].gradients);
    report_.layer_gradients[l] = std::sqrt(layer);
    square += layer;
  }
  report_.gradient_norm = std::sqrt(square);
}

template <class T>
void Trainer<T>::read_lengths() {
  const std::vector<StepLength>& lengths = optimizer_.lengths();
  StepLength all = lengths.front();  // the ends
  for (std::size_t l = 0; l < weights_.layers.size(); ++l) {
    const StepLength& layer = lengths[l + 1];
    report_.layer_updates[l] = ratio_of(layer);
    all.change += layer.change;
    all.weights += layer.weights;
  }
  report_.update_ratio = ratio_of(all);
}

template <class T>
void Trainer<T>::measure_first_move(const Matrix<T>& before) {
  forward(weights_, batch_, buffers_.tape);
  const T least = std::numeric_limits<T>::min();
  const auto log_of = [&](const Matrix<T>& p) { return p.array().max(least).log(); };
  const auto change = (log_of(buffers_.tape.probabilities) - log_of(before)).matrix();
  first_move_ = std::sqrt(squared_norm(change.eval()) / static_cast<double>(before.size()));
}

template <class T>
bool Trainer<T>::step(const std::stop_token& stop) {
  draw_batch(stack_, training_, done_ + 1, batch_);
  return step_on_batch(stop);
}

template <class T>
bool Trainer<T>::step_on_batch(const std::stop_token& stop) {
  const WithoutDenormals<T> quick;
  const int step = done_ + 1;
  if (!run_pass(weights_, stack_.num_layers, batch_, buffers_, stop, {0, &gradient_})) return false;
  done_ = step;
  read_pass(step);
  breakdown_ = breakdown_of(step, buffers_.record, report_);
  if (breakdown_) {
    report_.update_ratio = 0;
    report_.layer_updates.assign(weights_.layers.size(), 0);
    return true;
  }
  Matrix<T> before;
  if (step == 1) before = buffers_.tape.probabilities;
  optimizer_.step(step, report_.gradient_norm);
  read_lengths();
  if (step == 1) measure_first_move(before);
  return true;
}

template class Trainer<float>;
template class Trainer<double>;

}  // namespace gradflow
