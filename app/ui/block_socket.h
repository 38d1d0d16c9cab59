// The sockets of the block diagram: a norm with its label and a cross that takes it out, or an empty ring.
#pragma once

#include <cmath>
#include <optional>

#include "app/ui/block_diagram.h"

namespace gradflow::ui {

/// From the figure's lengths to pixels.
struct BlockScale {
  const Ui& ui;
  float x, y;
  ImVec2 at(const figure::Point& point) const { return {x + ui.px(point.x), y + ui.px(point.y)}; }
  Rect rect(const figure::Area& area) const {
    const ImVec2 low = at({area.x, area.y});
    const ImVec2 high = at({area.x + area.width, area.y + area.height});
    return {low.x, low.y, high.x - low.x, high.y - low.y};
  }
  Rect around(const figure::Point& center, float width, float height) const {
    const ImVec2 middle = at(center);
    const float w = ui.px(width);
    const float h = ui.px(height);
    return {std::round(middle.x - w / 2), std::round(middle.y - h / 2), w, h};
  }
};

/// Under what stands inside the layers' frame.
ImU32 frame_color(const Theme& theme);

std::optional<BlockClick> draw_socket(const Ui& ui, const BlockScale& scale, const BlockView& view,
                                      const figure::Socket& socket);

}  // namespace gradflow::ui
