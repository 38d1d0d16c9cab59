// The words of the bar at the top, and the list that one of them opens.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/ui/ui.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {

/// What a word of the bar says and where it stands; its landmark is `name`.
struct MenuWord {
  std::string name;
  std::string_view label, tip;
};

/// Draws the word at `*x`, which goes on to the next one; true when it was clicked.
bool menu_word(const Ui& ui, const MenuWord& word, const Rect& bar, float* x);

/// The word with its list, the entries' landmarks PREFIX.KEY; returns the index picked, or -1.
int menu(const Ui& ui, const MenuWord& word, const std::string& prefix, std::span<const Choice> entries,
         const Rect& bar, float* x);

}  // namespace gradflow::ui
