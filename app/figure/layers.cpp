#include "app/figure/layers.h"

#include <optional>
#include <utility>

#include "app/figure/quantity.h"
#include "app/figure/stream_theory.h"
#include "core/spec/overrides.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

using Reports = std::span<const std::shared_ptr<const StackReport>>;

/// Why a stack has no curve at all; nothing where it has been measured.
std::optional<std::string> failure_of(const StackReport* report) {
  if (report == nullptr) return std::string(tr("not measured yet"));
  if (!report->error.empty()) return report->error;
  return std::nullopt;
}

/// Why a report has no such series.
std::string lack_of(const StackReport& report, std::string_view quantity) {
  if (quantity == "token_cosine" && report.spec.sequence_length < 2) {
    return std::string(tr("a sequence of one token has no other that it could be compared with"));
  }
  return tr("no layer of this wiring has the quantity {0}", {quantity_label(quantity)});
}

Curve curve_of(std::size_t stack, std::string name, const Series& series) {
  Curve curve{stack, std::move(name), {}, series.values};
  curve.x.assign(series.layers.begin(), series.layers.end());
  return curve;
}

std::vector<double> marks_of(const StackReport& report) {
  const Layers overridden = overridden_layers(report.spec);
  return {overridden.begin(), overridden.end()};
}

void add_stacks(Reports reports, std::string_view quantity, Figure* figure) {
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const StackReport* report = reports[i].get();
    if (auto sentence = failure_of(report)) {
      figure->absences.push_back({i, std::move(*sentence)});
      continue;
    }
    const Series* series = report->find(quantity);
    if (series == nullptr || series->layers.empty()) {
      figure->absences.push_back({i, lack_of(*report, quantity)});
      continue;
    }
    figure->curves.push_back(curve_of(i, report->spec.name, *series));
    figure->curves.back().marks = marks_of(*report);
  }
}

void add_weights(Reports reports, std::size_t stack, Figure* figure) {
  if (stack >= reports.size()) {
    figure->absences.push_back({stack, std::string(tr("there is no such stack any more"))});
    return;
  }
  const StackReport* report = reports[stack].get();
  if (auto sentence = failure_of(report)) {
    figure->absences.push_back({stack, std::move(*sentence)});
    return;
  }
  std::vector<std::string> left_out;
  for (const std::string& weight : weights_of(*report)) {
    if (is_round_off(*report, weight)) {
      left_out.push_back(weight);
      continue;
    }
    figure->curves.push_back(curve_of(stack, quantity_tag(weight), *report->find(weight)));
    figure->curves.back().style = weight_style(std::string_view(weight).substr(weight.find('/') + 1));
  }
  figure->guides_note = left_out_words(left_out);
  if (!figure->curves.empty()) figure->curves.front().marks = marks_of(*report);  // once, not once a weight
}

}  // namespace

Figure layer_figure(Reports reports, std::string_view quantity) {
  Figure figure;
  const bool of_stream = is_of_stream(quantity);
  figure.x_label = of_stream ? tr("layers passed (0: the embedding)") : tr("layer (0 is next to the input)");
  figure.x_word = of_stream ? text_key("layers passed:") : text_key("layer");
  figure.y_label = quantity_axis(quantity);
  figure.y_scale = quantity_scale(quantity);
  if (const auto stack = every_weight_of(quantity)) {
    add_weights(reports, *stack, &figure);
  } else {
    add_stacks(reports, quantity, &figure);
  }
  if (quantity == "stream_rms") add_stream_theory(reports, &figure);
  return figure;
}

}  // namespace gradflow::figure
