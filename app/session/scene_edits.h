// Edits of the list of stacks and of what is shown of each: pure functions on the scene. What cannot be done
// (a seventh stack, no stack at all) changes nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "app/session/scene.h"

namespace gradflow::session {

/// A stack that can be added: a built-in one or a preset.
struct Offer {
  std::string key;    // what the command line calls it
  std::string label;  // "Llama 2 (70B)"
  std::string note;   // "2023"
  StackSpec stack;
};

/// `wanted`, or where a stack has that name the first of "Pre-LN 2", "Pre-LN 3", ... that none has.
std::string unique_name(const Scene& scene, std::string_view wanted);

/// The stack whose depth linked ones have: the first with drawn weights, for those of a file have the depth
/// that they have; the first of all where there is none.
std::size_t linked_stack(const Scene& scene);

/// Gives the stack drawn weights in place of a file's; its depth stays. The file's tokens go with them: where
/// the vocabulary is too small for those of a text, they are random.
void draw_weights(StackSpec* stack);

/// Appends it under a name of its own and selects it. Linked stacks have one depth, so it takes theirs.
void add_stack(Scene* scene, StackSpec stack);

/// The copy stands right behind the stack and is selected.
void duplicate_stack(Scene* scene, std::size_t index);

/// The selection stays on its stack, or goes to the one that takes the place of a selected one.
void remove_stack(Scene* scene, std::size_t index);

/// The stack goes to place `to`, the ones between move up; the selection follows its stack.
void move_stack(Scene* scene, std::size_t from, std::size_t to);

bool is_hidden(const Scene& scene, std::size_t index);
void set_hidden(Scene* scene, std::size_t index, bool hidden);

/// What a click on a legend's entry does: hides the stack; shows a hidden one alone; shows all where it was
/// alone.
void click_legend(Scene* scene, std::size_t index);

/// The stack whose curve is kept, as it was then; nullptr where none is.
const StackSpec* pin_of(const Scene& scene, std::size_t index);
/// Keeps the curve of the stack as it is now.
void pin_stack(Scene* scene, std::size_t index);
void unpin_stack(Scene* scene, std::size_t index);

/// Drops the entries at the end of the lists beside the stacks that say nothing, so that scenes that look the
/// same are equal.
void tidy(Scene* scene);

/// Another stack in the same place, with its own name and, while the depth is linked, the depth of all.
void replace_stack(Scene* scene, std::size_t index, StackSpec stack);

}  // namespace gradflow::session
