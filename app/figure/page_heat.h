// A heat map on paper: the panels side by side over shared rows, the bar of their colours on the right.
#pragma once

#include <string>
#include <vector>

#include "app/figure/heat_map.h"
#include "app/figure/paper.h"

namespace gradflow::figure {

/// Where the cells of all panels lie on a page of this width; `page.y` is where the map may begin.
PageBox heat_area(Typeface* typeface, const HeatMap& map, const PageBox& page);

/// One a panel.
std::vector<PageBox> heat_panels(const HeatMap& map, const PageBox& area);

/// The panels with all that lies around them. `names` are the stacks'.
void draw_heat_map(Canvas* canvas, Typeface* typeface, const HeatMap& map,
                   const std::vector<std::string>& names, const PageBox& area);

/// What has to be said below it, a sentence each.
std::vector<std::string> heat_notes(Typeface* typeface, const HeatMap& map,
                                    const std::vector<std::string>& names, const PageBox& area);

/// page_heat_cells.cpp
void draw_cells(Canvas* canvas, const HeatMap& map, std::size_t panel, const Range& decades,
                const PageBox& place);

/// Into how many columns the layers of a panel go.
int heat_columns(const PageBox& panel, int layers);

/// Of a value that has no place in the scale of colours.
void draw_pattern(Canvas* canvas, const PageBox& place, Lane lane);

}  // namespace gradflow::figure
