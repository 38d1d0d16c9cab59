#include "app/ui/plot.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "app/ui/compat.h"
#include "app/ui/glyphs.h"
#include "app/ui/source_note.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {
namespace {

constexpr float kBottom = 48, kSource = 44, kTop = 8, kRight = 16, kLane = 24;
constexpr float kDim = 0.5F;        // of a stale curve, towards the ground
constexpr double kWheelStep = 0.8;  // of the axes' length, a notch
constexpr double kKeyStep = 0.8;

Rect area_of(const Ui& ui, const Rect& rect, const figure::Figure& figure) {
  const float right = std::max(ui.px(kRight), ends_width(ui, figure));
  const float width = std::max(1.0F, rect.width - ui.px(PlotFrame::kLeft) - right);
  const float bottom = ui.px(kBottom) + source_height(ui, width, figure.guides_note);
  return {rect.x + ui.px(PlotFrame::kLeft), rect.y + ui.px(kTop), width,
          std::max(1.0F, rect.height - ui.px(kTop) - bottom)};
}

void follow_lanes(const figure::Extent& extent, Hand hand, PlotState* state) {
  state->underflow = extent.underflow || (state->underflow && hand == Hand::busy);
  state->overflow = extent.overflow || (state->overflow && hand == Hand::busy);
}

void take_mouse(const PlotFrame& frame, const Hit& hit, PlotState* state) {
  const ImGuiIO& io = ImGui::GetIO();
  const Rect& area = frame.area;
  if (hit.hovered && io.MouseWheel != 0) {
    const double x = double(io.MousePos.x - area.x) / double(area.width);
    const double y = 1 - double(io.MousePos.y - area.y - frame.lane) / double(area.height - 2 * frame.lane);
    state->view.zoom(x, y, std::pow(kWheelStep, double(io.MouseWheel)));
  }
  if (hit.held && ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
    state->view.pan(double(io.MouseDelta.x) / double(area.width),
                    -double(io.MouseDelta.y) / double(area.height));
  }
  if (hit.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) state->view.fit();
}

void take_keys(const Ui& ui, const Hit& hit, const PlotData& data, PlotState* state) {
  if (!hit.focused || !ui.keys_free() || !data.extent.x) {
    state->cursor.reset();
    return;
  }
  const int first = static_cast<int>(data.extent.x->min);
  const int last = static_cast<int>(data.extent.x->max);
  int at = std::clamp(state->cursor.value_or(last), first, last);
  if (compat::pressed(Key::left)) --at;
  if (compat::pressed(Key::right)) ++at;
  if (compat::pressed(Key::home)) at = first;
  if (compat::pressed(Key::end)) at = last;
  state->cursor = std::clamp(at, first, last);
  if (compat::pressed(Key::up)) state->view.zoom(0.5, 0.5, kKeyStep);
  if (compat::pressed(Key::down)) state->view.zoom(0.5, 0.5, 1 / kKeyStep);
  if (hit.clicked) state->view.fit();
}

/// The layer under the mouse or the keyboard.
std::optional<int> crosshair_at(const PlotFrame& frame, const Hit& hit, const PlotData& data,
                                const PlotState& state) {
  if (!data.extent.x) return std::nullopt;
  if (!hit.hovered) return state.cursor;
  const double fraction = double(ImGui::GetIO().MousePos.x - frame.area.x) / double(frame.area.width);
  const double nearest = std::round(figure::from_axis(frame.x_scale, frame.axes.x.at(fraction)));
  return static_cast<int>(std::clamp(nearest, data.extent.x->min, data.extent.x->max));
}

void draw_curves(const Ui& ui, const PlotFrame& frame, const PlotData& data) {
  const Rect& area = frame.area;
  const float spare = ui.px(5);  // markers on the edge stay whole
  ImDrawList* list = ui.draw();
  list->PushClipRect(ImVec2(area.x - spare, area.y),
                     ImVec2(area.x + area.width + spare, area.y + area.height), true);
  for (const bool pinned : {true, false}) {  // ghosts lie below
    for (const auto draw : {draw_band, draw_curve}) {
      for (std::size_t c = 0; c < data.figure.curves.size(); ++c) {
        const figure::Curve& curve = data.figure.curves[c];
        if (data.is_hidden(c) || curve.pinned != pinned) continue;
        const ImU32 color = ui.theme().color(figure::style_of(curve));
        draw(ui, frame, curve, mix(color, ui.theme().ground, kDim * data.dim(c)));
      }
    }
  }
  list->PopClipRect();
}

}  // namespace

float PlotFrame::x(double value) const {
  return area.x + static_cast<float>(axes.x.fraction(figure::on_axis(x_scale, value))) * area.width;
}

float PlotFrame::y(double at) const {
  const float height = area.height - 2 * lane;
  return area.y + lane + (1 - static_cast<float>(axes.y.fraction(at))) * height;
}

float PlotFrame::y_of(double value) const {
  switch (lane_of(value)) {
    case figure::Lane::underflow: return underflow_y();
    case figure::Lane::overflow: return overflow_y();
    case figure::Lane::data: return y(figure::on_axis(y_scale, value));
  }
  return overflow_y();
}

std::optional<std::size_t> draw_plot(const Ui& ui, const std::string& name, const Rect& rect,
                                     const PlotData& data, const PlotMotion& motion, PlotState* state) {
  if (state->y_scale != data.figure.y_scale) *state = PlotState{.y_scale = data.figure.y_scale};
  state->view.follow(figure::fitted_axes(data.figure, data.extent), motion.hand, motion.seconds,
                     motion.motion);
  follow_lanes(data.extent, motion.hand, state);
  const figure::Scale scale = data.figure.x_scale;
  const float right = rect.width - ui.px(PlotFrame::kLeft + kRight);
  const float notes = draw_notes(ui, {rect.x + ui.px(PlotFrame::kLeft), rect.y, right, 0}, data);
  state->notes = motion.hand == Hand::busy ? std::max(state->notes, notes) : notes;
  const Rect below{rect.x, rect.y + state->notes, rect.width, rect.height - state->notes};
  const PlotFrame frame{area_of(ui, below, data.figure), scale, data.figure.y_scale, ui.px(kLane),
                        state->view.axes()};
  const Track track{figure::from_axis(scale, frame.axes.x.min), figure::from_axis(scale, frame.axes.x.max),
                    frame.area.x, frame.area.x + frame.area.width,
                    scale == figure::Scale::linear ? TrackScale::linear : TrackScale::logarithmic};
  draw_lanes(ui, frame, *state);
  if (data.extent.x) draw_axes(ui, frame, data.figure.x_label);
  draw_guides(ui, frame, data);
  const float source = frame.area.y + frame.area.height + ui.px(kSource);
  draw_source(ui, name, {frame.area.x, source, frame.area.width, 0}, data.figure.guides_note);
  draw_marks(ui, frame, data);
  draw_curves(ui, frame, data);
  draw_pointers(ui, frame, data.figure);
  if (state->view.by_hand()) {
    const Rect fit{frame.area.x + frame.area.width - ui.px(64), frame.area.y + frame.lane + ui.px(4),
                   ui.px(60), ui.px(Metrics::kControl)};
    if (button(ui, name + ".fit", fit, tr("show all"),
               tr("Fits the axes to the curves again; so does a double click."))) {
      state->view.fit();
    }
  }
  const Hit hit = ui.control(name + ".area", frame.area, "", track);
  take_mouse(frame, hit, state);
  take_keys(ui, hit, data, state);
  const std::optional<std::size_t> clicked = draw_ends(ui, name, frame, data);
  draw_absences(ui, frame, data);
  if (const auto at = crosshair_at(frame, hit, data, *state)) {
    const float y = hit.hovered ? ImGui::GetIO().MousePos.y : frame.area.center_y();
    draw_crosshair(ui, frame, data, *at, y);
  }
  return clicked;
}

}  // namespace gradflow::ui
