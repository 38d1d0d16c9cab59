// Where everything of a figure's page lies, and drawing it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/figure/page.h"
#include "app/figure/paper.h"

namespace gradflow::figure {

enum class Swatch : std::uint8_t { none, curve, guide };

struct LegendEntry {
  Swatch swatch;
  std::size_t number;  // of the curve or the guide
  PagePoint left;      // the middle of its line
  std::string words, note;
  double words_width;
};

struct NoteLine {
  PagePoint start;  // on the base line
  std::string words;
  Rgb color;
};

/// What a page is laid out for: usually as wide as a page's text, and a page of its own.
struct SheetSize {
  double width = 560, plot_height = 296, margin = 14;
};

/// Where everything lies.
struct Sheet {
  SheetSize size = {};
  double height = 0;
  std::vector<LegendEntry> legend;
  PageBox plot;
  std::vector<GuideName> guide_names;  // from the top of the plot
  std::vector<NoteLine> notes;
};

Sheet lay_out(const Page& page, const SheetSize& size, Typeface* typeface);

/// The page must be the one that was laid out.
void draw(const Page& page, const Sheet& sheet, Typeface* typeface, Canvas* canvas);

}  // namespace gradflow::figure
