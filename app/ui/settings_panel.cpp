#include "app/ui/settings_panel.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "app/ui/combo.h"
#include "app/ui/glyphs.h"
#include "app/ui/text_box.h"
#include "app/ui/widgets.h"
#include "core/spec/fields.h"
#include "core/spec/names.h"

namespace gradflow::ui {
namespace {

constexpr float kLabel = 112, kHead = 40, kTextHeight = 132;
constexpr std::size_t kMaxEditableText = std::size_t{32} << 10U;  // bytes; more would make every frame late

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

void draw_heading(Form* form, std::string_view words) {
  form->y += form->ui.px(12);
  const Rect row{form->x, form->y, form->width, form->ui.px(24)};
  form->ui.text_in(form->ui.fonts().small, row, Align::left, form->ui.theme().secondary, words);
  form->y += row.height;
}

/// The label on the left; returns where the control goes.
Rect next_row(Form* form, std::string_view label) {
  const Ui& ui = form->ui;
  const Rect row{form->x, form->y, form->width, ui.px(Metrics::kControl)};
  ui.text_in(ui.fonts().small, {row.x, row.y, ui.px(kLabel), row.height}, Align::left, ui.theme().text,
             label);
  form->y += ui.px(Metrics::kRow);
  return {row.x + ui.px(kLabel), row.y, row.width - ui.px(kLabel), row.height};
}

void draw_problem(Form* form, const std::string& name) {
  const std::string_view problem = problem_of(form->ui, name);
  if (problem.empty()) return;
  const Rect place{form->x, form->y, form->width, 0};
  form->y +=
      form->ui.paragraph(form->ui.fonts().small, place, form->ui.theme().bad, problem) + form->ui.px(4);
}

/// All stacks are edited and differ in this value: the box shows A's, and says so.
template <class Get>
void draw_difference(Form* form, Get get) {
  if (form->target) return;
  std::string words;
  for (std::size_t i = 1; i < form->scene->stacks.size(); ++i) {
    const auto value = get(form->scene->stacks[i]);
    if (value == get(form->scene->stacks[0])) continue;
    words += std::string(words.empty() ? "" : ", ") + figure::stack_letter(i) + " has " + number_text(value);
  }
  if (words.empty()) return;
  const Rect place{form->x + form->ui.px(kLabel), form->y, form->width - form->ui.px(kLabel), 0};
  form->y += form->ui.paragraph(form->ui.fonts().small, place, form->ui.theme().secondary, words);
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

std::string range_tip(const IntField& field) {
  return std::string(field.help) + "; " + std::to_string(field.min) + " to " + std::to_string(field.max) +
         ".";
}

void draw_shape_numbers(Form* form) {
  for (const IntField& field : kIntFields) {
    if (field.member == &StackSpec::num_layers) continue;  // the depth slider's
    const auto access = [&field](StackSpec& spec) -> int& { return spec.*field.member; };
    draw_number(form, "shape." + std::string(field.key), field.label, range_tip(field), access);
  }
}

template <class E>
std::array<Choice, kNames<E>.size()> choices_of() {
  std::array<Choice, kNames<E>.size()> choices;
  for (std::size_t i = 0; i < choices.size(); ++i) choices[i] = {kNames<E>[i].key, kNames<E>[i].label};
  return choices;
}

/// A combo over the rows of an enumeration.
template <class E, class Access>
void draw_choice(Form* form, const std::string& name, std::string_view label, std::string_view tip,
                 Access access) {
  const auto choices = choices_of<E>();
  const E value = access(form->scene->stacks[form->target.value_or(0)]);
  const int picked =
      combo(form->ui, name, next_row(form, label), named(value).label, choices, static_cast<int>(value), tip);
  if (picked < 0) return;
  form->edit([&](StackSpec* spec) { access(*spec) = kNames<E>[static_cast<std::size_t>(picked)].value; });
}

void draw_shape(Form* form) {
  const Ui& ui = form->ui;
  draw_heading(form, "Shape");
  draw_shape_numbers(form);
  draw_choice<Activation>(form, "shape.activation", "activation", "The feed-forward's non-linearity.",
                          [](StackSpec& spec) -> Activation& { return spec.activation; });
  draw_choice<Positions>(form, "shape.positions", "positions", "How the stack knows where a token stands.",
                         [](StackSpec& spec) -> Positions& { return spec.positions; });
  const Rect row = next_row(form, "attention");
  const bool causal = form->shown().causal;
  if (chip(ui, "shape.causal", row, causal ? "causal (decoder)" : "bidirectional (encoder)", state_if(causal),
           neutral_look(ui.theme()), "Causal attention sees only earlier tokens, as a decoder's does.")) {
    form->edit([causal](StackSpec* spec) { spec->causal = !causal; });
  }
  draw_number(form, "shape.epsilon", "norm ε", "ε, added to the variance under the norm's square root.",
              [](StackSpec& spec) -> double& { return spec.norm.epsilon; });
}

void draw_init(Form* form) {
  draw_heading(form, "Initialisation");
  draw_choice<InitScheme>(form, "init.scheme", "scheme", "The distribution that weights are drawn from.",
                          [](StackSpec& spec) -> InitScheme& { return spec.init.scheme; });
  draw_choice<ResidualOutput>(form, "init.residual_output", "branch outputs",
                              "An extra factor on the matrices that write to the residual stream.",
                              [](StackSpec& spec) -> ResidualOutput& { return spec.init.residual_output; });
  draw_number(form, "init.gain", "gain", "A factor on the standard deviation of every weight matrix.",
              [](StackSpec& spec) -> double& { return spec.init.gain; });
}

void draw_seed(Form* form) {
  const Ui& ui = form->ui;
  const Rect row = next_row(form, "seed");
  const float button_width = ui.px(56);
  const Rect box{row.x, row.y, row.width - button_width - ui.px(4), row.height};
  const std::uint64_t seed = form->shown().seed;
  const auto typed =
      number_box(ui, "input.seed", box, seed, "The seed of all weights: one curve is one draw.");
  if (typed) form->edit([&](StackSpec* spec) { spec->seed = *typed; });
  const Rect next{row.x + row.width - button_width, row.y, button_width, row.height};
  if (button(ui, "input.next_seed", next, "next", "Draws other weights: the seed goes up by one.")) {
    form->edit([seed](StackSpec* spec) { spec->seed = seed + 1; });
  }
  draw_problem(form, "input.seed");
}

std::string bytes_read(const StackSpec& spec) {
  const auto wanted = static_cast<long long>(spec.sequence_length) * spec.batch_size;
  return std::to_string(spec.batch_size) + " windows of " + std::to_string(spec.sequence_length) +
         " bytes = " + std::to_string(wanted) + " of " + std::to_string(spec.input.text.size()) +
         " bytes are read.";
}

void draw_text(Form* form) {
  const Ui& ui = form->ui;
  const std::string& text = form->shown().input.text;
  const Rect box{form->x, form->y, form->width, ui.px(kTextHeight)};
  if (text.size() <= kMaxEditableText && is_editable_text(text)) {
    std::string edited = text;
    if (text_area(ui, "input.text", box, &edited, "The text that is fed in, byte by byte.")) {
      form->edit([&](StackSpec* spec) { spec->input.text = edited; });
    }
  } else {
    ui.fill(box, ui.theme().control);
    ui.landmark("input.text", box);
    ui.paragraph(ui.fonts().small, inset(box, ui.px(8)), ui.theme().secondary,
                 std::to_string(text.size()) +
                     " bytes, measured as they are; too long, or not UTF-8 text, to be "
                     "edited here.");
  }
  form->y += box.height + ui.px(4);
  const Rect note{form->x, form->y, form->width, 0};
  form->y += ui.paragraph(ui.fonts().small, note, ui.theme().secondary, bytes_read(form->shown())) + ui.px(8);
  const Rect row{form->x, form->y, form->width, ui.px(Metrics::kControl)};
  if (button(ui, "input.default_text", row, "Back to the built-in text",
             "The text that ships with gradflow.")) {
    form->edit([](StackSpec* spec) { spec->input.text = InputSpec::default_text(); });
  }
  form->y += row.height;
}

void draw_input(Form* form) {
  draw_heading(form, "Input and seed");
  draw_seed(form);
  const InputKind kind = form->shown().input.kind;
  const auto choices = choices_of<InputKind>();
  const Rect row = next_row(form, "tokens");
  const int picked = segmented(form->ui, "input.kind", row, choices, static_cast<int>(kind),
                               neutral_look(form->ui.theme()), "Bytes of a text, or uniform random tokens.");
  if (picked >= 0) {
    form->edit([picked](StackSpec* spec) {
      spec->input.kind = kNames<InputKind>[static_cast<std::size_t>(picked)].value;
    });
  }
  if (kind == InputKind::text) draw_text(form);
}

/// "all | A | B": whom the section edits.
void draw_target(Form* form, SettingsState* state) {
  const Ui& ui = form->ui;
  const Rect row = next_row(form, "applies to");
  const std::size_t count = form->scene->stacks.size();
  constexpr std::string_view kTip =
      "Whom this section edits: all stacks, so that they stay comparable, or one alone.";
  ui.fill(row, ui.theme().control);
  const float all = std::min(row.width / 2, chip_width(ui, "all stacks") + ui.px(8));
  const float share = (row.width - all) / static_cast<float>(count);
  const ChipLook neutral = neutral_look(ui.theme());
  if (chip(ui, "settings.target.all", {row.x, row.y, all, row.height}, "all stacks", state_if(!state->target),
           neutral, kTip)) {
    state->target.reset();
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Rect part{row.x + all + share * static_cast<float>(i), row.y, share, row.height};
    const std::string letter(1, figure::stack_letter(i));
    if (chip(ui, "settings.target." + std::to_string(i), part, letter, state_if(state->target == i),
             stack_look(ui.theme(), i), kTip)) {
      state->target = i;
    }
  }
}

void draw_head(const Ui& ui, const Rect& row, SettingsState* state) {
  const Hit hit = ui.control("settings", row, "Width, heads, initialisation, input text and seed.");
  if (hit.clicked) {
    state->open = !state->open;
    // What has opened below is brought up, as far as there is something to scroll.
    if (state->open) ImGui::SetScrollHereY(0);
  }
  if (hit.hovered) ui.fill(row, ui.theme().control, Metrics::kPanelCorner);
  const Arrow arrow = state->open ? Arrow::down : Arrow::right;
  draw_arrow(ui, arrow, row.x + ui.px(20), row.center_y(), ui.px(4.5F), ui.theme().secondary);
  const Rect words{row.x + ui.px(36), row.y, row.width - ui.px(44), row.height};
  ui.text_in(ui.fonts().text, words, Align::left, ui.theme().text, "Shape, init, input, seed");
}

}  // namespace

bool in_settings(std::string_view name) {
  for (const std::string_view section : {"shape.", "init.", "input.", "settings."}) {
    if (name.starts_with(section)) return true;
  }
  return false;
}

float draw_settings(const Ui& ui, const Rect& place, SettingsState* state, session::Scene* scene) {
  if (state->target && *state->target >= scene->stacks.size()) state->target.reset();
  ImDrawList* list = ui.draw();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  const float pad = ui.px(Metrics::kPadding);
  draw_head(ui, {place.x, place.y, place.width, ui.px(kHead)}, state);
  Form form{ui, place.x + pad, place.width - 2 * pad, place.y + ui.px(kHead), scene, state->target};
  if (state->open) {
    form.y += ui.px(4);
    draw_target(&form, state);
    form.target = state->target;
    draw_shape(&form);
    draw_init(&form);
    draw_input(&form);
    form.y += pad;
  }
  list->ChannelsSetCurrent(0);
  ui.fill({place.x, place.y, place.width, form.y - place.y}, ui.theme().panel, Metrics::kPanelCorner);
  list->ChannelsMerge();
  return form.y - place.y;
}

}  // namespace gradflow::ui
