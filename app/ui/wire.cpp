#include "app/ui/wire.h"

#include <algorithm>
#include <cmath>

namespace gradflow::ui {
namespace {

constexpr float kThinnest = 1.5F, kThickest = 12, kNeutral = 2;  // pixels at scale 1
constexpr float kDash = 5, kDashGap = 4;
constexpr float kStub = 9, kCross = 6;
constexpr float kPulseSpacing = 44, kPulseRadius = 3;
constexpr float kDim = 0.5F;

/// A bar along an axis; with fractions of a pixel at its sides, so that every change of the gradient shows.
void bar(ImDrawList* list, const ImVec2& a, const ImVec2& b, float thickness, ImU32 color) {
  const float half = thickness / 2;
  const bool upright = a.x == b.x;
  const ImVec2 low(std::min(a.x, b.x) - (upright ? half : 0), std::min(a.y, b.y) - (upright ? 0 : half));
  const ImVec2 high(std::max(a.x, b.x) + (upright ? half : 0), std::max(a.y, b.y) + (upright ? 0 : half));
  if (high.x <= low.x || high.y <= low.y) return;
  list->AddQuadFilled(low, ImVec2(high.x, low.y), high, ImVec2(low.x, high.y), color);
}

void polyline(ImDrawList* list, std::span<const ImVec2> points, float thickness, ImU32 color) {
  for (std::size_t i = 1; i < points.size(); ++i) {
    bar(list, points[i - 1], points[i], thickness, color);
    if (i + 1 < points.size()) list->AddCircleFilled(points[i], thickness / 2, color);
  }
}

void dashes(const Ui& ui, std::span<const ImVec2> points, float thickness, ImU32 color) {
  const float on = ui.px(kDash);
  const float period = on + ui.px(kDashGap);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const ImVec2 a = points[i - 1];
    const ImVec2 b = points[i];
    const float length = std::abs(b.x - a.x) + std::abs(b.y - a.y);
    const auto at = [&](float way) {
      const float share = std::min(way, length) / std::max(1.0F, length);
      return ImVec2(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
    };
    const int count = static_cast<int>(std::ceil(length / period));
    for (int k = 0; k < count; ++k) {
      const float from = static_cast<float>(k) * period;
      bar(ui.draw(), at(from), at(from + on), thickness, color);
    }
  }
}

}  // namespace

float wire_thickness(const Ui& ui, figure::Flow flow, float level) {
  switch (flow) {
    case figure::Flow::unknown:
    case figure::Flow::zero: return std::max(1.0F, ui.px(kNeutral));
    case figure::Flow::finite:
      return std::max(1.0F, ui.scale() * (kThinnest + (kThickest - kThinnest) * level));
    case figure::Flow::overflow: return ui.px(kThickest);
  }
  return 1;
}

WireStroke styled_wire(const Ui& ui, std::span<const ImVec2> points, const figure::WireGradient& gradient,
                       std::size_t stack, float dim, ImU32 ground) {
  const Theme& theme = ui.theme();
  WireStroke wire{points, figure::flow_of(gradient)};
  if (wire.flow == figure::Flow::finite) wire.level = figure::flow_level(*gradient);
  const bool fine = wire.flow == figure::Flow::finite;
  const ImU32 color = wire.flow == figure::Flow::unknown ? theme.secondary : theme.bad;
  wire.color = mix(fine ? theme.stack(stack) : color, ground, kDim * dim);
  return wire;
}

void draw_wire(const Ui& ui, const WireStroke& wire) {
  const float thickness = wire_thickness(ui, wire.flow, wire.level);
  if (wire.flow == figure::Flow::zero) {
    dashes(ui, wire.points, thickness, wire.color);
    return;
  }
  polyline(ui.draw(), wire.points, thickness, wire.color);
  if (wire.flow != figure::Flow::overflow) return;
  polyline(ui.draw(), wire.points, std::max(1.0F, ui.px(kThickest - 6)), ui.theme().panel);
}

void draw_wire_glow(const Ui& ui, const WireStroke& wire, float by, ImU32 color) {
  polyline(ui.draw(), wire.points, wire_thickness(ui, wire.flow, wire.level) + 2 * by, color);
}

void draw_cut_wire(const Ui& ui, std::span<const ImVec2> points) {
  if (points.size() < 2) return;
  const ImVec2 low = points.front();
  const ImVec2 high = points.back();
  const float x = low.x;
  const float stub = ui.px(kStub);
  const float thickness = std::max(1.0F, ui.px(kNeutral));
  const ImU32 color = ui.theme().bad;
  ImDrawList* list = ui.draw();
  // The add and the split stand on the wire's ends; the stubs come out from under them.
  bar(list, low, ImVec2(x, low.y - stub), thickness, color);
  bar(list, high, ImVec2(x, high.y + stub + ui.px(figure::kAddRadius)), thickness, color);
  const float y = std::round((low.y - stub + high.y + stub + ui.px(figure::kAddRadius)) / 2);
  const float r = ui.px(kCross);
  const float stroke = std::max(1.5F, ui.px(3));
  list->AddLine(ImVec2(x - r, y - r), ImVec2(x + r, y + r), color, stroke);
  list->AddLine(ImVec2(x - r, y + r), ImVec2(x + r, y - r), color, stroke);
}

void draw_pulses(const Ui& ui, const WireStroke& wire, float travelled, float brightness) {
  if (wire.flow != figure::Flow::finite) return;
  const float spacing = ui.px(kPulseSpacing);
  const float thickness = wire_thickness(ui, wire.flow, wire.level);
  const float radius = std::clamp(thickness * 0.36F, std::max(1.5F, ui.px(2)), ui.px(kPulseRadius + 1));
  const ImU32 color = with_alpha(ui.theme().text, brightness * (0.3F + 0.7F * wire.level));
  float next = travelled - spacing * std::floor(travelled / spacing);  // the first spot's way on this wire
  for (std::size_t i = wire.points.size() - 1; i > 0; --i) {
    const ImVec2 a = wire.points[i];
    const ImVec2 b = wire.points[i - 1];
    const float length = std::abs(b.x - a.x) + std::abs(b.y - a.y);
    for (; next < length; next += spacing) {
      const float share = next / length;
      ui.draw()->AddCircleFilled(ImVec2(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share), radius, color);
    }
    next -= length;
  }
}

float distance_squared(std::span<const ImVec2> points, const ImVec2& to) {
  float nearest = INFINITY;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto [left, right] = std::minmax(points[i - 1].x, points[i].x);
    const auto [top, bottom] = std::minmax(points[i - 1].y, points[i].y);
    const float dx = to.x - std::clamp(to.x, left, right);
    const float dy = to.y - std::clamp(to.y, top, bottom);
    nearest = std::min(nearest, dx * dx + dy * dy);
  }
  return nearest;
}

}  // namespace gradflow::ui
