#include "app/ui/settings_panel.h"

#include <algorithm>
#include <string>

#include "app/ui/panel_ground.h"
#include "app/ui/settings_form.h"
#include "app/ui/widgets.h"
#include "core/spec/fields.h"

namespace gradflow::ui {
namespace {

std::string range_tip(const IntField& field) {
  return tr("{0}; {1} to {2}.", {tr(field.help), std::to_string(field.min), std::to_string(field.max)});
}

void draw_shape_numbers(Form* form) {
  for (const IntField& field : kIntFields) {
    if (field.member == &StackSpec::num_layers) continue;  // the depth slider's
    const auto access = [&field](StackSpec& spec) -> int& { return spec.*field.member; };
    draw_number(form, "shape." + std::string(field.key), tr(field.label), range_tip(field), access);
  }
}

void draw_shape(Form* form) {
  const Ui& ui = form->ui;
  draw_heading(form, tr("Shape"));
  draw_shape_numbers(form);
  draw_choice<Activation>(form, "shape.activation", tr("activation"), tr("The feed-forward's non-linearity."),
                          [](StackSpec& spec) -> Activation& { return spec.activation; });
  draw_choice<Positions>(form, "shape.positions", tr("positions"),
                         tr("How the stack knows where a token stands."),
                         [](StackSpec& spec) -> Positions& { return spec.positions; });
  const Rect row = next_row(form, tr("attention"));
  const bool causal = form->shown().causal;
  if (chip(ui, "shape.causal", row, causal ? tr("causal (decoder)") : tr("bidirectional (encoder)"),
           state_if(causal), neutral_look(ui.theme()),
           tr("Causal attention sees only earlier tokens, as a decoder's does."))) {
    form->edit([causal](StackSpec* spec) { spec->causal = !causal; });
  }
  draw_number(form, "shape.epsilon", tr("norm ε"),
              tr("ε, added to the variance under the norm's square root."),
              [](StackSpec& spec) -> double& { return spec.norm.epsilon; });
}

/// Whom the rows say nothing of.
void draw_weights_of_files(Form* form) {
  for (std::size_t i = 0; i < form->scene->stacks.size(); ++i) {
    const StackSpec& stack = form->scene->stacks[i];
    if (has_drawn_weights(stack) || form->target.value_or(i) != i) continue;
    draw_note(form, tr("{0} is not drawn: its weights are those of {1}",
                       {std::string(1, figure::stack_letter(i)), weights_name(stack)}));
  }
}

void draw_init(Form* form) {
  draw_heading(form, tr("Initialisation"));
  draw_weights_of_files(form);
  draw_choice<InitScheme>(form, "init.scheme", tr("scheme"),
                          tr("The distribution that weights are drawn from."),
                          [](StackSpec& spec) -> InitScheme& { return spec.init.scheme; });
  draw_choice<ResidualOutput>(form, "init.residual_output", tr("branch outputs"),
                              tr("An extra factor on the matrices that write to the residual stream."),
                              [](StackSpec& spec) -> ResidualOutput& { return spec.init.residual_output; });
  draw_number(form, "init.gain", tr("gain"), tr("A factor on the standard deviation of every weight matrix."),
              [](StackSpec& spec) -> double& { return spec.init.gain; });
}

/// "all | A | B": whom the section edits.
void draw_target(Form* form, SettingsState* state) {
  const Ui& ui = form->ui;
  const Rect row = next_row(form, tr("applies to"));
  const std::size_t count = form->scene->stacks.size();
  constexpr std::string_view kTip =
      text_key("Whom this section edits: all stacks, so that they stay comparable, or one alone.");
  ui.fill(row, ui.theme().control);
  const float all = std::min(row.width / 2, chip_width(ui, tr("all stacks")) + ui.px(8));
  const float share = (row.width - all) / static_cast<float>(count);
  const ChipLook neutral = neutral_look(ui.theme());
  if (chip(ui, "settings.target.all", {row.x, row.y, all, row.height}, tr("all stacks"),
           state_if(!state->target), neutral, tr(kTip))) {
    state->target.reset();
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Rect part{row.x + all + share * static_cast<float>(i), row.y, share, row.height};
    const std::string letter(1, figure::stack_letter(i));
    if (chip(ui, "settings.target." + std::to_string(i), part, letter, state_if(state->target == i),
             stack_look(ui.theme(), i), tr(kTip))) {
      state->target = i;
    }
  }
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
  const PanelGround ground(ui);
  const float pad = ui.px(Metrics::kPadding);
  fold_head(ui, "settings", {place.x, place.y, place.width, ui.px(Metrics::kFold)},
            tr("Shape, init, input, seed"), tr("Width, heads, initialisation, input text and seed."),
            &state->open);
  Form form{ui, place.x + pad, place.width - 2 * pad, place.y + ui.px(Metrics::kFold), scene, state->target};
  if (state->open) {
    form.y += ui.px(4);
    draw_target(&form, state);
    form.target = state->target;
    draw_shape(&form);
    draw_init(&form);
    draw_input(&form);
    form.y += pad;
  }
  ground.fill({place.x, place.y, place.width, form.y - place.y});
  return form.y - place.y;
}

}  // namespace gradflow::ui
