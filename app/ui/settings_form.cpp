#include "app/ui/settings_form.h"

namespace gradflow::ui {
namespace {

constexpr float kLabel = 112;  // width of the labels' column

}  // namespace

void draw_heading(Form* form, std::string_view words) {
  form->y += form->ui.px(12);
  const Rect row{form->x, form->y, form->width, form->ui.px(24)};
  form->ui.text_in(form->ui.fonts().small, row, Align::left, form->ui.theme().secondary, words);
  form->y += row.height;
}

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

void draw_note(Form* form, std::string_view words) {
  const float column = form->ui.px(kLabel);
  const Rect place{form->x + column, form->y, form->width - column, 0};
  form->y += form->ui.paragraph(form->ui.fonts().small, place, form->ui.theme().secondary, words);
}

}  // namespace gradflow::ui
