// What stands in the box beside the cursor: the numbers at one place of a figure, as words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/figure/figure.h"
#include "app/figure/heat_map.h"

namespace gradflow::figure {

struct Reading {
  std::optional<StackStyle> style;  // of the curve that is read; none of what compares two
  std::string words, value;
  friend bool operator==(const Reading&, const Reading&) = default;
};

struct Readings {
  std::string head;  // "layer 5"; where there are bands, also what they are
  std::vector<Reading> lines;
  std::string note;  // how the ratios are meant
};

/// Every shown curve at this x, each against the first (as a ratio, on a linear axis as a difference) and
/// against the theory's guides. `hidden` holds one entry a curve.
Readings readings_at(const Figure& figure, const std::vector<bool>& hidden, int x);

/// The same cell of every shown panel, each against the first. `hidden` holds one entry a panel.
Readings readings_at(const HeatMap& map, const std::vector<bool>& hidden, HeatPlace place);

}  // namespace gradflow::figure
