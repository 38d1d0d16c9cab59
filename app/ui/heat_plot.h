// The heat map widget: the panels of a figure side by side over shared rows, one scale of colours with its
// bar, exact zero and what is not finite in patterns of their own, a cell read out by mouse or arrow keys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/figure/heat_map.h"
#include "app/ui/plot.h"
#include "app/ui/plot_view.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// `hidden` and `dimmed` (0 to 1) hold one entry a panel.
struct HeatData {
  const figure::HeatMap& map;
  const figure::Extent& extent;  // of what is not hidden
  const std::vector<bool>& hidden;
  const std::vector<float>& dimmed;
  bool is_hidden(std::size_t panel) const { return panel < hidden.size() && hidden[panel]; }
  float dim(std::size_t panel) const { return panel < dimmed.size() ? dimmed[panel] : 0; }
};

struct HeatState {
  PlotView colors;                           // its y are the decades of the colours
  bool underflow = false, overflow = false;  // whose patterns the bar shows
  std::optional<figure::HeatPlace> cursor;   // the cell that the keyboard is on
};

/// NAME.area holds the panels' cells, NAME.panel.I those of stack I, whose x maps a layer, NAME.row.K the
/// name of a weight, NAME.colors the bar, NAME.source the note below.
void draw_heat_map(const Ui& ui, const std::string& name, const Rect& rect, const HeatData& data,
                   const PlotMotion& motion, HeatState* state);

/// Where the cells are.
struct HeatFrame {
  Rect area;                 // of all panels
  std::vector<Rect> panels;  // one a panel, without width where it is hidden
  int rows = 0;
  figure::Range decades;  // of the colours
  float row_top(int row) const;
  float column_left(const Rect& panel, int layers, int layer) const;
  Rect cell(const Rect& panel, int layers, figure::HeatPlace place) const;
};

/// What a cell looks like.
enum class HeatLook : unsigned char { missing, zero, value, overflow };
HeatLook look_of(const figure::HeatCell& cell);
void fill_look(const Ui& ui, const Rect& rect, HeatLook look, ImU32 color, float dim);
ImU32 heat_color(const figure::Range& decades, double value);

/// heat_cells.cpp
void draw_cells(const Ui& ui, const HeatFrame& frame, const HeatData& data, std::size_t panel);
void outline_cell(const Ui& ui, const Rect& cell);

/// heat_axes.cpp: names of panels and rows, layers, the bar of the colours.
float row_names_width(const Ui& ui, const figure::HeatMap& map);
void draw_heat_axes(const Ui& ui, const std::string& name, const HeatFrame& frame, const HeatData& data);
void draw_color_bar(const Ui& ui, const std::string& name, const Rect& rect, const HeatFrame& frame,
                    const HeatState& state);

}  // namespace gradflow::ui
