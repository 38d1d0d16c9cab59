#include "core/analysis/analyze.h"

#include <chrono>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "core/analysis/recorder.h"
#include "core/model/build.h"
#include "core/model/parameters.h"

namespace gradflow {
namespace {

/// Weights and buffers beyond this many layers are given back when the next question is much shallower.
constexpr std::size_t kKeptLayers = 128;

}  // namespace

template <class T>
struct AnalyzerOf<T>::State {
  std::size_t memory_limit = 0;
  std::optional<StackSpec> built;  // what `stack` holds
  Stack<T> stack;                  // may hold more layers than the question has
  Layer<T> gradient;               // one layer's, used again for every layer
  Ends<T> ends_gradient;
  Batch<T> batch;
  StackTape<T> tape;
  StackWork<T> work;

  void build(const StackSpec& spec);
  bool run_forward(const StackSpec& spec, const std::stop_token& stop, Recorder& recorder);
  bool run_backward(const StackSpec& spec, const std::stop_token& stop, Recorder& recorder);
};

template <class T>
void AnalyzerOf<T>::State::build(const StackSpec& spec) {
  if (built && *built == spec) return;
  const auto depth = static_cast<std::size_t>(spec.num_layers);
  auto& layers = stack.layers;
  if (!built || !same_layer_weights(*built, spec)) layers.clear();
  if (layers.size() > std::max(depth, kKeptLayers)) {
    layers.resize(depth);
    layers.shrink_to_fit();
    tape.layers.resize(depth);
    tape.layers.shrink_to_fit();
  }
  built.reset();  // until all of it stands: a bad_alloc on the way must not leave a half-built stack behind
  for (std::size_t l = 0; l < std::min(depth, layers.size()); ++l) {
    wire_layer(spec, static_cast<int>(l), layers[l]);
  }
  while (layers.size() < depth) layers.push_back(build_layer<T>(spec, static_cast<int>(layers.size())));
  stack.ends = build_ends<T>(spec);
  batch = build_batch<T>(spec);
  if (tape.layers.size() < depth) tape.layers.resize(depth);
  ends_gradient = stack.ends;
  built = spec;
}

template <class T>
bool AnalyzerOf<T>::State::run_forward(const StackSpec& spec, const std::stop_token& stop,
                                       Recorder& recorder) {
  const auto depth = static_cast<std::size_t>(spec.num_layers);
  forward_embedding(stack.ends, batch, tape);
  for (std::size_t l = 0; l < depth; ++l) {
    if (stop.stop_requested()) return false;
    forward_layer(stack.layers[l], batch, l, tape);
  }
  recorder.scalar("loss", forward_head(stack.ends, batch, depth, tape));
  const double entries = static_cast<double>(stream(tape, 0).size());
  for (std::size_t k = 0; k <= depth; ++k) {
    recorder.point("stream_rms", static_cast<int>(k), std::sqrt(squared_norm(stream(tape, k)) / entries));
  }
  return true;
}

template <class T>
bool AnalyzerOf<T>::State::run_backward(const StackSpec& spec, const std::stop_token& stop,
                                        Recorder& recorder) {
  const auto depth = static_cast<std::size_t>(spec.num_layers);
  set_zero(ends_gradient);
  LayerGradient met;
  const Matrix<T>* dx = &backward_head(stack.ends, batch, depth, tape, ends_gradient, work);
  for (std::size_t l = depth; l-- > 0;) {
    if (stop.stop_requested()) return false;
    recorder.point("stream_grad_norm", static_cast<int>(l) + 1, std::sqrt(squared_norm(*dx)));
    if (l + 1 == depth || !spec.overrides.empty()) gradient = stack.layers[l];  // the shapes
    set_zero(gradient);
    dx = &backward_layer(stack.layers[l], l, tape, *dx, gradient, work, met);
    double total = 0;
    visit(gradient, [&](const std::string& name, View<T> view) {
      const double square = squared_norm(view);
      total += square;
      recorder.point("grad_norm/" + name, static_cast<int>(l), std::sqrt(square));
    });
    recorder.point("grad_norm/total", static_cast<int>(l), std::sqrt(total));
  }
  recorder.point("stream_grad_norm", 0, std::sqrt(squared_norm(*dx)));
  backward_embedding(stack.ends, batch, tape, *dx, ends_gradient, work);
  visit(ends_gradient, [&](const std::string& name, View<T> view) {
    recorder.scalar("grad_norm/" + name, std::sqrt(squared_norm(view)));
  });
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
  state_->build(spec);
  if (!state_->run_forward(spec, stop, recorder) || !state_->run_backward(spec, stop, recorder)) return {};
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
