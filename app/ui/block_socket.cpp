#include "app/ui/block_socket.h"

#include <algorithm>
#include <cmath>

#include "app/ui/block_words.h"

namespace gradflow::ui {
namespace {

constexpr float kLabel = 40;  // of a norm's width, its label; the rest takes it out
constexpr float kRing = 7, kRingHit = 28;
constexpr float kHalo = 3;  // free of wires around a norm

/// One socket as it is drawn.
struct Part {
  const Ui& ui;
  const BlockScale& scale;
  const BlockView& view;
  const figure::Socket& socket;
  std::string name;

  bool inside() const { return std::holds_alternative<figure::SitePlace>(socket.place); }
  ImU32 ground() const { return inside() ? frame_color(ui.theme()) : ui.theme().panel; }
  Rect norm() const { return scale.around(socket.at, figure::kSocketWidth, figure::kSocketHeight); }
};

/// The wires stop short of a norm.
void clear_around(const Part& part, const Rect& rect) {
  part.ui.fill(inset(rect, -part.ui.px(kHalo)), part.ground(), Metrics::kCorner + kHalo);
}

void draw_cross(const Ui& ui, const Rect& rect, ImU32 ink) {
  const float r = ui.px(3.5F);
  const float x = rect.center_x();
  const float y = rect.center_y();
  const float stroke = std::max(1.2F, ui.px(1.5F));
  ui.draw()->AddLine(ImVec2(x - r, y - r), ImVec2(x + r, y + r), ink, stroke);
  ui.draw()->AddLine(ImVec2(x - r, y + r), ImVec2(x + r, y - r), ink, stroke);
}

bool right_clicked(const Hit& hit) { return hit.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right); }

std::optional<BlockClick> draw_norm(const Part& part) {
  const Ui& ui = part.ui;
  const Rect rect = part.norm();
  const Rect label{rect.x, rect.y, ui.px(kLabel), rect.height};
  const Rect out{rect.x + label.width, rect.y, rect.width - label.width, rect.height};
  const ImU32 fill = ui.theme().stack(part.view.stack);
  const ImU32 ink = ui.theme().on_stack(part.view.stack);
  const ImU32 lit = mix(fill, ink, 0.2F);
  clear_around(part, rect);
  ui.fill(rect, fill);
  const Hit kind = ui.control(part.name + ".kind", label, norm_kind_tip());
  const Hit hit = ui.control(part.name, out,
                             socket_tip(part.socket.place) + " " + std::string(tr("Click: take it out.")));
  if (kind.hovered) ui.fill(label, lit);
  if (hit.hovered) ui.fill(out, lit);
  ui.text_in(ui.fonts().small, label, Align::center, ink, figure::norm_abbreviation(part.view.norm));
  ui.fill({out.x, rect.y + ui.px(4), std::max(1.0F, ui.px(1)), rect.height - ui.px(8)}, mix(fill, ink, 0.35F),
          0);
  draw_cross(ui, out, hit.hovered ? ink : mix(fill, ink, 0.6F));
  if (hit.clicked) return part.socket.place;
  if (kind.clicked || right_clicked(kind) || right_clicked(hit)) return NormKindClick{};
  return std::nullopt;
}

/// What a click would put in.
void draw_ghost(const Part& part) {
  const Ui& ui = part.ui;
  const Rect rect = part.norm();
  clear_around(part, rect);
  ui.draw()->AddRect(ImVec2(rect.x, rect.y), ImVec2(rect.x + rect.width, rect.y + rect.height),
                     ui.theme().text, ui.px(Metrics::kCorner), 0, std::max(1.0F, ui.px(1.5F)));
  const std::string words = "+ " + std::string(figure::norm_abbreviation(part.view.norm));
  ui.text_in(ui.fonts().small, rect, Align::center, ui.theme().text, words);
}

std::optional<BlockClick> draw_empty(const Part& part) {
  const Ui& ui = part.ui;
  const Rect rect = part.scale.around(part.socket.at, kRingHit, kRingHit);
  const Hit hit = ui.control(part.name, rect,
                             socket_tip(part.socket.place) + " " + std::string(tr("Click: put a norm in.")));
  if (hit.hovered) {
    draw_ghost(part);
  } else {
    const ImVec2 center(rect.center_x(), rect.center_y());
    const float r = ui.px(kRing);
    ui.draw()->AddCircleFilled(center, r + ui.px(2), part.ground(), 24);
    ui.draw()->AddCircle(center, r, ui.theme().secondary, 24, std::max(1.0F, ui.px(1.5F)));
  }
  if (hit.clicked) return part.socket.place;
  return std::nullopt;
}

void draw_label(const Part& part) {
  const Ui& ui = part.ui;
  const bool filled = part.socket.filled;
  const ImVec2 at = part.scale.at(part.socket.at);
  const float half = ui.px(filled ? figure::kSocketWidth / 2 : kRing + 2);
  const float gap = ui.px(8);
  const float line = ui.px(16);
  const float room = ui.px(120);
  const float side = at.y - line / 2;
  const float away = ui.px(15);  // clear of a norm that is there or is offered
  const ImU32 ink = filled ? ui.theme().text : ui.theme().secondary;
  const auto words = [&](const Rect& rect, Align align) {
    ui.text_in(ui.fonts().small, rect, align, ink, part.socket.label);
  };
  switch (part.socket.label_side) {
    case figure::Side::left: words({at.x - half - gap - room, side, room, line}, Align::right); return;
    case figure::Side::right: words({at.x + half + gap, side, room, line}, Align::left); return;
    case figure::Side::below: words({at.x - room / 2, at.y + away, room, line}, Align::center); return;
    case figure::Side::above: words({at.x - room / 2, at.y - away - line, room, line}, Align::center); return;
  }
}

}  // namespace

ImU32 frame_color(const Theme& theme) { return mix(theme.panel, theme.control, 0.45F); }

std::optional<BlockClick> draw_socket(const Ui& ui, const BlockScale& scale, const BlockView& view,
                                      const figure::Socket& socket) {
  const Part part{ui, scale, view, socket, view.base + "." + socket.name};
  draw_label(part);
  return socket.filled ? draw_norm(part) : draw_empty(part);
}

}  // namespace gradflow::ui
