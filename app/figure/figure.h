// A plot as data: what the screen and the exported figure both draw.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/figure/style.h"

namespace gradflow::figure {

struct Range {
  double min = 0, max = 1;
  double length() const { return max - min; }
  double fraction(double value) const { return (value - min) / (max - min); }
  double at(double fraction) const { return min + fraction * (max - min); }
  friend bool operator==(const Range&, const Range&) = default;
};

enum class Scale : std::uint8_t { linear, logarithmic };

/// One curve of one stack. On a logarithmic axis a y of 0 belongs to the underflow lane; a y that is not
/// finite belongs to the overflow lane of any axis; neither is dropped. x ascends.
struct Curve {
  std::size_t stack = 0;  // its style and letter: style.h
  std::string name;
  std::vector<double> x, y;
  std::string note = {};                    // a figure of the curve's own, which its legend shows
  std::vector<double> marks = {};           // x of the layers with a wiring of their own, ascending
  std::vector<double> low = {}, high = {};  // the band about y, one entry a point, or empty
  std::optional<StackStyle> style = {};     // its own, where several curves are of one stack
  bool pinned = false;                      // a ghost: the stack as it was (ghosts.h)
  friend bool operator==(const Curve&, const Curve&) = default;
};

/// Its own style, a ghost's, else that of its stack.
const StackStyle& style_of(const Curve& curve);

/// Nothing where the curve has no point at this very x.
std::optional<double> value_at(const Curve& curve, double x);
/// The same of one side of its band, `low` or `high`.
std::optional<double> value_at(const Curve& curve, const std::vector<double>& side, double x);

/// What curves are compared with: a line, or a band from `low` to `high`. Between samples it is straight on
/// the figure's axes; beyond them it is not there.
struct Guide {
  std::string label;                     // at its right end, or where there is room beside the line
  std::string name;                      // in a ratio: "A / Lemma 2"
  std::vector<double> x = {};            // ascending
  std::vector<double> low = {};          // one an x
  std::vector<double> high = {};         // of a line empty
  std::vector<std::size_t> stacks = {};  // whose curves it speaks of; where none is shown, neither is it
  bool label_below = false;              // the line; else above it
  bool is_band() const { return !high.empty(); }
  friend bool operator==(const Guide&, const Guide&) = default;
};

/// An x that is pointed at, of these stacks.
struct Mark {
  double x = 0;
  std::vector<std::size_t> stacks;
  std::string label;
  friend bool operator==(const Mark&, const Mark&) = default;
};

/// A sentence in place of a curve: why a stack has none.
struct Absence {
  std::size_t stack = 0;
  std::string sentence;
  friend bool operator==(const Absence&, const Absence&) = default;
};

struct Figure {
  std::string x_label, y_label;
  std::string x_word;  // what an x is called beside its number, such as "layer"; in English
  Scale x_scale = Scale::linear, y_scale = Scale::logarithmic;
  std::optional<Range> x_shown;  // at least, whatever the curves need
  std::vector<Curve> curves;
  std::vector<Absence> absences;
  std::vector<Guide> guides;
  std::string guides_note;   // where the guides come from and what they assume, or what is left out and why
  std::string guides_ratio;  // what the ratio of a curve to its guide says
  std::vector<Mark> marks;
  friend bool operator==(const Figure&, const Figure&) = default;
};

/// Whether a curve that the guide speaks of is there and not hidden; `hidden` holds one entry a curve.
bool is_shown(const Figure& figure, const Guide& guide, const std::vector<bool>& hidden);

/// Where one side of the guide, `low` or `high`, passes at this x.
std::optional<double> guide_at(const Figure& figure, const Guide& guide, const std::vector<double>& side,
                               double x);

}  // namespace gradflow::figure
