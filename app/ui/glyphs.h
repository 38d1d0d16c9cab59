// Signs drawn as strokes, so that they are there in every font: a stack's line and marker, ✓ ! ✗ …, arrows.
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

/// How thick a curve is drawn, and how large its markers are, in pixels.
float line_thickness(const Ui& ui, figure::Stroke stroke);
float marker_radius(const Ui& ui, figure::Stroke stroke);

/// The line with its marker, as a legend shows it.
void draw_swatch(const Ui& ui, const figure::StackStyle& style, const Rect& rect, ImU32 color);
inline void draw_swatch(const Ui& ui, std::size_t stack, const Rect& rect, ImU32 color) {
  draw_swatch(ui, figure::stack_style(stack), rect, color);
}

/// An eye, open or struck out: whether something is shown.
void draw_eye(const Ui& ui, const Rect& rect, bool open, ImU32 color);
/// A drawing pin, filled or hollow: whether something is pinned.
void draw_pin(const Ui& ui, const Rect& rect, bool pinned, ImU32 color);

ImU32 judgement_color(const Theme& theme, Judgement judgement);
void draw_judgement(const Ui& ui, Judgement judgement, const Rect& rect, ImU32 color);

enum class Arrow : unsigned char { right, down, pause };
void draw_arrow(const Ui& ui, Arrow arrow, float x, float y, float radius, ImU32 color);

}  // namespace gradflow::ui
