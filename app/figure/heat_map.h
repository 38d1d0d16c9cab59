// A number at every place of a grid, in one logarithmic scale of colours: the gradient of every weight in
// every layer, a panel a stack, weights being rows and layers columns; or of every layer at every step of a
// race.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/figure/axis.h"
#include "core/analysis/report.h"
#include "core/spec/text.h"

namespace gradflow::figure {

/// A weight, the same in all panels.
struct HeatRow {
  std::string quantity;    // grad_norm/NAME
  std::string tag, label;  // "W₁ FFN", "W₁  feed-forward"
  friend bool operator==(const HeatRow&, const HeatRow&) = default;
};

/// Nothing where the layer has no such weight. 0, inf and nan are findings.
using HeatCell = std::optional<double>;

struct HeatPanel {
  std::size_t stack = 0;
  std::string name;
  int layers = 0;
  std::vector<HeatCell> cells;  // [rows x layers]
  std::vector<int> round_off;   // rows without cells, as is_round_off() (quantity.h) says
  std::string absence;          // a sentence in place of the cells; empty where there are some
  friend bool operator==(const HeatPanel&, const HeatPanel&) = default;
};

/// 0-based; the first row is at the top, layer 0 at the left.
struct HeatPlace {
  int row = 0, layer = 0;
  friend bool operator==(const HeatPlace&, const HeatPlace&) = default;
};

struct HeatMap {
  std::string x_label, value_label;  // value_label: what the colours measure
  std::string note;                  // what is left out and why
  // What the columns are called, in English; the number of one is x_first + x_stride * its place.
  std::string x_word = text_key("layer");
  int x_first = 0, x_stride = 1;
  std::string missing = text_key("no such weight");  // in place of a number that is not there
  std::vector<HeatRow> rows;
  std::vector<HeatPanel> panels;  // one a stack, or one a lane
  /// Nothing beyond the panel's layers.
  HeatCell at(std::size_t panel, HeatPlace place) const;
  int number_of(int column) const { return x_first + x_stride * column; }
  double column_of(double number) const { return (number - x_first) / x_stride; }
  friend bool operator==(const HeatMap&, const HeatMap&) = default;
};

HeatMap heat_map(std::span<const std::shared_ptr<const StackReport>> reports);

/// What the colours need: y in decades; x are all layers of what is shown. `hidden` holds one entry a panel.
Extent extent_of(const HeatMap& map, const std::vector<bool>& hidden = {});

/// One value for the layers from `first` to before `last` of a row, where they share a pixel: what is not
/// finite hides the rest, then an exact zero, else the largest.
HeatCell pooled(const HeatMap& map, std::size_t panel, int row, int first, int last);

}  // namespace gradflow::figure
