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
constexpr std::array<KeyLine, 21> kKeys{{
    {"← →", "one layer less, one more"},
    {"Page up, Page down", "twelve layers"},
    {"Home, End", "1 layer, 128 layers"},
    {"Tab, Shift Tab", "to the next, the previous control"},
    {"Space, Enter", "press the control that has the ring"},
    {"Esc", "leave the controls; close a list"},
    {"Ctrl Z, Ctrl Shift Z", "undo, redo"},
    {"Ctrl S, Ctrl Shift S", "save the session, save it as"},
    {"Ctrl N, Ctrl O", "a new session, open one"},
    {"Ctrl Shift C", "copy what is shown as a text, for screen readers"},
    {"Ctrl E", "export the figure and its table"},
    {"on the plot: ← →", "the layer that is read out"},
    {"on the plot: ↑ ↓", "zoom in, zoom out"},
    {"on the plot: Enter", "show all again"},
    {"on the heat map: ← → ↑ ↓", "the layer and the weight that are read out"},
    {"wheel, drag, double click", "zoom, move, show all"},
    {"Ctrl + and Ctrl -", "larger, smaller text"},
    {"Ctrl 0", "normal text"},
    {"Space, in the training view", "start, pause, go on"},
    {"F5", "presenter mode"},
    {"F1", "this list"},
}};

}  // namespace

void draw_keys(const Ui& ui, Look* look) {
  constexpr const char* kName = "help.keys";
  if (std::exchange(look->keys_wanted, false)) ImGui::OpenPopup(kName);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float line = ui.px(28);
  const float pad = ui.px(24);
  const float width = std::min(ui.px(520), screen.x);
  const float height = std::min(line * (static_cast<float>(kKeys.size()) + 3) + 2 * pad, screen.y);
  ImGui::SetNextWindowPos(ImVec2(std::round((screen.x - width) / 2), std::round((screen.y - height) / 2)));
  ImGui::SetNextWindowSize(ImVec2(width, height));
  if (!ImGui::BeginPopup(kName, ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNavInputs)) return;
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  Rect row{origin.x + pad, origin.y + pad, width - 2 * pad, line};
  ui.landmark(kName, {origin.x, origin.y, width, height});
  ui.text_in(ui.fonts().title, row, Align::left, ui.theme().text, "Keys");
  row.y += line * 1.25F;
  const float column = ui.px(216);
  for (const KeyLine& entry : kKeys) {
    ui.text_in(ui.fonts().text, {row.x, row.y, column, line}, Align::left, ui.theme().secondary, entry.keys);
    ui.text_in(ui.fonts().text, {row.x + column, row.y, row.width - column, line}, Align::left,
               ui.theme().text, entry.words);
    row.y += line;
  }
  const Rect close{row.x + row.width - ui.px(88), row.y + line * 0.5F, ui.px(88), ui.px(Metrics::kControl)};
  bool leave = button(ui, "help.keys.close", close, "Close", "");
  for (const Key key : {Key::escape, Key::enter, Key::f1}) {
    leave |= !ImGui::IsWindowAppearing() && compat::pressed_once(key);
  }
  if (leave) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace gradflow::ui
