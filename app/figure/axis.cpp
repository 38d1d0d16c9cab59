#include "app/figure/axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace gradflow::figure {
namespace {

constexpr double kShortest = 0.05;  // a linear axis, of its largest value
constexpr int kLinearSteps = 6;     // of which it has about so many
constexpr double kRoom = 0.03;      // of the data's length, on both sides, before rounding to a step

constexpr std::array<double, 8> kSteps{1, 1.5, 2, 3, 4, 5, 6, 8};  // within a decade, where an axis may end

/// The step next below or at a value, in decades.
double step_below(double decade) {
  const double whole = std::floor(decade);
  const auto above = std::find_if(kSteps.begin() + 1, kSteps.end(),
                                  [&](double step) { return whole + std::log10(step) > decade; });
  return whole + std::log10(*(above - 1));
}

/// The step next above or at a value.
double step_above(double decade) {
  const double whole = std::floor(decade);
  const auto place = std::find_if(kSteps.begin(), kSteps.end(),
                                  [&](double step) { return whole + std::log10(step) >= decade; });
  return place == kSteps.end() ? whole + 1 : whole + std::log10(*place);
}

/// The smallest of 1, 2, 5, 10, ... times a power of ten that is no smaller than this.
double round_step(double at_least) {
  const double power = std::pow(10.0, std::floor(std::log10(at_least)));
  for (const double digit : {1.0, 2.0, 5.0}) {
    if (digit * power >= at_least * (1 - 1e-9)) return digit * power;
  }
  return 10 * power;
}

void widen(std::optional<Range>* range, double value) {
  if (!*range) *range = Range{value, value};
  (*range)->min = std::min((*range)->min, value);
  (*range)->max = std::max((*range)->max, value);
}

void include(double y, Scale y_scale, Extent* extent) {
  const Lane lane = lane_of(y, y_scale);
  extent->underflow |= lane == Lane::underflow;
  extent->overflow |= lane == Lane::overflow;
  if (lane == Lane::data) widen(&extent->y, on_axis(y_scale, y));
}

/// Ticks between the decades: 2 and 5 with their number, the others bare.
void add_minor_ticks(int decade, const Range& decades, std::vector<Tick>* ticks) {
  for (int digit = 2; digit <= 9; ++digit) {
    const double at = decade + std::log10(digit);
    if (at < decades.min || at > decades.max) continue;
    const bool labelled = digit == 2 || digit == 5;
    ticks->push_back(
        {at, labelled ? std::to_string(digit) + "·" + power_of_ten(decade) : std::string(), false});
  }
}

}  // namespace

double on_axis(Scale scale, double value) { return scale == Scale::linear ? value : std::log10(value); }

double from_axis(Scale scale, double at) { return scale == Scale::linear ? at : std::pow(10.0, at); }

Range hull(const Range& left, const Range& right) {
  return {std::min(left.min, right.min), std::max(left.max, right.max)};
}

Lane lane_of(double y, Scale scale) {
  if (scale == Scale::linear) return std::isfinite(y) ? Lane::data : Lane::overflow;
  if (y == 0) return Lane::underflow;
  return std::isfinite(y) && y > 0 ? Lane::data : Lane::overflow;
}

Extent extent_of(const std::vector<Curve>& curves, const std::vector<bool>& hidden, Scale y_scale) {
  Extent extent;
  for (std::size_t c = 0; c < curves.size(); ++c) {
    if (c < hidden.size() && hidden[c]) continue;
    const Curve& curve = curves[c];
    for (const double x : curve.x) widen(&extent.x, x);
    for (const auto* values : {&curve.y, &curve.low, &curve.high}) {
      for (const double y : *values) include(y, y_scale, &extent);
    }
  }
  return extent;
}

Extent extent_of(const Figure& figure, const std::vector<bool>& hidden) {
  Extent extent = extent_of(figure.curves, hidden, figure.y_scale);
  if (!extent.x || !extent.y) return extent;
  for (const Guide& guide : figure.guides) {
    if (!is_shown(figure, guide, hidden)) continue;
    for (const auto* side : {&guide.low, &guide.high}) {
      for (const double y : *side) {
        if (lane_of(y, figure.y_scale) == Lane::data) widen(&extent.y, on_axis(figure.y_scale, y));
      }
    }
  }
  return extent;
}

Range fit_decades(const Range& data) {
  const double room = kRoom * data.length();
  Range fitted{step_below(data.min - room), step_above(data.max + room)};
  while (fitted.length() < 1) {
    const bool more_above = fitted.max - data.max < data.min - fitted.min;
    if (more_above) {
      fitted.max = step_above(std::nextafter(fitted.max + 1e-9, 1e9));
    } else {
      fitted.min = step_below(fitted.min - 1e-9);
    }
  }
  return fitted;
}

Range fit_linear(const Range& data) {
  const double largest = std::max(std::abs(data.min), std::abs(data.max));
  const double shortest = largest > 0 ? kShortest * largest : 1;
  const double room = std::max(0.0, shortest - data.length()) / 2;
  const Range wanted{data.min - room, data.max + room};
  const double step = round_step(wanted.length() / kLinearSteps);
  return {std::floor(wanted.min / step) * step, std::ceil(wanted.max / step) * step};
}

Range fit_axis(Scale scale, const Range& data) {
  return scale == Scale::linear ? fit_linear(data) : fit_decades(data);
}

Axes fitted_axes(const Figure& figure, const Extent& extent) {
  constexpr double kRoomInX = 0.015;
  const bool linear = figure.x_scale == Scale::linear;
  Range x = extent.x.value_or(Range{1, 12});
  if (figure.x_shown) x = hull(x, *figure.x_shown);
  x = {on_axis(figure.x_scale, x.min), on_axis(figure.x_scale, x.max)};
  const double shortest = linear ? 1 : std::log10(2.0);  // one layer, or a factor of 2 in depth
  const double room = std::max(shortest / 2, x.length() * kRoomInX);
  x = {x.min - (linear ? room : x.length() * kRoomInX), x.max + room};
  const Range empty = figure.y_scale == Scale::linear ? Range{0, 1} : Range{-3, 0};
  return {x, extent.y ? fit_axis(figure.y_scale, *extent.y) : empty};
}

std::vector<Tick> linear_ticks(const Range& range, int max_labels) {
  const double step = round_step(range.length() / std::max(1, max_labels));
  const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  const double first = std::ceil(range.min / step - 1e-9);
  const double count = std::floor(range.max / step + 1e-9) - first + 1;
  std::vector<Tick> ticks;
  for (int k = 0; k < count; ++k) {
    const double at = (first + k) * step;
    char text[40];
    std::snprintf(text, sizeof text, "%.*f", decimals, std::abs(at));
    ticks.push_back({at, (first + k < 0 ? "−" : "") + std::string(text), true});
  }
  return ticks;
}

std::vector<Tick> log_ticks(const Range& decades, int max_labels) {
  const int first = static_cast<int>(std::ceil(decades.min - 1e-9));
  const int last = static_cast<int>(std::floor(decades.max + 1e-9));
  const int count = last - first + 1;
  const int room = std::max(1, max_labels);
  const int every = count > room ? (count + room - 1) / room : 1;
  std::vector<Tick> ticks;
  for (int decade = first; decade <= last; ++decade) {
    const bool labelled = decade % every == 0;
    ticks.push_back({static_cast<double>(decade), labelled ? power_of_ten(decade) : std::string(), labelled});
  }
  if (decades.length() <= 2) {
    for (int decade = first - 1; decade <= last; ++decade) add_minor_ticks(decade, decades, &ticks);
  }
  return ticks;
}

std::vector<Tick> integer_ticks(const Range& range, int max_labels) {
  const double length = std::max(0.0, range.length());
  const int room = std::max(1, max_labels);
  long step = 1;
  for (long power = 1; static_cast<double>(step) * room < length; power *= 10) {
    for (const long digit : {1L, 2L, 5L}) {
      step = digit * power;
      if (static_cast<double>(step) * room >= length) break;
    }
  }
  std::vector<Tick> ticks;
  const long first = static_cast<long>(std::ceil(range.min / static_cast<double>(step) - 1e-9)) * step;
  for (long at = first; static_cast<double>(at) <= range.max + 1e-9; at += step) {
    ticks.push_back({static_cast<double>(at), std::to_string(at), true});
  }
  return ticks;
}

std::vector<Tick> octave_ticks(const Range& decades, int max_labels) {
  const Range numbers{std::pow(10.0, decades.min), std::pow(10.0, decades.max)};
  const double octaves = decades.length() / std::log10(2.0);
  std::vector<Tick> ticks;
  if (octaves < 2) {
    ticks = integer_ticks(numbers, max_labels);
    std::erase_if(ticks, [](const Tick& tick) { return tick.at < 1; });
    for (Tick& tick : ticks) tick.at = std::log10(tick.at);
    return ticks;
  }
  const bool halves = 2 * octaves <= max_labels;
  const int every = std::max(1, static_cast<int>(std::ceil(octaves / std::max(1, max_labels))));
  constexpr int kMostOctaves = 40;
  for (int octave = 0; octave < kMostOctaves; octave += every) {
    const double number = std::ldexp(1.0, octave);
    for (const double factor : {1.0, 1.5}) {
      const double value = number * factor;
      if ((factor != 1.0 && (!halves || octave == 0)) || value < numbers.min || value > numbers.max) continue;
      ticks.push_back({std::log10(value), std::to_string(std::lround(value)), factor == 1.0});
    }
  }
  return ticks;
}

std::string power_of_ten(int exponent) {
  constexpr std::array<const char*, 10> kSuperscripts{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = exponent < 0 ? "10⁻" : "10";
  for (const char digit : std::to_string(std::abs(exponent))) {
    text += kSuperscripts[static_cast<std::size_t>(digit - '0')];
  }
  return text;
}

std::string three_figures(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (value == 0) return "0";
  char text[40];
  std::snprintf(text, sizeof text, "%.2e", value);  // rounds first: 9.996 has the exponent of 10.0
  const std::string rounded(text);
  const std::size_t e = rounded.find('e');
  const int exponent = std::stoi(rounded.substr(e + 1));
  if (exponent < -3 || exponent > 4) return rounded.substr(0, e) + " × " + power_of_ten(exponent);
  std::snprintf(text, sizeof text, "%.*f", std::max(0, 2 - exponent), value);
  return text;
}

}  // namespace gradflow::figure
