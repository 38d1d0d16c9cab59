#include "app/figure/readings.h"

#include <algorithm>

#include "app/figure/axis.h"
#include "app/figure/ghosts.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

bool is_hidden(const std::vector<bool>& hidden, std::size_t i) { return i < hidden.size() && hidden[i]; }

std::string value_words(const std::optional<double>& value, Scale scale, std::string_view missing) {
  if (!value) return std::string(missing);
  const std::string figures = three_figures(*value);
  switch (lane_of(*value, scale)) {
    case Lane::underflow: return tr("{0} (underflow)", {figures});
    case Lane::overflow: return tr("{0} (overflow)", {figures});
    case Lane::data: return figures;
  }
  return figures;
}

/// What the curve is at this x; with a band "0.147 (0.131–0.163)".
std::string curve_words(const Curve& curve, int x, Scale scale) {
  const auto value = value_at(curve, x);
  std::string words = value_words(value, scale, "–");
  if (!value || curve.low.empty()) return words;
  const auto side = [&](const std::vector<double>& values) {
    return three_figures(*value_at(curve, values, x));
  };
  return words + " (" + side(curve.low) + "–" + side(curve.high) + ")";
}

bool is_data(const std::optional<double>& value, Scale scale) {
  return value && lane_of(*value, scale) == Lane::data;
}

/// "B / A" and its value; nothing where one of them has no place on the axis.
std::optional<Reading> comparison(std::size_t stack, const std::optional<double>& own, std::size_t first,
                                  const std::optional<double>& base, Scale scale) {
  if (!is_data(own, scale) || !is_data(base, scale)) return std::nullopt;
  const bool linear = scale == Scale::linear;
  const std::string words = stack_letter(stack) + std::string(linear ? " − " : " / ") + stack_letter(first);
  return Reading{{}, words, three_figures(linear ? *own - *base : *own / *base)};
}

/// The curve beside one guide: "A / Lemma 2".
std::optional<Reading> beside(const Figure& figure, const Curve& curve, const Guide& guide, int x) {
  const auto value = value_at(curve, x);
  const auto low = guide_at(figure, guide, guide.low, x);
  if (!is_data(value, figure.y_scale) || !low) return std::nullopt;
  std::string ratio = three_figures(*value / *low);
  if (guide.is_band()) ratio += ", " + three_figures(*value / *guide_at(figure, guide, guide.high, x));
  const std::string name = curve.style ? curve.name : std::string(1, stack_letter(curve.stack));
  return Reading{{}, name + " / " + guide.name, ratio};
}

}  // namespace

Readings readings_at(const Figure& figure, const std::vector<bool>& hidden, int x) {
  const std::string place = std::string(tr(figure.x_word)) + " " + std::to_string(x);
  Readings readings{place, {}, {}};
  std::vector<const Curve*> shown;
  for (std::size_t c = 0; c < figure.curves.size(); ++c) {
    if (!is_hidden(hidden, c)) shown.push_back(&figure.curves[c]);
  }
  for (const Curve* curve : shown) {
    const std::string letter = curve->style ? "" : label_of(*curve) + (curve->pinned ? " " : "  ");
    readings.lines.push_back(
        {style_of(*curve), letter + curve->name, curve_words(*curve, x, figure.y_scale)});
    if (!curve->low.empty()) readings.head = tr("{0}  ·  mean (10–90 % of seeds)", {place});
  }
  for (std::size_t c = 1; c < shown.size(); ++c) {
    // Weights of one stack have no unit in common; a ghost is there to be seen, not to be counted with; lanes
    // of one stack have one letter.
    if (shown[c]->stack == shown[0]->stack || shown[c]->pinned || shown[c]->style) continue;
    auto line = comparison(shown[c]->stack, value_at(*shown[c], x), shown[0]->stack, value_at(*shown[0], x),
                           figure.y_scale);
    if (line) readings.lines.push_back(std::move(*line));
  }
  for (const Guide& guide : figure.guides) {
    for (const Curve* curve : shown) {
      if (curve->pinned) continue;
      if (std::find(guide.stacks.begin(), guide.stacks.end(), curve->stack) == guide.stacks.end()) continue;
      auto line = beside(figure, *curve, guide, x);
      if (!line) continue;
      readings.lines.push_back(std::move(*line));
      readings.note = figure.guides_ratio;
    }
  }
  return readings;
}

Readings readings_at(const HeatMap& map, const std::vector<bool>& hidden, HeatPlace place) {
  const HeatRow& row = map.rows.at(static_cast<std::size_t>(place.row));
  Readings readings{
      std::string(tr(map.x_word)) + " " + std::to_string(map.number_of(place.layer)) + "  ·  " + row.label,
      {},
      {}};
  std::vector<std::size_t> shown;
  for (std::size_t p = 0; p < map.panels.size(); ++p) {
    if (!is_hidden(hidden, p) && map.panels[p].layers > 0) shown.push_back(p);
  }
  for (const std::size_t p : shown) {
    const HeatPanel& panel = map.panels[p];
    const bool round_off =
        std::find(panel.round_off.begin(), panel.round_off.end(), place.row) != panel.round_off.end();
    const std::string_view missing = place.layer >= panel.layers ? tr("no such layer")
                                     : round_off                 ? tr("zero but for round-off")
                                                                 : tr(map.missing);
    readings.lines.push_back({stack_style(panel.stack), stack_letter(panel.stack) + ("  " + panel.name),
                              value_words(map.at(p, place), Scale::logarithmic, missing)});
  }
  for (std::size_t i = 1; i < shown.size(); ++i) {
    if (map.x_word == "step") break;  // lanes of one stack have one letter
    auto line = comparison(map.panels[shown[i]].stack, map.at(shown[i], place), map.panels[shown[0]].stack,
                           map.at(shown[0], place), Scale::logarithmic);
    if (line) readings.lines.push_back(std::move(*line));
  }
  return readings;
}

}  // namespace gradflow::figure
