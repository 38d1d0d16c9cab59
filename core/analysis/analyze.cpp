#include "core/analysis/analyze.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "core/analysis/measure.h"
#include "core/model/build.h"
#include "core/model/parameters.h"

namespace gradflow {
namespace {

/// Weights and buffers beyond this many layers are given back when the next question is much shallower.
constexpr std::size_t kKeptLayers = 128;

/// Whether wire_layer() would do the same for both.
bool same_wiring(const StackSpec& left, const StackSpec& right) {
  return left.sublayers == right.sublayers && left.overrides == right.overrides && left.norm == right.norm &&
         left.residual_scale == right.residual_scale &&
         (left.residual_scale.rule == SkipGain::Rule::constant || left.num_layers == right.num_layers);
}

}  // namespace

template <class T>
struct AnalyzerOf<T>::State {
  std::size_t memory_limit = 0;
  std::optional<StackSpec> built;  // what `stack` holds
  Stack<T> stack;                  // may hold more layers than the question has
  Batch<T> batch;
  PassBuffers<T> buffers;
  int forwarded = 0;  // the lowest layers whose forward pass the buffers hold, as `built` wires them
  std::vector<std::vector<Scalar>> weight_norms;  // by layer of `stack`; they outlive many passes

  // False where `stop` was requested on the way: drawing the weights of a large stack takes seconds.
  bool build(const StackSpec& spec, const std::stop_token& stop);
  bool build_layers(const StackSpec& spec, const std::stop_token& stop);
  bool run(int num_layers, const std::stop_token& stop);
  void record_weights(int num_layers, Recorder& recorder);
};

template <class T>
bool AnalyzerOf<T>::State::build_layers(const StackSpec& spec, const std::stop_token& stop) {
  const auto depth = static_cast<std::size_t>(spec.num_layers);
  auto& layers = stack.layers;
  if (!built || !same_layer_weights(*built, spec)) {
    layers.clear();
    buffers.forget_layers();
  }
  if (layers.size() > std::max(depth, kKeptLayers)) {
    layers.resize(depth);
    layers.shrink_to_fit();
    buffers.tape.layers.resize(depth);
    forwarded = std::min(forwarded, spec.num_layers);
  }
  const std::size_t kept = built && same_wiring(*built, spec) ? layers.size() : 0;
  for (std::size_t l = kept; l < layers.size(); ++l) wire_layer(spec, static_cast<int>(l), layers[l]);
  while (layers.size() < depth) {
    if (stop.stop_requested()) return false;
    layers.push_back(build_layer<T>(spec, static_cast<int>(layers.size())));
  }
  weight_norms.resize(layers.size());
  for (std::size_t l = kept; l < layers.size(); ++l) {
    if (stop.stop_requested()) return false;
    weight_norms[l] = weight_norms_of(layers[l]);
  }
  return true;
}

template <class T>
void AnalyzerOf<T>::State::record_weights(int num_layers, Recorder& recorder) {
  for (const Scalar& norm : weight_norms_of(stack.ends)) recorder.scalar(norm.quantity, norm.value);
  for (int l = 0; l < num_layers; ++l) {
    for (const Scalar& norm : weight_norms[static_cast<std::size_t>(l)]) {
      recorder.point(norm.quantity, l, norm.value);
    }
  }
}

template <class T>
bool AnalyzerOf<T>::State::build(const StackSpec& spec, const std::stop_token& stop) {
  if (built && *built == spec) return true;
  forwarded = built ? same_prefix(*built, spec, forwarded) : 0;
  try {
    if (!build_layers(spec, stop)) {
      built.reset();
      return false;
    }
    if (!built || !same_ends_and_batch(*built, spec)) {
      stack.ends = build_ends<T>(spec);
      batch = build_batch<T>(spec);
    }
  } catch (...) {  // bad_alloc: nothing half built may pass for an answer later
    built.reset();
    throw;
  }
  built = spec;
  return true;
}

template <class T>
bool AnalyzerOf<T>::State::run(int num_layers, const std::stop_token& stop) {
  const int held = std::exchange(forwarded, 0);
  if (!run_pass(stack, num_layers, batch, buffers, stop, {std::min(held, num_layers)})) return false;
  forwarded = std::max(held, num_layers);
  return true;
}

template <class T>
AnalyzerOf<T>::AnalyzerOf(std::size_t memory_limit) : state_(std::make_unique<State>()) {
  state_->memory_limit = memory_limit;
}
template <class T>
AnalyzerOf<T>::~AnalyzerOf() = default;
template <class T>
AnalyzerOf<T>::AnalyzerOf(AnalyzerOf&&) noexcept = default;
template <class T>
AnalyzerOf<T>& AnalyzerOf<T>::operator=(AnalyzerOf&&) noexcept = default;

template <class T>
std::optional<StackReport> AnalyzerOf<T>::analyze(const StackSpec& spec, const std::stop_token& stop) {
  validate(spec, state_->memory_limit);
  const auto start = std::chrono::steady_clock::now();
  Recorder recorder;
  if (!state_->build(spec, stop)) return {};
  if (!state_->run(spec.num_layers, stop)) return {};
  record_pass(spec.num_layers, state_->buffers.record, state_->buffers.names, recorder);
  state_->record_weights(spec.num_layers, recorder);
  StackReport report = recorder.take();
  report.spec = spec;
  report.milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return report;
}

template class AnalyzerOf<float>;
template class AnalyzerOf<double>;

StackReport analyze(const StackSpec& spec) { return *Analyzer().analyze(spec); }

}  // namespace gradflow
