// The arithmetic of axes: which range shows the data, where the ticks lie, how a number is written.
// A logarithmic range is kept in decades: {-3, 0} runs from 10⁻³ to 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/figure/figure.h"

namespace gradflow::figure {

/// A value's place on an axis, in the axis' own unit, and back.
double on_axis(Scale scale, double value);
double from_axis(Scale scale, double at);

/// The smallest range that holds both.
Range hull(const Range& left, const Range& right);

/// Where a value is drawn. On a logarithmic axis negative values, which no norm has, count as not finite; on
/// a linear one every finite value has its place.
enum class Lane : std::uint8_t { underflow, data, overflow };
Lane lane_of(double y, Scale scale = Scale::logarithmic);

/// What curves need of the axes. No y where no value has a place on the axis, no x without a point.
struct Extent {
  std::optional<Range> x;  // of the data
  std::optional<Range> y;  // of what has a place, in the axis' own unit
  bool underflow = false, overflow = false;
};
Extent extent_of(const std::vector<Curve>& curves, const std::vector<bool>& hidden = {},
                 Scale y_scale = Scale::logarithmic);

/// As above, with room for the guides that are shown.
Extent extent_of(const Figure& figure, const std::vector<bool>& hidden = {});

/// A range that ends on round numbers around the data, a little room on both sides and at least one decade.
Range fit_decades(const Range& data);

/// Round numbers around the data on a linear axis: at least a twentieth of the largest value, so that
/// round-off is no mountain.
Range fit_linear(const Range& data);

/// Whichever of the two.
Range fit_axis(Scale scale, const Range& data);

/// What a plot shows: each in its axis' own unit, as on_axis() has it.
struct Axes {
  Range x, y;
  friend bool operator==(const Axes&, const Axes&) = default;
};

/// All of the data, with a little room around it.
Axes fitted_axes(const Figure& figure, const Extent& extent);

struct Tick {
  double at = 0;      // in the axis' own unit: decades on a logarithmic one
  std::string label;  // empty where there is no room for one
  bool major = true;
  friend bool operator==(const Tick&, const Tick&) = default;
};

/// One major tick a decade (every second, third, ... where more than `max_labels` would show); below two
/// decades also 2 and 5, labelled 2·10⁻¹, and the rest of 1 to 9 without label.
std::vector<Tick> log_ticks(const Range& decades, int max_labels);

/// At steps of 1, 2 or 5 times a power of ten, at most `max_labels` of them, all with as many decimals as the
/// step has: −0.5, 0.0, 0.5.
std::vector<Tick> linear_ticks(const Range& range, int max_labels);

/// Whole numbers at steps of 1, 2, 5, 10, ..., at most `max_labels` of them.
std::vector<Tick> integer_ticks(const Range& range, int max_labels);

/// Whole numbers on a logarithmic axis: octaves, 3/2 of them where there is room, and whatever
/// integer_ticks() has where less than two octaves show.
std::vector<Tick> octave_ticks(const Range& decades, int max_labels);

/// "10⁻³"
std::string power_of_ten(int exponent);

/// Three significant figures, such as 0.147, 12.0, 1.23 × 10⁻⁹; inf and nan spelled so.
std::string three_figures(double value);

}  // namespace gradflow::figure
