#include "app/ui/text_box.h"

#include <algorithm>

#include "app/ui/compat.h"

namespace gradflow::ui {
namespace {

int grow(ImGuiInputTextCallbackData* data) {
  if (data->EventFlag != ImGuiInputTextFlags_CallbackResize) return 0;
  auto* text = static_cast<std::string*>(data->UserData);
  text->resize(static_cast<std::size_t>(data->BufTextLen));
  data->Buf = text->data();
  return 0;
}

/// What a box shares with the next: place, typeface, padding that centres the line, colours.
class Dressed {
 public:
  Dressed(const Ui& ui, const Rect& rect, const Font& font, ImVec2 padding, ImU32 ground) {
    ImGui::SetCursorScreenPos(ImVec2(rect.x, rect.y));
    ImGui::SetNextItemWidth(rect.width);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, padding);
    ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, ui.px(Metrics::kCorner));
    ImGui::PushStyleColor(ImGuiCol_FrameBg, ground);
    ImGui::PushStyleColor(ImGuiCol_Text, ui.theme().text);
    compat::push_font(font.face, font.size);
  }
  ~Dressed() {
    ImGui::PopFont();
    ImGui::PopStyleColor(2);
    ImGui::PopStyleVar(2);
  }
  Dressed(const Dressed&) = delete;
  Dressed& operator=(const Dressed&) = delete;
};

void outline(const Ui& ui, const Rect& rect) {
  ui.draw()->AddRect(ImVec2(rect.x, rect.y), ImVec2(rect.x + rect.width, rect.y + rect.height),
                     ui.theme().bad, ui.px(Metrics::kCorner), 0, std::max(1.0F, ui.px(1.5F)));
}

}  // namespace

std::optional<std::string> line_box(const Ui& ui, const std::string& name, const Rect& rect, const Font& font,
                                    const std::string& value, BoxLook look, std::string_view tip) {
  auto& edits = ui.state().edits;
  const auto pending = edits.find(name);
  std::string text = pending == edits.end() ? value : pending->second.text;
  if (ui.state().focus.arrived(name)) ImGui::SetKeyboardFocusHere();
  bool changed = false;
  {
    const ImVec2 padding(look == BoxLook::framed ? ui.px(8) : ui.px(4), (rect.height - font.size) / 2);
    const ImU32 ground = look == BoxLook::framed ? ui.theme().control : IM_COL32(0, 0, 0, 0);
    const Dressed dressed(ui, rect, font, padding, ground);
    changed =
        ImGui::InputText(("##" + name).c_str(), text.data(), text.capacity() + 1,
                         ImGuiInputTextFlags_CallbackResize | ImGuiInputTextFlags_AutoSelectAll, grow, &text);
  }
  const bool active = ImGui::IsItemActive();
  const bool left = ImGui::IsItemDeactivatedAfterEdit();
  ui.adopt(name, rect, tip);
  if (look == BoxLook::plain && (active || ImGui::IsItemHovered()) && !ui.state().focus.shows(name)) {
    ui.draw()->AddRect(ImVec2(rect.x, rect.y), ImVec2(rect.x + rect.width, rect.y + rect.height),
                       ui.theme().control_hovered, ui.px(Metrics::kCorner));
  }
  if (changed) edits[name] = {text, ""};
  if (pending != edits.end() && !pending->second.problem.empty()) outline(ui, rect);
  if (!left) return std::nullopt;
  edits.erase(name);
  ui.state().committed = true;
  return text;
}

bool text_area(const Ui& ui, const std::string& name, const Rect& rect, std::string* text,
               std::string_view tip) {
  if (ui.state().focus.arrived(name)) ImGui::SetKeyboardFocusHere();
  bool changed = false;
  {
    const Dressed dressed(ui, rect, ui.fonts().small, ImVec2(ui.px(8), ui.px(8)), ui.theme().control);
    changed = ImGui::InputTextMultiline(("##" + name).c_str(), text->data(), text->capacity() + 1,
                                        ImVec2(rect.width, rect.height), ImGuiInputTextFlags_CallbackResize,
                                        grow, text);
  }
  ui.adopt(name, rect, tip);
  return changed;
}

std::string_view problem_of(const Ui& ui, std::string_view name) {
  const auto place = ui.state().edits.find(name);
  return place == ui.state().edits.end() ? std::string_view() : std::string_view(place->second.problem);
}

}  // namespace gradflow::ui
