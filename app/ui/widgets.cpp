#include "app/ui/widgets.h"

#include <cmath>

#include "app/ui/glyphs.h"

namespace gradflow::ui {

ChipLook stack_look(const Theme& theme, std::size_t stack) {
  return {theme.stack(stack), theme.on_stack(stack)};
}

ChipLook neutral_look(const Theme& theme) { return {theme.secondary, theme.ground}; }

bool chip(const Ui& ui, const std::string& name, const Rect& rect, std::string_view label, State state,
          const ChipLook& look, std::string_view tip) {
  const Hit hit = ui.control(name, rect, tip);
  const Theme& theme = ui.theme();
  const bool on = state == State::on;
  ImU32 fill = on ? look.on_fill : theme.control;
  if (hit.hovered) fill = on ? mix(fill, theme.text, 0.15F) : theme.control_hovered;
  ui.fill(rect, fill, look.corner);
  ui.text_in(ui.fonts().small, inset(rect, ui.px(2)), Align::center, on ? look.on_text : theme.secondary,
             label);
  return hit.clicked;
}

bool button(const Ui& ui, const std::string& name, const Rect& rect, std::string_view label,
            std::string_view tip) {
  const Hit hit = ui.control(name, rect, tip);
  ui.fill(rect, hit.hovered ? ui.theme().control_hovered : ui.theme().control);
  ui.text_in(ui.fonts().small, inset(rect, ui.px(2)), Align::center, ui.theme().text, label);
  return hit.clicked;
}

bool fold_head(const Ui& ui, const std::string& name, const Rect& row, std::string_view label,
               std::string_view tip, bool* open) {
  const Hit hit = ui.control(name, row, tip);
  if (hit.clicked) {
    *open = !*open;
    // What has opened below is brought up, as far as there is something to scroll.
    if (*open) ImGui::SetScrollHereY(0);
  }
  if (hit.hovered) ui.fill(row, ui.theme().control, Metrics::kPanelCorner);
  draw_arrow(ui, *open ? Arrow::down : Arrow::right, row.x + ui.px(20), row.center_y(), ui.px(4.5F),
             ui.theme().secondary);
  const Rect words{row.x + ui.px(36), row.y, row.width - ui.px(44), row.height};
  ui.text_in(ui.fonts().text, words, Align::left, ui.theme().text, label);
  return hit.clicked;
}

int segmented(const Ui& ui, const std::string& name, const Rect& rect, std::span<const Choice> choices,
              int current, const ChipLook& look, std::string_view tip) {
  ui.fill(rect, ui.theme().control);
  float words = 0;
  for (const Choice& choice : choices) words += chip_width(ui, choice.label);
  const float extra = (rect.width - words) / static_cast<float>(choices.size());
  int clicked = -1;
  float x = rect.x;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const bool last = i + 1 == choices.size();
    const float right = last ? rect.x + rect.width : std::round(x + chip_width(ui, choices[i].label) + extra);
    const Rect part{x, rect.y, right - x, rect.height};
    const State state = state_if(static_cast<int>(i) == current);
    const std::string landmark = name + "." + std::string(choices[i].key);
    if (chip(ui, landmark, part, choices[i].label, state, look, tip)) clicked = static_cast<int>(i);
    x = right;
  }
  return clicked;
}

float chip_width(const Ui& ui, std::string_view label) {
  return std::round(ui.width(ui.fonts().small, label)) + ui.px(2 * Metrics::kGap);
}

}  // namespace gradflow::ui
