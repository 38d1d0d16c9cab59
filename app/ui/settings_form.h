// What the rows of the settings share: label on the left, control on the right, edits to all stacks or to
// one.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "app/session/scene.h"
#include "app/ui/combo.h"
#include "app/ui/edits.h"
#include "app/ui/text_box.h"
#include "app/ui/ui.h"
#include "core/spec/names.h"

namespace gradflow::ui {

/// What the rows share: where they go, whom they edit, and the stack whose values they show.
struct Form {
  const Ui& ui;
  float x, width, y;
  session::Scene* scene;
  Target target;

  const StackSpec& shown() const { return scene->stacks[target.value_or(0)]; }
  template <class Edit>
  void edit(Edit change) const {
    edit_stacks(scene, target, change);
  }
};

/// A line above a group of rows.
void draw_heading(Form* form, std::string_view words);

/// The label on the left; returns where the control goes.
Rect next_row(Form* form, std::string_view label);

/// The sentence under a box whose text is no number, if there is one.
void draw_problem(Form* form, const std::string& name);

/// A line under a row, in the control's column.
void draw_note(Form* form, std::string_view words);

/// All stacks are edited and differ in this value: the box shows A's, and says so.
template <class Get>
void draw_difference(Form* form, Get get) {
  if (form->target) return;
  std::string words;
  for (std::size_t i = 1; i < form->scene->stacks.size(); ++i) {
    const auto value = get(form->scene->stacks[i]);
    if (value == get(form->scene->stacks[0])) continue;
    words += (words.empty() ? "" : ", ") +
             tr("{0} has {1}", {std::string(1, figure::stack_letter(i)), number_text(value)});
  }
  if (!words.empty()) draw_note(form, words);
}

/// A box for a number reached by a pointer to member or any other way of getting at it.
template <class Access>
void draw_number(Form* form, const std::string& name, std::string_view label, std::string_view tip,
                 Access access) {
  StackSpec& first = form->scene->stacks[form->target.value_or(0)];
  const auto typed = number_box(form->ui, name, next_row(form, label), access(first), tip);
  if (typed) form->edit([&](StackSpec* spec) { access(*spec) = *typed; });
  draw_problem(form, name);
  draw_difference(form, [&](StackSpec& spec) { return access(spec); });
}

template <class E>
std::array<Choice, kNames<E>.size()> choices_of() {
  std::array<Choice, kNames<E>.size()> choices;
  for (std::size_t i = 0; i < choices.size(); ++i) choices[i] = {kNames<E>[i].key, tr(kNames<E>[i].label)};
  return choices;
}

/// A combo over the rows of an enumeration.
template <class E, class Access>
void draw_choice(Form* form, const std::string& name, std::string_view label, std::string_view tip,
                 Access access) {
  const auto choices = choices_of<E>();
  const E value = access(form->scene->stacks[form->target.value_or(0)]);
  const int picked =
      combo(form->ui, name, next_row(form, label), label_of(value), choices, static_cast<int>(value), tip);
  if (picked < 0) return;
  form->edit([&](StackSpec* spec) { access(*spec) = kNames<E>[static_cast<std::size_t>(picked)].value; });
}

/// settings_input.cpp: seed, kind of tokens, text.
void draw_input(Form* form);

}  // namespace gradflow::ui
