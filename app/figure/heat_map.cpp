#include "app/figure/heat_map.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "app/figure/quantity.h"
#include "core/spec/names.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

using Reports = std::span<const std::shared_ptr<const StackReport>>;

bool is_measured(const StackReport* report) { return report != nullptr && report->error.empty(); }

/// The place of a weight's sub-layer in the forward pass.
std::size_t sublayer_of(const std::string& quantity) {
  const std::size_t start = quantity.find('/') + 1;
  const auto kind = from_key<SublayerKind>(quantity.substr(start, quantity.find('.') - start));
  return kind ? static_cast<std::size_t>(*kind) : kSublayerKinds.size();
}

bool holds(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// The weights of all stacks, each once, those of one sub-layer together; and those that are round-off only.
struct Weights {
  std::vector<std::string> shown, left_out;
};

Weights weights_of_all(Reports reports) {
  Weights all;
  std::vector<std::string> round_off;
  for (const auto& report : reports) {
    if (!is_measured(report.get())) continue;
    for (const std::string& weight : weights_of(*report)) {
      std::vector<std::string>& list = is_round_off(*report, weight) ? round_off : all.shown;
      if (!holds(list, weight)) list.push_back(weight);
    }
  }
  std::stable_sort(all.shown.begin(), all.shown.end(),
                   [](const auto& a, const auto& b) { return sublayer_of(a) < sublayer_of(b); });
  std::copy_if(round_off.begin(), round_off.end(), std::back_inserter(all.left_out),
               [&](const std::string& weight) { return !holds(all.shown, weight); });
  return all;
}

std::vector<HeatRow> rows_of(const std::vector<std::string>& list) {
  std::vector<HeatRow> rows;
  std::transform(list.begin(), list.end(), std::back_inserter(rows), [](const std::string& weight) {
    return HeatRow{weight, quantity_tag(weight), quantity_label(weight)};
  });
  return rows;
}

HeatPanel panel_of(std::size_t stack, const StackReport* report, const std::vector<HeatRow>& rows) {
  if (report == nullptr) return {stack, {}, 0, {}, {}, std::string(tr("not measured yet"))};
  HeatPanel panel{stack, report->spec.name, 0, {}, {}, report->error};
  if (!report->error.empty()) return panel;
  panel.layers = report->spec.num_layers;
  const auto width = static_cast<std::size_t>(panel.layers);
  panel.cells.resize(rows.size() * width);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const Series* series = report->find(rows[r].quantity);
    if (series == nullptr) continue;
    if (is_round_off(*report, rows[r].quantity)) {
      panel.round_off.push_back(static_cast<int>(r));
      continue;
    }
    for (std::size_t i = 0; i < series->layers.size(); ++i) {
      panel.cells[r * width + static_cast<std::size_t>(series->layers[i])] = series->values[i];
    }
  }
  return panel;
}

}  // namespace

HeatCell HeatMap::at(std::size_t panel, HeatPlace place) const {
  const HeatPanel& shown = panels.at(panel);
  if (place.layer < 0 || place.layer >= shown.layers) return std::nullopt;
  return shown.cells.at(static_cast<std::size_t>(place.row) * static_cast<std::size_t>(shown.layers) +
                        static_cast<std::size_t>(place.layer));
}

HeatMap heat_map(Reports reports) {
  HeatMap map;
  map.x_label = tr("layer (0 is next to the input)");
  map.value_label = tr("‖∂L/∂θ‖ of every weight");
  const Weights weights = weights_of_all(reports);
  map.rows = rows_of(weights.shown);
  map.note = left_out_words(weights.left_out);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    map.panels.push_back(panel_of(i, reports[i].get(), map.rows));
  }
  return map;
}

Extent extent_of(const HeatMap& map, const std::vector<bool>& hidden) {
  Extent extent;
  for (std::size_t p = 0; p < map.panels.size(); ++p) {
    const HeatPanel& panel = map.panels[p];
    if ((p < hidden.size() && hidden[p]) || panel.layers == 0) continue;
    const Range layers{0, double(panel.layers - 1)};
    extent.x = hull(layers, extent.x.value_or(layers));
    for (const HeatCell& cell : panel.cells) {
      if (!cell) continue;
      const Lane lane = lane_of(*cell);
      extent.underflow |= lane == Lane::underflow;
      extent.overflow |= lane == Lane::overflow;
      if (lane != Lane::data) continue;
      const Range value{std::log10(*cell), std::log10(*cell)};
      extent.y = hull(value, extent.y.value_or(value));
    }
  }
  return extent;
}

HeatCell pooled(const HeatMap& map, std::size_t panel, int row, int first, int last) {
  HeatCell worst;
  const auto rank = [](double value) {
    const Lane lane = lane_of(value);
    return lane == Lane::overflow ? 2 : lane == Lane::underflow ? 1 : 0;
  };
  for (int layer = first; layer < last; ++layer) {
    const HeatCell cell = map.at(panel, {row, layer});
    if (!cell) continue;
    const bool replaces =
        !worst || rank(*cell) > rank(*worst) || (rank(*cell) == rank(*worst) && *cell > *worst);
    if (replaces) worst = cell;
  }
  return worst;
}

}  // namespace gradflow::figure
