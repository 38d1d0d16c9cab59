#include "app/ui/race_panel.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "app/figure/style.h"
#include "app/ui/panel_ground.h"
#include "app/ui/settings_form.h"
#include "app/ui/slider.h"
#include "app/ui/widgets.h"
#include "core/spec/training.h"

namespace gradflow::ui {
namespace {

constexpr SliderRange kDecades{-5, 0, 0.05};  // of the learning rate's slider

template <class E>
void choose(Form* form, const std::string& name, std::string_view label, std::string_view tip, E* value) {
  const auto choices = choices_of<E>();
  const int picked =
      combo(form->ui, name, next_row(form, label), label_of(*value), choices, static_cast<int>(*value), tip);
  if (picked >= 0) *value = kNames<E>[static_cast<std::size_t>(picked)].value;
}

template <class T>
void number(Form* form, const std::string& name, std::string_view label, std::string_view tip, T* value) {
  const auto typed = number_box(form->ui, name, next_row(form, label), *value, tip);
  if (typed) *value = *typed;
  draw_problem(form, name);
}

/// Two significant figures: 0.003, not 0.00316.
double rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1e", value);
  return std::strtod(text, nullptr);
}

/// A slider over decades, and a box for any other.
void learning_rate(Form* form, double* value) {
  const Ui& ui = form->ui;
  constexpr std::string_view kTip =
      text_key("The learning rate at its highest; the slider goes over decades, the box takes any.");
  const Rect row = next_row(form, tr("learning rate"));
  const float box = ui.px(84);
  const Rect track{row.x, row.y, row.width - box - ui.px(8), row.height};
  const double at = *value > 0 ? std::log10(*value) : kDecades.least;
  if (const auto moved = slider(ui, "race.learning_rate.slider", track, at, kDecades, tr(kTip))) {
    *value = rounded(std::pow(10, *moved));
  }
  const Rect place{row.x + row.width - box, row.y, box, row.height};
  if (const auto typed = number_box(ui, "race.learning_rate", place, *value, tr(kTip))) *value = *typed;
  draw_problem(form, "race.learning_rate");
}

/// Which lanes a stack has: "A  [no warmup] [warmup]".
void draw_lanes(Form* form) {
  const Ui& ui = form->ui;
  session::Scene* scene = form->scene;
  for (std::size_t i = 0; i < scene->stacks.size(); ++i) {
    const std::string letter(1, figure::stack_letter(i));
    const Rect row = next_row(form, letter + "  " + scene->stacks[i].name);
    const float half = (row.width - ui.px(4)) / 2;
    for (const bool warmup : {false, true}) {
      const bool on = session::races(*scene, i, warmup);
      const Rect place{row.x + (warmup ? half + ui.px(4) : 0), row.y, half, row.height};
      const std::string name = "race.lane." + std::to_string(i) + (warmup ? ".warmup" : ".plain");
      if (chip(ui, name, place, warmup ? tr("warmup") : tr("no warmup"), state_if(on),
               stack_look(ui.theme(), i),
               warmup ? tr("A lane of this stack whose learning rate rises slowly at first.")
                      : tr("A lane of this stack that has its full learning rate from step 1."))) {
        session::set_races(scene, i, warmup, !on);
      }
    }
  }
}

void draw_main(Form* form) {
  session::Race& race = form->scene->race;
  learning_rate(form, &race.training.learning_rate);
  number(form, "race.warmup", tr("warmup"),
         tr("Steps in which the learning rate rises to its highest, of lanes with warmup."),
         &race.training.warmup);
  number(form, "race.depth", tr("depth"),
         tr("L, the number of layers of every lane; the stacks keep their own in the other views."),
         &race.num_layers);
}

void draw_optimizer(Form* form) {
  TrainingSpec* training = &form->scene->race.training;
  choose(form, "race.schedule", tr("then"), tr("What the learning rate does once the warmup is over."),
         &training->schedule);
  choose(form, "race.optimizer", tr("optimizer"), tr("How a gradient becomes a step."), &training->optimizer);
  for (const TrainingReal& real : kTrainingReals) {
    const bool sgd = training->optimizer == OptimizerKind::sgd;
    const bool of_sgd = real.member == &TrainingSpec::momentum;
    const bool of_adamw = real.member == &TrainingSpec::weight_decay;
    if (real.member == &TrainingSpec::learning_rate || of_sgd != sgd) continue;
    if (of_adamw && training->optimizer != OptimizerKind::adamw) continue;
    number(form, "race." + std::string(real.key), tr(real.label), std::string(tr(real.help)) + ".",
           &(training->*real.member));
  }
  double clip = training->clip.value_or(0);
  number(form, "race.clip", tr("clip to"),
         tr("The longest that the gradient of all weights together may be; 0: any length."), &clip);
  training->clip = clip == 0 ? std::nullopt : std::optional(clip);
}

void draw_task(Form* form) {
  session::Race& race = form->scene->race;
  choose(form, "race.task", tr("task"),
         tr("Copy: repeat random symbols. Next byte: continue the stack's input text."), &race.training.task);
  if (race.training.task == Task::copy) {
    number(form, "race.symbols", tr("symbols"),
           tr("How many different symbols there are to copy; chance has the loss ln of it."),
           &race.training.symbols);
  }
  number(form, "race.steps", tr("steps"), tr("How long the race is."), &race.training.steps);
  number(form, "race.batch_size", tr("batch"), tr("B, sequences a step."), &race.batch_size);
  number(form, "race.seed", tr("seed"), tr("Of weights and batches: every lane has the same."), &race.seed);
}

}  // namespace

bool in_race(std::string_view name) { return name.starts_with("race."); }

float draw_race_panel(const Ui& ui, const Rect& place, RaceFolds* folds, session::Scene* scene) {
  const PanelGround ground(ui);
  const float pad = ui.px(Metrics::kPadding);
  fold_head(
      ui, "race", {place.x, place.y, place.width, ui.px(Metrics::kFold)}, tr("Race"),
      tr("Which lanes there are, what they learn and how they are trained. A change starts the race again."),
      &folds->open);
  Form form{ui, place.x + pad, place.width - 2 * pad, place.y + ui.px(Metrics::kFold), scene, {}};
  if (folds->open) {
    draw_lanes(&form);
    draw_main(&form);
    const Rect row{place.x, form.y, place.width, ui.px(Metrics::kFold)};
    fold_head(ui, "race.more", row, tr("Optimizer, task, length, seed"),
              tr("How a step is made, and what is learnt."), &folds->more);
    form.y += row.height;
    if (folds->more) {
      draw_optimizer(&form);
      draw_task(&form);
      form.y += pad;
    }
  }
  ground.fill({place.x, place.y, place.width, form.y - place.y});
  return form.y - place.y;
}

}  // namespace gradflow::ui
