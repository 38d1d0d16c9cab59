#include "app/ui/ui.h"

#include <algorithm>
#include <cfloat>
#include <cmath>

#include "app/ui/compat.h"

namespace gradflow::ui {
namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

struct Measure {
  const Ui* ui;
  const Font* font;
};

float measured(const void* context, std::string_view text) {
  const auto* measure = static_cast<const Measure*>(context);
  return measure->ui->width(*measure->font, text);
}

bool inside(const ImVec2& min, const ImVec2& max, const Rect& rect) {
  return rect.x >= min.x - 0.5F && rect.y >= min.y - 0.5F && rect.x + rect.width <= max.x + 0.5F &&
         rect.y + rect.height <= max.y + 0.5F;
}

}  // namespace

Rect inset(const Rect& rect, float by) {
  return {rect.x + by, rect.y + by, std::max(0.0F, rect.width - 2 * by),
          std::max(0.0F, rect.height - 2 * by)};
}

std::string ellipsized(std::string_view text, float width, float (*measure)(const void*, std::string_view),
                       const void* context) {
  constexpr std::string_view kEllipsis = "…";
  const float room = width - measure(context, kEllipsis);
  std::size_t end = text.size();
  while (end > 0 && measure(context, text.substr(0, end)) > room) {
    --end;
    while (end > 0 && is_continuation(text[end])) --end;
  }
  return std::string(text.substr(0, end)) + std::string(kEllipsis);
}

Ui::Ui(const Theme& theme, const Fonts& fonts, float scale, UiState* state)
    : theme_(theme), fonts_(fonts), scale_(scale), state_(state) {}

float Ui::px(float length) const { return std::round(length * scale_); }

float Ui::width(const Font& font, std::string_view text) const {
  return font.face->CalcTextSizeA(font.size, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

void Ui::note(std::string_view text) const {
  if (state_->drawn != nullptr) state_->drawn->emplace(text);
}

void Ui::put(const Font& font, float x, float y, ImU32 color, std::string_view text) const {
  draw()->AddText(font.face, font.size, ImVec2(std::round(x), std::round(y)), color, text.data(),
                  text.data() + text.size());
}

void Ui::text(const Font& font, float x, float y, ImU32 color, std::string_view text) const {
  note(text);
  put(font, x, y, color, text);
}

void Ui::text_in(const Font& font, const Rect& rect, Align align, ImU32 color, std::string_view text) const {
  note(text);  // before it is cut
  const float length = width(font, text);
  const float y = rect.y + (rect.height - font.size) / 2;
  if (length > rect.width + 1) {
    const Measure measure{this, &font};
    put(font, rect.x, y, color, ellipsized(text, rect.width, measured, &measure));
    return;
  }
  const float free = rect.width - length;
  const float shift = align == Align::left ? 0 : align == Align::center ? free / 2 : free;
  put(font, rect.x + shift, y, color, text);
}

float Ui::paragraph(const Font& font, const Rect& rect, ImU32 color, std::string_view text) const {
  note(text);
  draw()->AddText(font.face, font.size, ImVec2(std::round(rect.x), std::round(rect.y)), color, text.data(),
                  text.data() + text.size(), rect.width);
  return paragraph_height(font, rect.width, text);
}

float Ui::paragraph_height(const Font& font, float width, std::string_view text) const {
  return font.face->CalcTextSizeA(font.size, FLT_MAX, width, text.data(), text.data() + text.size()).y;
}

void Ui::fill(const Rect& rect, ImU32 color, float corner) const {
  draw()->AddRectFilled(ImVec2(rect.x, rect.y), ImVec2(rect.x + rect.width, rect.y + rect.height), color,
                        px(corner));
}

bool Ui::keys_free() const {
  return !ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel) &&
         !ImGui::GetIO().WantTextInput;
}

void Ui::landmark(std::string_view name, const Rect& rect, const std::optional<Track>& x) const {
  const ImDrawList* list = draw();
  state_->landmarks.set(name, {rect, inside(list->GetClipRectMin(), list->GetClipRectMax(), rect), x});
}

void Ui::scroll_into_view(const std::string& name, bool wanted) const {
  if (!wanted && state_->reveal != name) return;
  if (!state_->landmarks.find(name)->visible) ImGui::SetScrollHereY(0.5F);
}

void Ui::focus_ring(const Rect& rect) const {
  const float gap = px(2);
  draw()->AddRect(ImVec2(rect.x - gap, rect.y - gap),
                  ImVec2(rect.x + rect.width + gap, rect.y + rect.height + gap), theme_.text,
                  px(Metrics::kCorner) + gap, 0, std::max(1.5F, px(2)));
}

void Ui::explain(const std::string& name, const Rect& rect, std::string_view tip) const {
  if (state_->tip_name != name) {
    state_->tip_name = name;
    state_->tip_seconds = 0;
    state_->tip_muted = false;
  }
  state_->tip_text = tip;
  note(tip);
  state_->tip_rect = rect;
  state_->tip_alive = true;
}

void Ui::adopt(const std::string& name, const Rect& rect, std::string_view tip) const {
  Focus& focus = state_->focus;
  focus.add(name);
  landmark(name, rect);
  scroll_into_view(name, focus.arrived(name));
  if (ImGui::IsItemActivated() && !focus.shows(name)) focus.set(name, false);
  if (focus.shows(name)) focus_ring(rect);
  const bool active = ImGui::IsItemActive();
  if (!tip.empty() && (active || ImGui::IsItemHovered())) explain(name, rect, tip);
  if (state_->tip_name == name && active) state_->tip_muted = true;
}

Hit Ui::control(const std::string& name, const Rect& rect, std::string_view tip,
                const std::optional<Track>& x) const {
  Hit hit{rect};
  ImGui::SetCursorScreenPos(ImVec2(rect.x, rect.y));
  hit.clicked =
      ImGui::InvisibleButton(name.c_str(), ImVec2(std::max(1.0F, rect.width), std::max(1.0F, rect.height)));
  hit.hovered = ImGui::IsItemHovered();
  hit.held = ImGui::IsItemActive();
  Focus& focus = state_->focus;
  focus.add(name);
  landmark(name, rect, x);
  scroll_into_view(name, focus.arrived(name));
  if (ImGui::IsItemActivated()) focus.set(name, false);
  hit.focused = focus.shows(name);
  if (hit.focused) {
    focus_ring(rect);
    const bool key = compat::pressed_once(Key::space) || compat::pressed_once(Key::enter) ||
                     compat::pressed_once(Key::keypad_enter);
    if (key && keys_free()) hit.clicked = true;
  }
  if (!tip.empty() && (hit.hovered || hit.held || (hit.focused && keys_free()))) explain(name, rect, tip);
  if (state_->tip_name == name && (hit.held || hit.clicked)) state_->tip_muted = true;
  return hit;
}

}  // namespace gradflow::ui
