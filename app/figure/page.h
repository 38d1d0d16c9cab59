// A figure on paper: the plot with its legend and what has to be said about it, on white, as wide as a page's
// text. The same drawing gives the same bytes, whoever asks.
#pragma once

#include <string>
#include <vector>

#include "app/figure/drawing.h"

namespace gradflow::figure {

struct Page {
  Drawing drawing;
  std::vector<std::string> names;  // of the stacks, also of those that have no curve
  std::string caption = {};        // what was measured, below the plot
};

inline constexpr int kDotsPerInch = 300;  // of a PNG file

/// Files in memory. All text of the page must be well-formed UTF-8. Throws std::runtime_error with a
/// sentence.
std::string svg_of(const Page& page);
std::string pdf_of(const Page& page);
std::string png_of(const Page& page);

}  // namespace gradflow::figure
