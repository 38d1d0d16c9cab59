// The small controls: chips, segmented choices, buttons. Each returns what the user did to it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/ui/ui.h"

namespace gradflow::ui {

enum class State : unsigned char { off, on };
constexpr State state_if(bool on) { return on ? State::on : State::off; }

struct ChipLook {
  ImU32 on_fill, on_text;
  float corner = Metrics::kCorner;
};
ChipLook stack_look(const Theme& theme, std::size_t stack);
ChipLook neutral_look(const Theme& theme);

/// A word that is on (filled) or off; true when it was clicked.
bool chip(const Ui& ui, const std::string& name, const Rect& rect, std::string_view label, State state,
          const ChipLook& look, std::string_view tip);

/// A button without a state.
bool button(const Ui& ui, const std::string& name, const Rect& rect, std::string_view label,
            std::string_view tip);

/// The head of a section that folds; true when it was clicked, which has turned `*open`.
bool fold_head(const Ui& ui, const std::string& name, const Rect& row, std::string_view label,
               std::string_view tip, bool* open);

/// What one of several choices is called: its landmark is NAME.KEY.
struct Choice {
  std::string_view key, label, note = {};
  State state = State::on;  // off: shown dimmed in a list, and not to be picked
};

/// All choices side by side; returns the index clicked, or -1.
int segmented(const Ui& ui, const std::string& name, const Rect& rect, std::span<const Choice> choices,
              int current, const ChipLook& look, std::string_view tip);

/// The text that a chip of this label needs.
float chip_width(const Ui& ui, std::string_view label);

}  // namespace gradflow::ui
