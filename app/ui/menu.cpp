#include "app/ui/menu.h"

#include "app/ui/combo.h"

namespace gradflow::ui {
namespace {

constexpr float kListWidth = 200;

}  // namespace

bool menu_word(const Ui& ui, const MenuWord& word, const Rect& bar, float* x) {
  const float width = ui.width(ui.fonts().text, word.label) + ui.px(24);
  const Rect rect{*x, bar.y + (bar.height - ui.px(Metrics::kControl)) / 2, width, ui.px(Metrics::kControl)};
  const Hit hit = ui.control(word.name, rect, word.tip);
  if (hit.hovered) ui.fill(rect, ui.theme().control);
  ui.text_in(ui.fonts().text, rect, Align::center, ui.theme().secondary, word.label);
  *x += width;
  return hit.clicked;
}

int menu(const Ui& ui, const MenuWord& word, const std::string& prefix, std::span<const Choice> entries,
         const Rect& bar, float* x) {
  const Rect anchor{*x, bar.y + ui.px(8), ui.px(kListWidth), ui.px(Metrics::kControl)};
  if (menu_word(ui, word, bar, x)) {
    ui.state().combo_cursor = ui.state().focus.visible() ? 0 : -1;
    ImGui::OpenPopup(word.name.c_str());
  }
  return popup_list(ui, word.name, prefix, anchor, entries, -1);
}

}  // namespace gradflow::ui
