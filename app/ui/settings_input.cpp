#include <string>

#include "app/ui/settings_form.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {
namespace {

constexpr float kTextHeight = 132;
constexpr std::size_t kMaxEditableText = std::size_t{32} << 10U;  // bytes; more would make every frame late

void draw_seed(Form* form) {
  const Ui& ui = form->ui;
  const Rect row = next_row(form, tr("seed"));
  const float button_width = ui.px(56);
  const Rect box{row.x, row.y, row.width - button_width - ui.px(4), row.height};
  const std::uint64_t seed = form->shown().seed;
  const auto typed =
      number_box(ui, "input.seed", box, seed, tr("The seed of all weights: one curve is one draw."));
  if (typed) form->edit([&](StackSpec* spec) { spec->seed = *typed; });
  const Rect next{row.x + row.width - button_width, row.y, button_width, row.height};
  if (button(ui, "input.next_seed", next, tr("next"), tr("Draws other weights: the seed goes up by one."))) {
    form->edit([seed](StackSpec* spec) { spec->seed = seed + 1; });
  }
  draw_problem(form, "input.seed");
}

void draw_seeds(Form* form) {
  const std::string name = "input.seeds";
  session::Scene& scene = *form->scene;
  const auto typed = number_box(
      form->ui, name, next_row(form, tr("seeds")), scene.seeds,
      tr("How many seeds, from this one on: their mean, and the band from the 10th to the 90th percentile."));
  if (typed && *typed >= 1 && *typed <= session::kMaxSeeds) scene.seeds = *typed;
  if (typed && scene.seeds != *typed) {
    form->ui.state().edits[name] = {std::to_string(*typed),
                                    tr("seeds is {0}; allowed is 1 to {1}.",
                                       {std::to_string(*typed), std::to_string(session::kMaxSeeds)})};
  }
  draw_problem(form, name);
}

std::string bytes_read(const StackSpec& spec) {
  const auto wanted = static_cast<long long>(spec.sequence_length) * spec.batch_size;
  return tr("{0} windows of {1} bytes = {2} of {3} bytes are read.",
            {std::to_string(spec.batch_size), std::to_string(spec.sequence_length), std::to_string(wanted),
             std::to_string(spec.input.text.size())});
}

void draw_text(Form* form) {
  const Ui& ui = form->ui;
  const std::string& text = form->shown().input.text;
  const Rect box{form->x, form->y, form->width, ui.px(kTextHeight)};
  if (text.size() <= kMaxEditableText && is_editable_text(text)) {
    std::string edited = text;
    if (text_area(ui, "input.text", box, &edited, tr("The text that is fed in, byte by byte."))) {
      form->edit([&](StackSpec* spec) { spec->input.text = edited; });
    }
  } else {
    ui.fill(box, ui.theme().control);
    ui.landmark("input.text", box);
    ui.paragraph(ui.fonts().small, inset(box, ui.px(8)), ui.theme().secondary,
                 tr("{0} bytes, measured as they are; too long, or not UTF-8 text, to be edited here.",
                    {std::to_string(text.size())}));
  }
  form->y += box.height + ui.px(4);
  const Rect note{form->x, form->y, form->width, 0};
  form->y += ui.paragraph(ui.fonts().small, note, ui.theme().secondary, bytes_read(form->shown())) + ui.px(8);
  const Rect row{form->x, form->y, form->width, ui.px(Metrics::kControl)};
  if (button(ui, "input.default_text", row, tr("Back to the built-in text"),
             tr("The text that ships with gradflow."))) {
    form->edit([](StackSpec* spec) { spec->input.text = InputSpec::default_text(); });
  }
  form->y += row.height;
}

}  // namespace

void draw_input(Form* form) {
  draw_heading(form, tr("Input and seed"));
  draw_seed(form);
  draw_seeds(form);
  const InputKind kind = form->shown().input.kind;
  const auto choices = choices_of<InputKind>();
  const Rect row = next_row(form, tr("tokens"));
  const int picked =
      segmented(form->ui, "input.kind", row, choices, static_cast<int>(kind), neutral_look(form->ui.theme()),
                tr("Bytes of a text, or uniform random tokens."));
  if (picked >= 0) {
    form->edit([picked](StackSpec* spec) {
      spec->input.kind = kNames<InputKind>[static_cast<std::size_t>(picked)].value;
    });
  }
  if (kind == InputKind::text) draw_text(form);
}

}  // namespace gradflow::ui
