#include "app/ui/session_menu.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "app/ui/compat.h"
#include "app/ui/menu.h"

namespace gradflow::ui {
namespace {

constexpr std::size_t kMaxRecent = 6;  // shown

/// An entry and its keys.
struct Entry {
  Command command;
  std::string_view key, label, note;
};
constexpr std::array<Entry, 5> kFile{{
    {Command::fresh, "new", text_key("New"), text_key("Ctrl N")},
    {Command::open, "open", text_key("Open…"), text_key("Ctrl O")},
    {Command::save, "save", text_key("Save"), text_key("Ctrl S")},
    {Command::save_as, "save_as", text_key("Save as…"), text_key("Ctrl Shift S")},
    {Command::export_figure, "export", text_key("Export figure…"), text_key("Ctrl E")},
}};

/// "session.json" and its folder.
std::pair<std::string_view, std::string_view> name_and_folder(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {path, ""};
  return {path.substr(slash + 1), path.substr(0, slash)};
}

void draw_file_menu(const Ui& ui, const Rect& bar, const SessionStatus& status, float* x, SessionWish* wish) {
  std::vector<Choice> entries;
  for (const Entry& entry : kFile) entries.push_back({entry.key, tr(entry.label), tr(entry.note)});
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < std::min(kMaxRecent, status.recent.size()); ++i) {
    keys.push_back("recent." + std::to_string(i));
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto [name, folder] = name_and_folder(status.recent[i]);
    entries.push_back({keys[i], name, folder});
  }
  const MenuWord word{"header.file", tr("File"),
                      tr("Sessions: all stacks and how they are looked at; and the plot as a figure for "
                         "print. A file of either can also be dropped on the window.")};
  const int picked = menu(ui, word, "file", entries, bar, x);
  if (picked < 0) return;
  const auto index = static_cast<std::size_t>(picked);
  if (index < kFile.size()) {
    wish->command = kFile[index].command;
  } else {
    *wish = {Command::open, status.recent[index - kFile.size()]};
  }
}

void draw_edit_menu(const Ui& ui, const Rect& bar, const SessionStatus& status, float* x, SessionWish* wish) {
  const std::array<Choice, 3> entries{{
      {"undo", tr("Undo"), tr("Ctrl Z"), state_if(status.can_undo)},
      {"redo", tr("Redo"), tr("Ctrl Shift Z"), state_if(status.can_redo)},
      {"summary", tr("Copy a summary in words"), tr("Ctrl Shift C")},
  }};
  constexpr std::array<Command, entries.size()> kCommands{Command::undo, Command::redo, Command::summarize};
  const MenuWord word{
      "header.edit", tr("Edit"),
      tr("Undo and redo, over every edit; a drag is one step. What is shown as a text, for screen readers.")};
  const int picked = menu(ui, word, "edit", entries, bar, x);
  if (picked >= 0) wish->command = kCommands[static_cast<std::size_t>(picked)];
}

}  // namespace

void draw_session_menus(const Ui& ui, const Rect& bar, const SessionStatus& status, float* x,
                        SessionWish* wish) {
  draw_file_menu(ui, bar, status, x, wish);
  draw_edit_menu(ui, bar, status, x, wish);
}

void take_session_keys(SessionWish* wish) {
  const ImGuiIO& io = ImGui::GetIO();
  if (!io.KeyCtrl || io.KeyAlt) return;
  if (compat::pressed_once(Key::s)) wish->command = io.KeyShift ? Command::save_as : Command::save;
  if (io.KeyShift && compat::pressed_once(Key::c)) wish->command = Command::summarize;
  if (io.WantTextInput) return;
  if (compat::pressed(Key::z)) wish->command = io.KeyShift ? Command::redo : Command::undo;
  if (compat::pressed(Key::y)) wish->command = Command::redo;
  if (compat::pressed_once(Key::n)) wish->command = Command::fresh;
  if (compat::pressed_once(Key::o)) wish->command = Command::open;
  if (compat::pressed_once(Key::e)) wish->command = Command::export_figure;
}

}  // namespace gradflow::ui
