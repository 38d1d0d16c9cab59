// A plot as data: what the screen and the exported figure both draw.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gradflow::figure {

/// One curve of one stack. On a logarithmic axis a y of 0 belongs to the underflow lane, a y that is not
/// finite to the overflow lane; neither is dropped. x ascends.
struct Curve {
  std::size_t stack = 0;  // its style and letter: style.h
  std::string name;
  std::vector<double> x, y;
  friend bool operator==(const Curve&, const Curve&) = default;
};

/// A sentence in place of a curve: why a stack has none.
struct Absence {
  std::size_t stack = 0;
  std::string sentence;
  friend bool operator==(const Absence&, const Absence&) = default;
};

struct Figure {
  std::string x_label, y_label;
  std::vector<Curve> curves;
  std::vector<Absence> absences;
  friend bool operator==(const Figure&, const Figure&) = default;
};

}  // namespace gradflow::figure
