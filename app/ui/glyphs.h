// Signs drawn as strokes, so that they are there in every font: a stack's line and marker, ✓ ! ✗, arrows.
#pragma once

#include "app/figure/figure.h"
#include "app/figure/style.h"
#include "app/ui/ui.h"
#include "core/analysis/verdict.h"

namespace gradflow::ui {

void draw_marker(ImDrawList* list, figure::Marker marker, float x, float y, float radius, ImU32 color);

/// Dashes of a line of this thickness, in pixels: on, off; both 0 for a solid one.
struct DashLengths {
  float on = 0, off = 0;
};
DashLengths dash_lengths(figure::Dash dash, float thickness);

/// The stack's line with its marker, as a legend shows it.
void draw_swatch(const Ui& ui, std::size_t stack, const Rect& rect, ImU32 color);

/// The same of a curve, which may be a ghost: a thin line without a marker.
void draw_curve_swatch(const Ui& ui, const figure::Curve& curve, const Rect& rect);
ImU32 color_of(const Theme& theme, const figure::Curve& curve);

/// An eye, open or struck out: whether something is shown.
void draw_eye(const Ui& ui, const Rect& rect, bool open, ImU32 color);
/// A drawing pin, filled or hollow: whether something is pinned.
void draw_pin(const Ui& ui, const Rect& rect, bool pinned, ImU32 color);

ImU32 judgement_color(const Theme& theme, Judgement judgement);
void draw_judgement(const Ui& ui, Judgement judgement, const Rect& rect, ImU32 color);

enum class Arrow : unsigned char { right, down, pause };
void draw_arrow(const Ui& ui, Arrow arrow, float x, float y, float radius, ImU32 color);

}  // namespace gradflow::ui
