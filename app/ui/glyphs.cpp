#include "app/ui/glyphs.h"

#include <algorithm>
#include <cmath>

namespace gradflow::ui {
namespace {

constexpr float kThick = 2.5F, kThin = 1.25F;  // of a line, at scale 1

}  // namespace

void draw_marker(ImDrawList* list, figure::Marker marker, float x, float y, float radius, ImU32 color) {
  const float r = radius;
  const float thickness = std::max(1.5F, r * 0.6F);
  switch (marker) {
    case figure::Marker::circle: list->AddCircleFilled(ImVec2(x, y), r, color); return;
    case figure::Marker::square:
      list->AddRectFilled(ImVec2(x - 0.88F * r, y - 0.88F * r), ImVec2(x + 0.88F * r, y + 0.88F * r), color);
      return;
    case figure::Marker::none: return;
    case figure::Marker::triangle:
      list->AddTriangleFilled(ImVec2(x, y - 1.15F * r), ImVec2(x + 1.1F * r, y + 0.8F * r),
                              ImVec2(x - 1.1F * r, y + 0.8F * r), color);
      return;
    case figure::Marker::diamond:
      list->AddQuadFilled(ImVec2(x, y - 1.2F * r), ImVec2(x + 1.2F * r, y), ImVec2(x, y + 1.2F * r),
                          ImVec2(x - 1.2F * r, y), color);
      return;
    case figure::Marker::plus:
      list->AddLine(ImVec2(x - 1.1F * r, y), ImVec2(x + 1.1F * r, y), color, thickness);
      list->AddLine(ImVec2(x, y - 1.1F * r), ImVec2(x, y + 1.1F * r), color, thickness);
      return;
    case figure::Marker::cross:
      list->AddLine(ImVec2(x - 0.9F * r, y - 0.9F * r), ImVec2(x + 0.9F * r, y + 0.9F * r), color, thickness);
      list->AddLine(ImVec2(x - 0.9F * r, y + 0.9F * r), ImVec2(x + 0.9F * r, y - 0.9F * r), color, thickness);
      return;
  }
}

DashLengths dash_lengths(figure::Dash dash, float thickness) {
  switch (dash) {
    case figure::Dash::solid: return {};
    case figure::Dash::dashed: return {4 * thickness, 2.5F * thickness};
    case figure::Dash::dotted: return {1.2F * thickness, 2 * thickness};
  }
  return {};
}

float line_thickness(const Ui& ui, figure::Stroke stroke) {
  return stroke == figure::Stroke::thick ? std::max(1.5F, ui.px(kThick)) : std::max(1.0F, ui.px(kThin));
}

float marker_radius(const Ui& ui, figure::Stroke stroke) {
  return stroke == figure::Stroke::thick ? ui.px(4) : ui.px(3);
}

void draw_swatch(const Ui& ui, const figure::StackStyle& style, const Rect& rect, ImU32 color) {
  const float y = rect.center_y();
  const float thickness = line_thickness(ui, style.stroke);
  const DashLengths dash = dash_lengths(style.dash, thickness);
  const float on = dash.on > 0 ? dash.on : rect.width;
  const int dashes = on > 0 ? static_cast<int>(std::ceil(rect.width / (on + dash.off))) : 0;
  for (int i = 0; i < dashes; ++i) {
    const float x = rect.x + static_cast<float>(i) * (on + dash.off);
    ui.draw()->AddLine(ImVec2(x, y), ImVec2(std::min(x + on, rect.x + rect.width), y), color, thickness);
  }
  draw_marker(ui.draw(), style.marker, rect.center_x(), y, marker_radius(ui, style.stroke) + ui.px(1), color);
}

void draw_eye(const Ui& ui, const Rect& rect, bool open, ImU32 color) {
  ImDrawList* list = ui.draw();
  const ImVec2 middle(rect.center_x(), rect.center_y());
  const float half = ui.px(7);
  const float rise = ui.px(6.5F);  // of the lids' control points
  const float stroke = std::max(1.2F, ui.px(1.4F));
  const ImVec2 left(middle.x - half, middle.y);
  const ImVec2 right(middle.x + half, middle.y);
  list->AddBezierQuadratic(left, ImVec2(middle.x, middle.y - 1.4F * rise), right, color, stroke);
  list->AddBezierQuadratic(left, ImVec2(middle.x, middle.y + 1.4F * rise), right, color, stroke);
  list->AddCircleFilled(middle, ui.px(2.2F), color, 16);
  if (open) return;
  list->AddLine(ImVec2(middle.x - 0.8F * half, middle.y + 0.8F * half),
                ImVec2(middle.x + 0.8F * half, middle.y - 0.8F * half), color, stroke);
}

void draw_pin(const Ui& ui, const Rect& rect, bool pinned, ImU32 color) {
  ImDrawList* list = ui.draw();
  const float x = rect.center_x();
  const float y = rect.center_y();
  const float stroke = std::max(1.2F, ui.px(1.4F));
  const ImVec2 a(x - ui.px(2.5F), y - ui.px(6));
  const ImVec2 b(x + ui.px(2.5F), y - ui.px(6));
  const ImVec2 c(x + ui.px(4.5F), y + ui.px(1));
  const ImVec2 d(x - ui.px(4.5F), y + ui.px(1));
  if (pinned) {
    list->AddQuadFilled(a, b, c, d, color);
  } else {
    list->AddQuad(a, b, c, d, color, stroke);
  }
  list->AddLine(ImVec2(x, y + ui.px(1)), ImVec2(x, y + ui.px(7)), color, stroke);
}

ImU32 judgement_color(const Theme& theme, Judgement judgement) {
  switch (judgement) {
    case Judgement::good: return theme.good;
    case Judgement::caution: return theme.caution;
    case Judgement::bad: return theme.bad;
    case Judgement::open: return theme.secondary;
  }
  return theme.text;
}

void draw_judgement(const Ui& ui, Judgement judgement, const Rect& rect, ImU32 color) {
  ImDrawList* list = ui.draw();
  const float x = rect.center_x();
  const float y = rect.center_y();
  const float r = std::min(rect.width, rect.height) / 2;
  const float thickness = std::max(2.0F, r * 0.32F);
  switch (judgement) {
    case Judgement::good:
      list->PathLineTo(ImVec2(x - 0.75F * r, y + 0.05F * r));
      list->PathLineTo(ImVec2(x - 0.2F * r, y + 0.6F * r));
      list->PathLineTo(ImVec2(x + 0.8F * r, y - 0.6F * r));
      list->PathStroke(color, 0, thickness);
      return;
    case Judgement::caution:
      list->AddLine(ImVec2(x, y - 0.8F * r), ImVec2(x, y + 0.2F * r), color, thickness);
      list->AddCircleFilled(ImVec2(x, y + 0.65F * r), thickness * 0.6F, color);
      return;
    case Judgement::bad:
      list->AddLine(ImVec2(x - 0.6F * r, y - 0.6F * r), ImVec2(x + 0.6F * r, y + 0.6F * r), color, thickness);
      list->AddLine(ImVec2(x - 0.6F * r, y + 0.6F * r), ImVec2(x + 0.6F * r, y - 0.6F * r), color, thickness);
      return;
    case Judgement::open:
      for (const float step : {-0.65F, 0.0F, 0.65F}) {
        list->AddCircleFilled(ImVec2(x + step * r, y), thickness * 0.5F, color);
      }
      return;
  }
}

void draw_arrow(const Ui& ui, Arrow arrow, float x, float y, float radius, ImU32 color) {
  const float r = radius;
  ImDrawList* list = ui.draw();
  switch (arrow) {
    case Arrow::right:
      list->AddTriangleFilled(ImVec2(x - 0.6F * r, y - r), ImVec2(x + r, y), ImVec2(x - 0.6F * r, y + r),
                              color);
      return;
    case Arrow::down:
      list->AddTriangleFilled(ImVec2(x - r, y - 0.5F * r), ImVec2(x + r, y - 0.5F * r),
                              ImVec2(x, y + 0.7F * r), color);
      return;
    case Arrow::pause:
      list->AddRectFilled(ImVec2(x - 0.8F * r, y - r), ImVec2(x - 0.2F * r, y + r), color);
      list->AddRectFilled(ImVec2(x + 0.2F * r, y - r), ImVec2(x + 0.8F * r, y + r), color);
      return;
  }
}

}  // namespace gradflow::ui
