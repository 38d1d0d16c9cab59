// The plot widget: a figure over whole numbers, both axes linear or logarithmic, with marked lanes for what
// no axis can show (inf and nan above, on a logarithmic one exact zero below), crosshair, wheel zoom, drag
// pan, double click to fit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/figure/axis.h"
#include "app/figure/figure.h"
#include "app/ui/plot_view.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// What a plot draws. `hidden` and `dimmed` (0 to 1) hold one entry a curve.
struct PlotData {
  const figure::Figure& figure;
  const figure::Extent& extent;  // of what is not hidden
  const std::vector<bool>& hidden;
  const std::vector<float>& dimmed;
  bool is_hidden(std::size_t curve) const { return curve < hidden.size() && hidden[curve]; }
  float dim(std::size_t curve) const { return curve < dimmed.size() ? dimmed[curve] : 0; }
};

/// What a plot remembers.
struct PlotState {
  PlotView view = {};
  figure::Scale y_scale = figure::Scale::logarithmic;  // that the view is of
  bool underflow = false, overflow = false;  // lanes shown; like the axes they go only when the hand is free
  float notes = 0;                           // height of the rows above the area; shrinks as they do
  std::optional<int> cursor = {};            // the x that the keyboard is on
};

struct PlotMotion {
  Hand hand = Hand::free;
  float seconds = 0;
  Motion motion = Motion::full;
};

/// NAME.area is the data area, NAME.fit the button that undoes zooming, NAME.curve.K the name at the end of a
/// curve with a style of its own, NAME.source the note below the axis; returns the curve that was clicked.
std::optional<std::size_t> draw_plot(const Ui& ui, const std::string& name, const Rect& rect,
                                     const PlotData& data, const PlotMotion& motion, PlotState* state);

/// From the figure's numbers to pixels.
struct PlotFrame {
  static constexpr float kLeft = 76;  // at scale 1: the room for the y axis' numbers
  Rect area;
  figure::Scale x_scale = figure::Scale::linear, y_scale = figure::Scale::logarithmic;
  float lane = 0;       // height of the lanes at both ends, always kept free of the data
  PlotView::Axes axes;  // in the units of figure::on_axis()
  float x(double value) const;
  float y(double at) const;  // in the axis' own unit
  figure::Lane lane_of(double value) const { return figure::lane_of(value, y_scale); }
  float underflow_y() const { return area.y + area.height - lane / 2; }
  float overflow_y() const { return area.y + lane / 2; }
  /// The place of a value, in its lane where it has no place on the axis.
  float y_of(double value) const;
};

/// plot_axes.cpp: grid and numbers; the lanes that are shown; layers with a wiring of their own; why stacks
/// have no curve, in the middle of an empty plot, else in the corner above the curves.
void draw_axes(const Ui& ui, const PlotFrame& frame, std::string_view x_label);
void draw_lanes(const Ui& ui, const PlotFrame& frame, const PlotState& state);
void draw_marks(const Ui& ui, const PlotFrame& frame, const PlotData& data);
void draw_absences(const Ui& ui, const PlotFrame& frame, const PlotData& data);

/// plot_guides.cpp: the lines and bands of the theory, the x that are pointed at, and above the area what is
/// known of each curve.
void draw_guides(const Ui& ui, const PlotFrame& frame, const PlotData& data);
void draw_pointers(const Ui& ui, const PlotFrame& frame, const figure::Figure& figure);
/// Returns the height of its rows; 0 where nothing is known.
float draw_notes(const Ui& ui, const Rect& place, const PlotData& data);

/// plot_band.cpp: what the seeds spread over, under the curve that is their mean.
void draw_band(const Ui& ui, const PlotFrame& frame, const figure::Curve& curve, ImU32 color);

/// plot_curve.cpp
void draw_curve(const Ui& ui, const PlotFrame& frame, const figure::Curve& curve, ImU32 color);

/// plot_ends.cpp: the names of curves with a style of their own, in the room right of the area that they
/// need.
float ends_width(const Ui& ui, const figure::Figure& figure);
std::optional<std::size_t> draw_ends(const Ui& ui, const std::string& name, const PlotFrame& frame,
                                     const PlotData& data);

/// plot_hover.cpp: the crosshair at this x with every curve's value there and the ratio to the first curve.
void draw_crosshair(const Ui& ui, const PlotFrame& frame, const PlotData& data, int x, float mouse_y);

}  // namespace gradflow::ui
