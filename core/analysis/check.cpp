#include "core/analysis/check.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/check_pass.h"
#include "core/model/build.h"
#include "core/model/parameters.h"
#include "core/spec/text.h"
#include "core/spec/validate.h"

namespace gradflow {
namespace {

/// The pass in double and the one in float, every gradient kept, and the stream's.
double bytes_needed(const StackSpec& spec) {
  const double stream = static_cast<double>(spec.batch_size) * spec.sequence_length * spec.d_model;
  return pass_bytes(spec, sizeof(double), true) + pass_bytes(spec, sizeof(float), true) +
         2 * stream * (spec.num_layers + 1) * sizeof(double);
}

/// Worse is larger, and nan is worst.
bool is_worse(double error, double than) { return error > than || (std::isnan(error) && !std::isnan(than)); }

double largest_score(const Attention<double>& op, const Matrix<double>& qkv) {
  const Index d = qkv.cols() / 3;
  const Index width = d / op.heads.heads;
  double q = 0;
  double k = 0;
  for (Index head = 0; head < op.heads.heads; ++head) {
    q = std::max(q, (qkv.middleCols(head * width, width).rowwise().norm().maxCoeff()));
    k = std::max(k, (qkv.middleCols(d + head * width, width).rowwise().norm().maxCoeff()));
  }
  return q * k / std::sqrt(static_cast<double>(width));
}

}  // namespace

CheckPass run_check_pass(const StackSpec& spec) {
  CheckPass pass{spec, build_stack<double>(spec), build_batch<double>(spec), {}, 0, {}, {}};
  pass.gradient = pass.stack;
  set_zero(pass.gradient);
  StackWork<double> work;
  pass.loss = forward(pass.stack, pass.batch, pass.tape);
  backward(pass.stack, pass.batch, pass.tape, pass.gradient, work, &pass.dstream);
  return pass;
}

double largest_score(const CheckPass& pass, std::size_t l) {
  const Layer<double>& layer = pass.stack.layers[l];
  const LayerTape<double>& tape = pass.tape.layers[l];
  const double score = largest_score(layer.attention.function, tape.attention.function.qkv);
  if (!layer.cross_attention) return score;
  return std::max(score, largest_score(layer.cross_attention->function, tape.cross_attention.function.qkv));
}

template <class T>
std::string first_non_finite(const StackTape<T>& tape, double loss, std::string_view precision) {
  for (std::size_t k = 0; k <= tape.layers.size(); ++k) {
    if (!stream(tape, k).allFinite())
      return tr("the stream after {0} layers is not finite in {1}; there is nothing to compare",
                {std::to_string(k), tr(precision)});
  }
  return std::isfinite(loss)
             ? std::string()
             : tr("the loss is not finite in {0}; there is nothing to compare", {tr(precision)});
}

template std::string first_non_finite(const StackTape<float>&, double, std::string_view);
template std::string first_non_finite(const StackTape<double>&, double, std::string_view);

std::string first_non_finite(CheckPass& pass) {
  std::string sentence = first_non_finite(pass.tape, pass.loss, text_key("double"));
  for (std::size_t k = pass.dstream.size(); k-- > 0;) {
    if (!sentence.empty() || pass.dstream[k].allFinite()) continue;
    sentence =
        tr("the gradient of the stream after {0} layers is not finite in double; there is nothing to compare",
           {std::to_string(k)});
  }
  visit(pass.gradient, [&](const std::string& name, View<double> view) {
    if (sentence.empty() && !view.allFinite())
      sentence = tr("the gradient of {0} is not finite in double; there is nothing to compare", {name});
  });
  return sentence;
}

CheckRow& CheckTable::row(const std::string& check) {
  const auto place =
      std::find_if(rows_.begin(), rows_.end(), [&](const CheckRow& row) { return row.check == check; });
  if (place != rows_.end()) return *place;
  rows_.push_back({check, "", 0, 0, 0, 0, ""});
  return rows_.back();
}

void CheckTable::add(const std::string& check, const std::string& where, double error, double tolerance,
                     const std::string& note) {
  CheckRow& kept = row(check);
  const bool judged = std::isfinite(tolerance);
  const double measure = judged ? error / tolerance : error;
  const double worst = judged ? kept.error / kept.tolerance : kept.error;
  if (kept.count++ > 0 && !is_worse(measure, worst)) return;
  kept.where = where;
  kept.error = error;
  kept.tolerance = tolerance;
  kept.note = note;
}

std::optional<CheckReport> check(const StackSpec& spec, const CheckOptions& options,
                                 const CheckProgress& progress, const std::stop_token& stop) {
  validate(spec, options.memory_limit);
  check_memory(spec, bytes_needed(spec), options.memory_limit);
  CheckPass pass = run_check_pass(spec);
  CheckReport report;
  report.error = first_non_finite(pass);
  if (!report.error.empty()) return report;
  CheckTable table;
  std::vector<CheckStep> steps;
  add_gradient_steps(pass, options, table, steps);
  add_formula_steps(pass, table, steps);
  add_loss_steps(pass, table, steps);
  add_float_steps(pass, table, steps, report.error);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (stop.stop_requested()) return std::nullopt;
    if (progress) progress(steps[i].doing, static_cast<int>(i) + 1, static_cast<int>(steps.size()));
    steps[i].run();
  }
  report.rows = table.take();
  return report;
}

}  // namespace gradflow
