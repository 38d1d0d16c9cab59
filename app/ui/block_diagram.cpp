#include "app/ui/block_diagram.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/ui/block_socket.h"
#include "app/ui/block_words.h"
#include "app/ui/wire.h"

namespace gradflow::ui {
namespace {

using figure::Wire;

constexpr float kResidualHit = 24;
constexpr float kReach = 9;  // how far from a wire the mouse still points at it

class Drawing {
 public:
  Drawing(const Ui& ui, const Rect& place, const BlockView& view)
      : ui_(ui), theme_(ui.theme()), view_(view), scale_{ui, place.x, place.y} {}

  std::optional<BlockClick> draw();

 private:
  const WireStroke& stroke(std::size_t wire) const { return strokes_[wire]; }
  ImU32 ground(const figure::WirePlace& place) const;
  void prepare_wires();
  void draw_frame();
  void draw_wires(std::size_t hovered);
  void draw_residual_words(const figure::WireLine& line, const ImVec2& middle);
  void draw_box(const figure::Box& box);
  void residual(std::size_t wire);
  std::size_t wire_under_mouse() const;

  const Ui& ui_;
  const Theme& theme_;
  const BlockView& view_;
  BlockScale scale_;
  std::vector<std::vector<ImVec2>> points_;  // a wire
  std::vector<WireStroke> strokes_;          // a wire
  std::optional<BlockClick> click_;
};

/// What lies under a wire, for what has to be drawn in the colour of nothing.
ImU32 Drawing::ground(const figure::WirePlace& place) const {
  return std::holds_alternative<figure::EndWire>(place) ? theme_.panel : frame_color(theme_);
}

void Drawing::prepare_wires() {
  for (const figure::WireLine& line : view_.figure.wires) {
    std::vector<ImVec2>& points = points_.emplace_back();
    for (const figure::Point& point : line.points) points.push_back(scale_.at(point));
  }
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const figure::WirePlace& place = view_.figure.wires[i].place;
    strokes_.push_back(
        styled_wire(ui_, points_[i], view_.gradient.at(place), view_.stack, view_.dim, ground(place)));
  }
}

void Drawing::draw_frame() {
  const Rect frame = scale_.rect(view_.figure.frame);
  ui_.fill(frame, frame_color(theme_), Metrics::kPanelCorner);
  const Rect words{frame.x + frame.width / 2, frame.y + ui_.px(6), frame.width / 2 - ui_.px(8), ui_.px(16)};
  ui_.text_in(ui_.fonts().small, words, Align::right, theme_.text, view_.layers);
}

void Drawing::draw_residual_words(const figure::WireLine& line, const ImVec2& middle) {
  const float right = middle.x - ui_.px(14);
  const Rect words{right - ui_.px(64), middle.y - ui_.px(8), ui_.px(64), ui_.px(16)};
  if (line.cut) {
    ui_.text_in(ui_.fonts().small, words, Align::right, theme_.bad, tr("cut"));
  } else {
    const std::string label = view_.skip.empty() ? std::string(tr("residual")) : "× " + view_.skip;
    ui_.text_in(ui_.fonts().small, words, Align::right, theme_.secondary, label);
  }
}

void Drawing::draw_wires(std::size_t hovered) {
  const float way = ui_.px(view_.pulse_way);
  for (std::size_t i = 0; i < strokes_.size(); ++i) {
    const figure::WireLine& line = view_.figure.wires[i];
    if (i == hovered && !line.cut)
      draw_wire_glow(ui_, stroke(i), ui_.px(2), mix(theme_.text, ground(line.place), 0.35F));
    if (line.cut) {
      draw_cut_wire(ui_, points_[i]);
    } else {
      draw_wire(ui_, stroke(i));
    }
  }
  if (view_.pulse_brightness <= 0) return;
  for (std::size_t i = 0; i < strokes_.size(); ++i) {
    const figure::WireLine& line = view_.figure.wires[i];
    if (!line.cut) draw_pulses(ui_, stroke(i), way - ui_.px(line.from_loss), view_.pulse_brightness);
  }
}

void Drawing::draw_box(const figure::Box& box) {
  const Rect rect = scale_.rect(box.area);
  ui_.landmark(view_.base + "." + box.name, rect);
  if (box.kind == figure::BoxKind::add) {
    const ImVec2 center(rect.center_x(), rect.center_y());
    const float r = ui_.px(figure::kAddRadius);
    const float arm = ui_.px(5);
    ImDrawList* list = ui_.draw();
    list->AddCircleFilled(center, r + ui_.px(2), frame_color(theme_), 32);
    list->AddCircleFilled(center, r, theme_.text, 32);
    const float half = std::max(1.0F, ui_.px(1));
    list->AddRectFilled(ImVec2(center.x - arm, center.y - half), ImVec2(center.x + arm, center.y + half),
                        theme_.panel);
    list->AddRectFilled(ImVec2(center.x - half, center.y - arm), ImVec2(center.x + half, center.y + arm),
                        theme_.panel);
    return;
  }
  const bool function = box.kind == figure::BoxKind::function;
  ui_.fill(rect, function ? theme_.control_hovered : theme_.control);
  ui_.text_in(ui_.fonts().small, rect, Align::center, function ? theme_.text : theme_.secondary, box.label);
}

void Drawing::residual(std::size_t wire) {
  const figure::WireLine& line = view_.figure.wires[wire];
  const auto* place = std::get_if<figure::SublayerWire>(&line.place);
  if (place == nullptr || place->wire != Wire::residual) return;
  const ImVec2 low = points_[wire].front();
  const ImVec2 high = points_[wire].back();
  const float top = high.y + ui_.px(figure::kAddRadius + 2);
  const Rect rect{low.x - ui_.px(kResidualHit) / 2, top, ui_.px(kResidualHit), low.y - ui_.px(4) - top};
  const Hit hit = ui_.control(view_.base + "." + line.name, rect, residual_tip(view_, line));
  if (hit.hovered) ui_.fill(rect, with_alpha(theme_.text, 0.12F));
  draw_residual_words(line, ImVec2(low.x, rect.center_y()));
  if (hit.clicked) click_ = ResidualClick{place->sublayer};
}

std::size_t Drawing::wire_under_mouse() const {
  std::size_t nearest = strokes_.size();
  if (!ImGui::IsWindowHovered() || ImGui::IsAnyItemHovered()) return nearest;
  const float reach = ui_.px(kReach);
  float least = reach * reach;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const float distance = distance_squared(points_[i], ImGui::GetIO().MousePos);
    if (distance >= least) continue;
    least = distance;
    nearest = i;
  }
  return nearest;
}

std::optional<BlockClick> Drawing::draw() {
  prepare_wires();
  draw_frame();
  const std::size_t hovered = wire_under_mouse();
  draw_wires(hovered);
  if (hovered < strokes_.size()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    ui_.explain(view_.base + "." + view_.figure.wires[hovered].name, {mouse.x, mouse.y, 0, ui_.px(12)},
                wire_tip(view_, view_.figure.wires[hovered].place));
  }
  for (std::size_t i = 0; i < strokes_.size(); ++i) residual(i);
  for (const figure::Box& box : view_.figure.boxes) draw_box(box);
  for (const figure::Socket& socket : view_.figure.sockets) {
    if (const auto click = draw_socket(ui_, scale_, view_, socket)) click_ = click;
  }
  return click_;
}

}  // namespace

std::optional<BlockClick> draw_block_diagram(const Ui& ui, const Rect& place, const BlockView& view) {
  return Drawing(ui, place, view).draw();
}

}  // namespace gradflow::ui
