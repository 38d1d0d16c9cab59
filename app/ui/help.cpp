#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "app/ui/compat.h"
#include "app/ui/header_bar.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {
namespace {

struct KeyLine {
  std::string_view keys, words;
};
constexpr std::array<KeyLine, 25> kKeys{{
    {text_key("← →"), text_key("one layer less, one more")},
    {text_key("Page up, Page down"), text_key("twelve layers")},
    {text_key("Home, End"), text_key("1 layer, 128 layers")},
    {text_key("in a lesson: Page up, Page down"), text_key("the page before, the next page")},
    {text_key("Tab, Shift Tab"), text_key("to the next, the previous control")},
    {text_key("Space, Enter"), text_key("press the control that has the ring")},
    {text_key("Esc"), text_key("leave the controls; close a list")},
    {text_key("Ctrl Z, Ctrl Shift Z or Ctrl Y"), text_key("undo, redo")},
    {text_key("Ctrl S, Ctrl Shift S"), text_key("save the session, save it as")},
    {text_key("Ctrl N, Ctrl O"), text_key("a new session, open one")},
    {text_key("Ctrl Shift C"), text_key("copy what is shown as a text, for screen readers")},
    {text_key("Ctrl E"), text_key("export the figure and its table")},
    {text_key("on the plot: ← →"), text_key("the layer that is read out")},
    {text_key("on the plot: ↑ ↓"), text_key("zoom in, zoom out")},
    {text_key("on the plot: Enter"), text_key("show all again")},
    {text_key("on the heat map: ← → ↑ ↓"), text_key("the layer and the weight that are read out")},
    {text_key("on a stack of the list: F2, Delete"), text_key("rename it, remove it")},
    {text_key("on the strip of layers: ↑ ↓"), text_key("the layer that is edited")},
    {text_key("wheel, drag, double click"), text_key("zoom, move, show all")},
    {text_key("Ctrl + and Ctrl -"), text_key("larger, smaller text")},
    {text_key("Ctrl 0"), text_key("normal text")},
    {text_key("Space, in the training view"), text_key("start, pause, go on")},
    {text_key("F5"), text_key("presenter mode")},
    {text_key("F3"), text_key("what is shown, in words")},
    {text_key("F1"), text_key("this list")},
}};

}  // namespace

void draw_keys(const Ui& ui, Look* look) {
  constexpr const char* kName = "help.keys.panel";
  if (std::exchange(look->keys_wanted, false)) ImGui::OpenPopup(kName);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float pad = ui.px(24);
  const float line = std::min(ui.px(28), (screen.y - 2 * pad) / (static_cast<float>(kKeys.size()) + 3));
  const float width = std::min(ui.px(648), screen.x);
  const float height = std::min(line * (static_cast<float>(kKeys.size()) + 3) + 2 * pad, screen.y);
  ImGui::SetNextWindowPos(ImVec2(std::round((screen.x - width) / 2), std::round((screen.y - height) / 2)));
  ImGui::SetNextWindowSize(ImVec2(width, height));
  if (!ImGui::BeginPopup(kName, ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNavInputs)) return;
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  Rect row{origin.x + pad, origin.y + pad, width - 2 * pad, line};
  ui.landmark(kName, {origin.x, origin.y, width, height});
  ui.text_in(ui.fonts().title, row, Align::left, ui.theme().text, tr("Keys"));
  row.y += line * 1.25F;
  const float column = ui.px(248);
  for (const KeyLine& entry : kKeys) {
    ui.text_in(ui.fonts().text, {row.x, row.y, column, line}, Align::left, ui.theme().secondary,
               tr(entry.keys));
    ui.text_in(ui.fonts().text, {row.x + column, row.y, row.width - column, line}, Align::left,
               ui.theme().text, tr(entry.words));
    row.y += line;
  }
  const Rect close{row.x + row.width - ui.px(88), row.y + line * 0.5F, ui.px(88), ui.px(Metrics::kControl)};
  bool leave = button(ui, "help.keys.close", close, tr("Close"), "");
  for (const Key key : {Key::escape, Key::enter, Key::f1}) {
    leave |= !ImGui::IsWindowAppearing() && compat::pressed_once(key);
  }
  if (leave) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace gradflow::ui
