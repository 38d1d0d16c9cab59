#include "app/ui/combo.h"

#include <algorithm>

#include "app/ui/compat.h"
#include "app/ui/glyphs.h"

namespace gradflow::ui {
namespace {

constexpr float kEntry = 30;
constexpr float kShareOfScreen = 0.7F;

float entry_width(const Ui& ui, const Choice& choice) {
  const float note = choice.note.empty() ? 0 : ui.width(ui.fonts().small, choice.note) + ui.px(24);
  return ui.width(ui.fonts().text, choice.label) + note + ui.px(28);
}

/// Below the control where it fits, else above it; never beyond the screen.
Rect list_rect(const Ui& ui, const Rect& anchor, std::span<const Choice> choices) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  float width = anchor.width;
  for (const Choice& choice : choices) width = std::max(width, entry_width(ui, choice));
  width = std::min(width, screen.x - ui.px(16));
  const float wanted = ui.px(kEntry) * static_cast<float>(choices.size()) + ui.px(8);
  const float height = std::min(wanted, screen.y * kShareOfScreen);
  const float below = anchor.y + anchor.height + ui.px(4);
  const float above = anchor.y - ui.px(4) - height;
  const float y = below + height <= screen.y || above < 0 ? std::min(below, screen.y - height) : above;
  const float x = std::clamp(anchor.x, 0.0F, std::max(0.0F, screen.x - width));
  return {x, std::max(0.0F, y), width, height};
}

/// Moves the cursor; returns the entry that Enter or Space picked, or -1.
int keys(UiState* state, int count) {
  int& cursor = state->combo_cursor;
  if (compat::pressed(Key::down)) cursor = std::min(cursor + 1, count - 1);
  if (compat::pressed(Key::up)) cursor = std::max(cursor - 1, 0);
  if (compat::pressed(Key::home)) cursor = 0;
  if (compat::pressed(Key::end)) cursor = count - 1;
  if (compat::pressed_once(Key::escape)) ImGui::CloseCurrentPopup();
  const bool enter = compat::pressed_once(Key::enter) || compat::pressed_once(Key::keypad_enter) ||
                     compat::pressed_once(Key::space);
  return enter ? cursor : -1;
}

bool entry(const Ui& ui, const std::string& name, const Rect& rect, const Choice& choice, bool current,
           bool cursor) {
  ImGui::SetCursorScreenPos(ImVec2(rect.x, rect.y));
  const bool clicked = ImGui::InvisibleButton(name.c_str(), ImVec2(rect.width, rect.height));
  ui.landmark(name, rect);
  ui.scroll_into_view(name, cursor);
  const Theme& theme = ui.theme();
  const bool usable = choice.state == State::on;
  if ((ImGui::IsItemHovered() && usable) || cursor) ui.fill(rect, theme.control_hovered);
  const float pad = ui.px(8);
  if (current) ui.fill({rect.x, rect.y + pad, ui.px(3), rect.height - 2 * pad}, theme.text, 1);
  const Rect words{rect.x + pad + ui.px(2), rect.y, rect.width - 2 * pad, rect.height};
  ui.text_in(ui.fonts().text, words, Align::left,
             usable ? theme.text : mix(theme.panel, theme.secondary, 0.6F), choice.label);
  if (!choice.note.empty()) {
    const float used = ui.width(ui.fonts().text, choice.label) + ui.px(16);
    const Rect rest{words.x + used, words.y, words.width - used, words.height};
    ui.text_in(ui.fonts().small, rest, Align::right, theme.secondary, choice.note);
  }
  return clicked;
}

int open_list(const Ui& ui, const std::string& prefix, std::span<const Choice> choices, int current) {
  // Keys that opened the list in this frame must not pick from it.
  int picked = ImGui::IsWindowAppearing() ? -1 : keys(&ui.state(), static_cast<int>(choices.size()));
  const float pad = ui.px(4);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetWindowWidth() - 2 * pad - (ImGui::GetScrollMaxY() > 0 ? ui.px(8) : 0);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const Rect rect{origin.x + pad, origin.y + pad + ui.px(kEntry) * static_cast<float>(i), width,
                    ui.px(kEntry)};
    const int index = static_cast<int>(i);
    const std::string landmark = prefix + "." + std::string(choices[i].key);
    const bool cursor = ui.state().combo_cursor == index;
    if (entry(ui, landmark, rect, choices[i], index == current, cursor)) picked = index;
  }
  ImGui::SetCursorScreenPos(
      ImVec2(origin.x, origin.y + ui.px(kEntry) * static_cast<float>(choices.size()) + pad));
  ImGui::Dummy(ImVec2(1, pad));
  if (picked >= 0 && choices[static_cast<std::size_t>(picked)].state == State::off) return -1;
  if (picked >= 0) ImGui::CloseCurrentPopup();
  return picked;
}

}  // namespace

int popup_list(const Ui& ui, const std::string& name, const std::string& prefix, const Rect& anchor,
               std::span<const Choice> choices, int current) {
  if (!ImGui::IsPopupOpen(name.c_str())) return -1;
  const Rect list = list_rect(ui, anchor, choices);
  ImGui::SetNextWindowPos(ImVec2(list.x, list.y));
  ImGui::SetNextWindowSize(ImVec2(list.width, list.height));
  int picked = -1;
  if (ImGui::BeginPopup(name.c_str(), ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNavInputs)) {
    picked = open_list(ui, prefix, choices, current);
    ImGui::EndPopup();
  }
  return picked;
}

int combo(const Ui& ui, const std::string& name, const Rect& rect, std::string_view shown,
          std::span<const Choice> choices, int current, std::string_view tip) {
  const Hit hit = ui.control(name, rect, tip);
  const Theme& theme = ui.theme();
  ui.fill(rect, hit.hovered ? theme.control_hovered : theme.control);
  const float pad = ui.px(8);
  const float arrow = ui.px(16);
  ui.text_in(ui.fonts().text, {rect.x + pad, rect.y, rect.width - 2 * pad - arrow, rect.height}, Align::left,
             theme.text, shown);
  draw_arrow(ui, Arrow::down, rect.x + rect.width - pad - ui.px(4), rect.center_y(), ui.px(4),
             theme.secondary);
  if (hit.clicked) {
    ui.state().combo_cursor = hit.focused ? std::max(0, current) : -1;
    ImGui::OpenPopup(name.c_str());
  }
  return popup_list(ui, name, name, rect, choices, current);
}

}  // namespace gradflow::ui
