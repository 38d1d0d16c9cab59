// A plot as data: what the screen and the exported figure both draw.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gradflow::figure {

struct Range {
  double min = 0, max = 1;
  double length() const { return max - min; }
  double fraction(double value) const { return (value - min) / (max - min); }
  double at(double fraction) const { return min + fraction * (max - min); }
  friend bool operator==(const Range&, const Range&) = default;
};

/// How x is laid out; y is logarithmic always.
enum class Scale : std::uint8_t { linear, logarithmic };

/// One curve of one stack. On a logarithmic axis a y of 0 belongs to the underflow lane, a y that is not
/// finite to the overflow lane; neither is dropped. x ascends.
struct Curve {
  std::size_t stack = 0;  // its style and letter: style.h
  std::string name;
  std::vector<double> x, y;
  std::string note = {};           // a figure of the curve's own, which its legend shows
  std::vector<double> marks = {};  // x of the layers with a wiring of their own, ascending
  bool pinned = false;             // a ghost: the stack as it was (ghosts.h)
  friend bool operator==(const Curve&, const Curve&) = default;
};

/// What curves are compared with: y = factor x^slope from this x on.
struct Guide {
  double slope = 0, factor = 1, from = 1;
  std::string label;
  double at(double x) const;
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
  std::string x_word;  // what an x is called beside its number, such as "layer"
  Scale x_scale = Scale::linear;
  std::optional<Range> x_shown;  // at least, whatever the curves need
  std::vector<Curve> curves;
  std::vector<Absence> absences;
  std::vector<Guide> guides;
  std::string guides_note;  // where the guides come from and what they assume
  std::vector<Mark> marks;
  friend bool operator==(const Figure&, const Figure&) = default;
};

}  // namespace gradflow::figure
