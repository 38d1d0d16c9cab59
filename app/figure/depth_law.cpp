#include "app/figure/depth_law.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

#include "app/figure/axis.h"
#include "app/figure/band.h"
#include "app/figure/quantity.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

constexpr std::string_view kTop = "top/";

/// Where a guide starts: fitted are the depths from here on, as kFitFrom of core/analysis/depth_law.h says.
constexpr double kGuideFrom = 4;
constexpr double kGuideRoom = 1.12;  // above the curve or its band, so that both are seen

/// Xiong et al. 2020, Theorem 1: how the bound on the last layer's gradient depends on depth.
struct Theory {
  double slope;
  std::string_view label, name;
};
constexpr std::array<Theory, 2> kXiong{{{-0.5, text_key("Pre-LN: slope −1/2"), text_key("slope −1/2")},
                                        {0, text_key("Post-LN: slope 0"), text_key("slope 0")}}};
constexpr const char* kXiongNote =
    text_key("thin: upper bounds at initialisation up to a factor, Xiong et al. 2020, Theorem 1");
constexpr const char* kXiongRatio =
    text_key("A bound leaves its factor free: only where the ratio stays the same does its exponent hold.");

std::string top_of(std::string_view quantity) { return std::string(kTop) + std::string(quantity); }

/// What stands beside the curve's name: its exponent, or how far the measurement is.
std::string note_of(const StackReport& law, const std::string& top, std::size_t points) {
  const auto exponent = law.scalar("exponent/" + top);
  const auto error = law.scalar("exponent_se/" + top);
  if (exponent && error) return tr("exponent {0}", {exponent_words(*exponent, *error)});
  return tr("{0} of {1} depths", {std::to_string(points), std::to_string(law.spec.num_layers)});
}

/// Puts the exponent into the curve's note, before what the note says of seeds; gives it back.
double add_exponent(const StackReport& law, const std::string& top, Curve* curve) {
  const std::string note = note_of(law, top, curve->x.size());
  curve->note = note + (curve->note.empty() ? "" : ", ") + curve->note;
  return law.scalar("exponent/" + top).value_or(std::nan(""));
}

/// Why a stack has no curve; nothing where it has one.
std::optional<std::string> absence_of(const StackReport* law, std::string_view quantity) {
  if (law == nullptr) return std::string(tr("not measured yet"));
  if (!law->error.empty()) return law->error;
  const Series* series = law->find(top_of(quantity));
  if (series != nullptr && !series->layers.empty()) return std::nullopt;
  if (quantity.starts_with("grad_norm/")) {
    return tr("no layer of this wiring has the quantity {0}", {quantity_label(quantity)});
  }
  return tr("the depth law is measured for the gradients of weights: pick one in place of the quantity {0}",
            {quantity_label(quantity)});
}

/// The smallest factor with which a power law of this slope bounds the curve, and the band about it, where it
/// is fitted.
std::optional<double> bound_of(const Curve& curve, double slope) {
  const std::vector<double>& bounded = curve.high.empty() ? curve.y : curve.high;
  std::optional<double> factor;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if (curve.x[i] < kGuideFrom || lane_of(bounded[i]) != Lane::data) continue;
    factor = std::max(factor.value_or(0), bounded[i] / std::pow(curve.x[i], slope));
  }
  return factor;
}

/// One guide a slope, above the curve whose exponent is nearest to it, up to this depth. A bound says nothing
/// of its factor.
std::vector<Guide> guides_of(const std::vector<Curve>& curves, const std::vector<double>& exponents,
                             double deepest) {
  std::vector<Guide> guides;
  for (const Theory& theory : kXiong) {
    std::optional<double> factor;
    std::size_t stack = 0;
    double nearest = 0;
    for (std::size_t c = 0; c < curves.size(); ++c) {
      const auto bound = bound_of(curves[c], theory.slope);
      const double distance = std::isfinite(exponents[c]) ? std::abs(exponents[c] - theory.slope) : 1e9;
      if (!bound || (factor && distance >= nearest)) continue;
      factor = bound;
      stack = curves[c].stack;
      nearest = distance;
    }
    if (!factor || deepest <= kGuideFrom) continue;
    const auto at = [&](double depth) { return *factor * kGuideRoom * std::pow(depth, theory.slope); };
    guides.push_back({std::string(tr(theory.label)),
                      std::string(tr(theory.name)),
                      {kGuideFrom, deepest},
                      {at(kGuideFrom), at(deepest)},
                      {},
                      {stack}});
  }
  return guides;
}

/// The largest depth that is shown.
double right_end(const Figure& figure) {
  double right = figure.x_shown->max;
  for (const Curve& curve : figure.curves) {
    if (!curve.x.empty()) right = std::max(right, curve.x.back());
  }
  return right;
}

/// Stacks of one depth share a mark.
std::vector<Mark> marks_of(std::span<const int> depths) {
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < depths.size(); ++i) {
    if (depths[i] < 1) continue;
    const auto same = std::find_if(marks.begin(), marks.end(),
                                   [&](const Mark& mark) { return mark.x == double(depths[i]); });
    if (same == marks.end()) {
      marks.push_back({double(depths[i]), {i}, "L = " + std::to_string(depths[i])});
    } else {
      same->stacks.push_back(i);
    }
  }
  return marks;
}

}  // namespace

Figure depth_law_figure(Reports laws, std::string_view quantity, std::span<const int> depths, int deepest,
                        Reports bands, std::size_t seeds) {
  Figure figure;
  figure.x_label = tr("depth L");
  figure.x_word = text_key("depth");
  figure.y_label = quantity_axis(quantity);
  figure.x_scale = Scale::logarithmic;
  figure.x_shown = Range{1, double(deepest)};
  const std::string top = top_of(quantity);
  for (std::size_t i = 0; i < laws.size(); ++i) {
    const StackReport* law = laws[i].get();
    if (auto sentence = absence_of(law, quantity)) {
      figure.absences.push_back({i, std::move(*sentence)});
      continue;
    }
    const Series& series = *law->find(top);
    Curve curve{i, law->spec.name, {}, series.values};
    curve.x.assign(series.layers.begin(), series.layers.end());
    figure.curves.push_back(std::move(curve));
  }
  add_bands(&figure, laws, bands, top, seeds);
  std::vector<double> exponents;
  for (Curve& curve : figure.curves) {
    const auto& source = curve.low.empty() ? laws : bands;
    exponents.push_back(add_exponent(*source[curve.stack], top, &curve));
  }
  figure.guides = guides_of(figure.curves, exponents, right_end(figure));
  if (!figure.guides.empty()) {
    figure.guides_note = tr(kXiongNote);
    figure.guides_ratio = tr(kXiongRatio);
  }
  figure.marks = marks_of(depths);
  return figure;
}

std::vector<std::string> depth_law_quantities(Reports laws) {
  constexpr std::string_view kTotal = "grad_norm/total";
  std::vector<std::string> list{std::string(kTotal)};
  for (const auto& law : laws) {
    if (!law) continue;
    for (const Series& series : law->series) {
      if (!series.quantity.starts_with(kTop)) continue;
      const std::string quantity = series.quantity.substr(kTop.size());
      if (std::find(list.begin(), list.end(), quantity) == list.end()) list.push_back(quantity);
    }
  }
  return list;
}

std::string exponent_words(double exponent, double standard_error) {
  if (!std::isfinite(exponent)) return "–";
  char text[48];
  std::snprintf(text, sizeof text, "%.2f", std::abs(exponent));
  const bool zero = std::string_view(text) == "0.00";
  std::string words = (zero ? "" : exponent < 0 ? "−" : "+") + std::string(text);
  if (!std::isfinite(standard_error)) return words;
  std::snprintf(text, sizeof text, " ± %.2f", standard_error);
  return words + text;
}

}  // namespace gradflow::figure
