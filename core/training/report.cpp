#include "core/training/report.h"

#include <algorithm>
#include <cmath>

namespace gradflow {
namespace {

/// fn(number of a, number of b), of each number that is not the step.
template <class Fn>
void each_number(StepReport& a, const StepReport& b, Fn fn) {
  const auto each = [&](std::vector<double>& left, const std::vector<double>& right) {
    for (std::size_t l = 0; l < left.size(); ++l) fn(left[l], right[l]);
  };
  fn(a.loss, b.loss);
  fn(a.mean_loss, b.mean_loss);
  fn(a.learning_rate, b.learning_rate);
  fn(a.gradient_norm, b.gradient_norm);
  fn(a.update_ratio, b.update_ratio);
  each(a.layer_gradients, b.layer_gradients);
  each(a.layer_updates, b.layer_updates);
  each(a.layer_cosines, b.layer_cosines);
}

void take_in(StepSpan& span, const StepReport& low, const StepReport& high, int last) {
  each_number(span.low, low, [](double& least, double value) {
    if (!(least <= value)) least = std::isnan(value) ? least : value;
  });
  each_number(span.high, high, [](double& most, double value) {
    if (!(value <= most) && !std::isnan(most)) most = value;
  });
  span.last = last;
}

}  // namespace

void History::add(const StepReport& report) {
  last_ = report;
  if (!spans_.empty() && report.step - spans_.back().first.step < stride_) {
    take_in(spans_.back(), report, report, report.step);
    return;
  }
  if (spans_.size() == kMost) {
    for (std::size_t i = 0; i < kMost / 2; ++i) {
      StepSpan span = std::move(spans_[2 * i]);
      take_in(span, spans_[2 * i + 1].low, spans_[2 * i + 1].high, spans_[2 * i + 1].last);
      spans_[i] = std::move(span);
    }
    spans_.resize(kMost / 2);
    stride_ *= 2;
    return add(report);
  }
  spans_.push_back({report, report, report, report.step});
}

const StepSpan& History::at(int step) const {
  const auto after =
      std::upper_bound(spans_.begin(), spans_.end(), step,
                       [](int value, const StepSpan& span) { return value < span.first.step; });
  return after == spans_.begin() ? spans_.front() : *(after - 1);
}

}  // namespace gradflow
