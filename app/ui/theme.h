// The look in one place: colours (dark and light, equal contrast), lengths at scale 1 on a grid of 4 px.
#pragma once

#include <imgui.h>

#include <cstddef>

#include "app/figure/style.h"
#include "app/ui/options.h"

namespace gradflow::ui {

struct Theme {
  ThemeKind kind = ThemeKind::dark;
  ImU32 ground = 0, panel = 0, control = 0, control_hovered = 0;
  ImU32 text = 0, secondary = 0, grid = 0;
  ImU32 good = 0, caution = 0, bad = 0;

  ImU32 color(const figure::StackStyle& style) const;
  ImU32 stack(std::size_t index) const { return color(figure::stack_style(index)); }
  /// Text on that colour: whichever of black and white reads better.
  ImU32 on_stack(std::size_t index) const;
};

const Theme& theme_of(ThemeKind kind);

/// WCAG 2.1's relative luminance, 0 to 1, and the contrast of two colours, 1 to 21.
float luminance(ImU32 color);
float contrast(ImU32 left, ImU32 right);

/// `amount` 0 gives `from`, 1 gives `to`; opaque, so that overlapping strokes do not show.
ImU32 mix(ImU32 from, ImU32 to, float amount);
ImU32 with_alpha(ImU32 color, float alpha);

/// Lengths at scale 1.
struct Metrics {
  static constexpr float kGap = 8, kPadding = 12, kMargin = 16;
  static constexpr float kCorner = 4, kPanelCorner = 8;
  static constexpr float kHeader = 44, kControl = 28, kRow = 32, kFold = 40;
  static constexpr float kColumn = 360;
  static constexpr float kDepthRow = 68, kVerdictLine = 32;
  static constexpr float kSmallText = 13, kText = 16, kTitleText = 20, kCodeText = 12, kProseCode = 14;
};

/// Dear ImGui's own widgets (text boxes, scroll bars, popups) in this look.
void apply_style(const Theme& theme, float scale, ImGuiStyle* style);

}  // namespace gradflow::ui
