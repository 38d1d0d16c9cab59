// Float against double; see check.h.
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "core/analysis/check_pass.h"
#include "core/model/build.h"
#include "core/model/parameters.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

constexpr double kFloat = 2e-4;  // of a tensor, as against PyTorch
/// Of its layer's gradient: what a tensor's own counts at least. Softmax makes the gradients of W_Q and W_K
/// small by cancellation, and the digits that are left over are those of what cancelled.
constexpr double kFloor = 1e-3;
constexpr double kFlip = 10;       // times the root of the share of ReLU units that flipped
constexpr double kMostLost = 1e4;  // of float's digits: beyond that nothing of a number is left to compare
constexpr double kFinding = std::numeric_limits<double>::infinity();

double norm(const Matrix<double>& x) { return std::sqrt(squared_norm(x)); }

/// |x - y| / |y|; two zeros agree.
double relative(const Matrix<double>& x, const Matrix<double>& y) {
  const double error = norm(x - y);
  return error == 0 ? 0 : error / norm(y);
}

template <class Parameters>
std::vector<Matrix<double>> widened(Parameters& gradient) {
  std::vector<Matrix<double>> tensors;
  visit(gradient, [&](const std::string&, auto view) { tensors.emplace_back(view.template cast<double>()); });
  return tensors;
}

double total(const std::vector<Matrix<double>>& tensors) {
  double square = 0;
  for (const Matrix<double>& tensor : tensors) square += squared_norm(tensor);
  return std::sqrt(square);
}

/// Gradients in float, times `scale`, beside those in double.
template <class Exact, class Rounded>
void compare(const std::string& check, Exact& exact, Rounded& rounded, double scale, const std::string& where,
             double tolerance, CheckTable& table) {
  const std::vector<Matrix<double>> in_double = widened(exact);
  const std::vector<Matrix<double>> in_float = widened(rounded);
  const double floor = kFloor * total(in_double);
  std::size_t next = 0;
  visit(exact, [&](const std::string& name, const View<double>&) {
    const Matrix<double>& right = in_double[next];
    const double error = norm(in_float[next++] * scale - right);
    table.add(check, where + name, error == 0 ? 0 : error / std::max(norm(right), floor), tolerance);
  });
}

/// The share of ReLU units that are on in one precision and off in the other.
double flipped(const StackSpec& spec, const LayerTape<double>& exact, const LayerTape<float>& rounded) {
  if (spec.activation != Activation::relu) return 0;
  const auto on = exact.ffn.function.hidden.array() > 0;
  const auto on_in_float = rounded.ffn.function.hidden.array() > 0;
  return static_cast<double>((on != on_in_float).count()) /
         static_cast<double>(exact.ffn.function.hidden.size());
}

/// The digits that a norm's backward pass loses where it takes away nearly all of the gradient.
template <class F>
double lost_in_norms(const SublayerTape<float, F>& tape, const SublayerGradient& met) {
  double lost = 1;
  for (std::size_t site = 0; site < kSites.size(); ++site) {
    const SublayerGradient::AcrossNorm& across = met.norms[site];
    if (across.in == 0) continue;
    lost = std::max(lost,
                    across.out * static_cast<double>(tape.norms[site].inverse_scale.maxCoeff()) / across.in);
  }
  return lost;
}

void check_layer(CheckPass& pass, const Batch<float>& batch, std::size_t l, CheckTable& table) {
  const Layer<float> layer = build_layer<float>(pass.spec, static_cast<int>(l));
  StackTape<float> tape;
  tape.layers.resize(1);
  tape.embedded = stream(pass.tape, l).cast<float>();
  forward_layer(layer, batch, 0, tape);
  const LayerTape<double>& exact = pass.tape.layers[l];
  const double scores = std::max(1.0, largest_score(pass, l));
  const std::string where = tr("layer {0}", {std::to_string(l)}) + " ";
  const double flips = kFlip * std::sqrt(flipped(pass.spec, exact, tape.layers[0]));
  table.add(std::string(tr("float: stream")), where,
            relative(stream(tape, 1).cast<double>(), stream(pass.tape, l + 1)),
            kFloat * std::min(scores, kMostLost) + flips);
  // Backward is linear in dy: of length 1 it cannot leave float's range, whatever became of the real one.
  const double length = norm(pass.dstream[l + 1]);
  if (length == 0) return;
  Layer<float> gradient = layer;
  set_zero(gradient);
  StackWork<float> work;
  LayerGradient met;
  const Matrix<float> dy = (pass.dstream[l + 1] / length).cast<float>();
  const Matrix<float>& dx = backward_layer(layer, 0, tape, dy, gradient, work, met);
  const double norms = std::max({lost_in_norms(tape.layers[0].attention, met.attention),
                                 lost_in_norms(tape.layers[0].cross_attention, met.cross_attention),
                                 lost_in_norms(tape.layers[0].ffn, met.ffn)});
  const double tolerance = kFloat * std::min(scores * norms, kMostLost) + flips;
  table.add(std::string(tr("float: stream gradient")), where,
            relative(dx.cast<double>() * length, pass.dstream[l]), tolerance);
  compare(std::string(tr("float: gradients")), pass.gradient.layers[l], gradient, length, where, tolerance,
          table);
}

void check_whole(CheckPass& pass, const Batch<float>& batch, CheckTable& table, std::string& non_finite) {
  const Stack<float> stack = build_stack<float>(pass.spec);
  StackTape<float> tape;
  StackWork<float> work;
  Stack<float> gradient = stack;
  set_zero(gradient);
  const double loss = forward(stack, batch, tape);
  non_finite = first_non_finite(tape, loss, text_key("float"));
  if (!non_finite.empty()) return;
  backward(stack, batch, tape, gradient, work);
  table.add(std::string(tr("float, whole pass: loss")), "", std::abs(loss - pass.loss) / std::abs(pass.loss),
            kFinding);
  compare(std::string(tr("float, whole pass: gradients")), pass.gradient.ends, gradient.ends, 1, "", kFinding,
          table);
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    compare(std::string(tr("float, whole pass: gradients")), pass.gradient.layers[l], gradient.layers[l], 1,
            tr("layer {0}", {std::to_string(l)}) + " ", kFinding, table);
  }
}

}  // namespace

void add_float_steps(CheckPass& pass, CheckTable& table, std::vector<CheckStep>& steps,
                     std::string& non_finite) {
  const auto batch = std::make_shared<const Batch<float>>(build_batch<float>(pass.spec));
  for (std::size_t l = 0; l < pass.stack.layers.size(); ++l) {
    steps.push_back({tr("layer {0} in float", {std::to_string(l)}),
                     [&pass, &table, batch, l] { check_layer(pass, *batch, l, table); }});
  }
  steps.push_back({std::string(tr("the whole pass in float")),
                   [&pass, &table, &non_finite, batch] { check_whole(pass, *batch, table, non_finite); }});
}

}  // namespace gradflow
