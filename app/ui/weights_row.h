// Of a stack whose weights are those of a file: the line of the block's panel that says so, and the way back
// to drawn ones.
//
//   stack.I.weights   the file's name; its tip has the whole path
//   stack.I.drawn     gives the stack drawn weights again
#pragma once

#include <string>

#include "app/ui/ui.h"
#include "core/spec/stack.h"

namespace gradflow::ui {

/// Edits the stack; returns the height it took, 0 where the weights are drawn.
float draw_weights_row(const Ui& ui, const std::string& base, const Rect& place, StackSpec* spec);

/// What the list says beside the name: what the wiring is called, or that the weights are those of a file.
std::string row_words(const StackSpec& spec);

/// Where the weights come from, as a tip says it; nothing where they are drawn.
std::string weights_tip(const StackSpec& spec);

}  // namespace gradflow::ui
