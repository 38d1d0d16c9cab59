#include "app/ui/toy_panel.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>

#include "app/figure/axis.h"
#include "app/ui/panel_ground.h"
#include "app/ui/slider.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {
namespace {

constexpr float kLine = 24, kNumber = 64, kFactor = 88, kTrack = 132;
constexpr SliderRange kBranch{0, 0.5, 0.01}, kNorm{0.1, 1.2, 0.01};

/// Where the panel is drawn: its inside, and how far down it has come.
struct Pen {
  const Ui& ui;
  float x, width, y;
  Rect row() {
    const Rect rect{x, y, width, ui.px(kLine)};
    y += rect.height;
    return rect;
  }
};

std::string hundredths(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

struct Assumption {
  std::string name;
  std::string_view words, tip;
  SliderRange range;
};

void draw_assumption(Pen* pen, const Assumption& what, double* value) {
  const Ui& ui = pen->ui;
  Rect row = pen->row();
  const Rect track{row.x + row.width - ui.px(kNumber + kTrack), row.y, ui.px(kTrack), row.height};
  if (const auto moved = slider(ui, what.name, track, *value, what.range, what.tip)) *value = *moved;
  ui.text_in(ui.fonts().small, {row.x, row.y, track.x - row.x, row.height}, Align::left, ui.theme().text,
             what.words);
  ui.text_in(ui.fonts().small, row, Align::right, ui.theme().text, hundredths(*value));
}

/// Words on the left; a factor, and what it comes to.
void draw_factors(Pen* pen, std::string_view words, std::string_view each, std::string_view product,
                  ImU32 color) {
  const Ui& ui = pen->ui;
  const Rect row = pen->row();
  const float number = ui.px(kFactor);
  ui.text_in(ui.fonts().small, {row.x, row.y, row.width - 2 * number, row.height}, Align::left, color, words);
  ui.text_in(ui.fonts().small, {row.x + row.width - 2 * number, row.y, number, row.height}, Align::right,
             color, each);
  ui.text_in(ui.fonts().small, row, Align::right, color, product);
}

void draw_gain(Pen* pen, std::string_view words, const std::optional<figure::Gain>& gain) {
  const bool there = gain.has_value();
  draw_factors(pen, words, there ? figure::three_figures(gain->each) : "–",
               there ? figure::product_words(gain->log10_product) : "–", pen->ui.theme().text);
}

void draw_assumed(Pen* pen, const figure::Toy& toy, int depth) {
  const float top = pen->y;
  draw_factors(pen, tr("the toy"), tr("a layer"), tr("over {0}", {std::to_string(depth)}),
               pen->ui.theme().secondary);
  draw_gain(pen, "1 + a", figure::toy_residual(toy, depth));
  draw_gain(pen, "b (1 + a)", figure::toy_post_ln(toy, depth));
  pen->ui.landmark("toy.assumed", {pen->x, top, pen->width, pen->y - top});
}

void draw_measured(Pen* pen, const figure::MeasuredGains& gains, std::size_t stack) {
  const float top = pen->y;
  const int count = gains.sublayer ? gains.sublayer->count : 0;
  const std::string letter(1, figure::stack_letter(stack));
  draw_factors(pen, tr("measured in {0}", {letter}), tr("a sub-layer"),
               tr("over {0}", {std::to_string(count)}), pen->ui.theme().secondary);
  draw_gain(pen, tr("whole sub-layer"), gains.sublayer);
  draw_gain(pen, gains.norm_is_on_trunk ? tr("its norm, on the trunk") : tr("its norm, on the branch"),
            gains.norm);
  pen->ui.landmark("toy.measured", {pen->x, top, pen->width, pen->y - top});
}

void draw_sentence(Pen* pen, std::string_view sentence) {
  const Rect place{pen->x, pen->y, pen->width, 0};
  const float height = pen->ui.paragraph(pen->ui.fonts().small, place, pen->ui.theme().text, sentence);
  pen->ui.landmark("toy.sentence", {place.x, place.y, place.width, height});
  pen->y += height;
}

}  // namespace

bool in_toy(std::string_view name) { return name.starts_with("toy."); }

void ToyPanel::compare(const std::shared_ptr<const StackReport>& report) {
  if (report == report_ && toy_ == compared_) return;
  report_ = report;
  compared_ = toy_;
  gains_ = figure::measured_gains(*report);
  sentence_ = figure::toy_sentence(toy_, *report);
}

float ToyPanel::draw(const Ui& ui, const Rect& place, Answers answers, const session::Scene& scene) {
  const PanelGround ground(ui);
  fold_head(
      ui, "toy", {place.x, place.y, place.width, ui.px(Metrics::kFold)}, tr("Toy model"),
      tr("The gradient as a product of one assumed factor a layer, beside the factors that were measured."),
      &open_);
  const float pad = ui.px(Metrics::kPadding);
  Pen pen{ui, place.x + pad, place.width - 2 * pad, place.y + ui.px(Metrics::kFold)};
  if (open_) {
    draw_assumption(
        &pen,
        {"toy.branch", tr("branch derivative a"),
         tr("a, what the branch adds to the residual's 1 in the toy; the course takes 0.05."), kBranch},
        &toy_.branch);
    draw_assumption(
        &pen,
        {"toy.norm", tr("norm Jacobian b"),
         tr("b, what a norm on the trunk multiplies by in the toy; the course takes 0.8."), kNorm},
        &toy_.norm);
    const std::size_t stack = std::min(scene.selected, scene.stacks.size() - 1);
    pen.y += ui.px(8);
    draw_assumed(&pen, toy_, std::max(0, scene.stacks[stack].num_layers));
    if (const auto& report = stack < answers.size() ? answers[stack] : nullptr) {
      compare(report);
      pen.y += ui.px(8);
      draw_measured(&pen, gains_, stack);
      pen.y += ui.px(8);
      draw_sentence(&pen, sentence_);
    }
    pen.y += pad;
  }
  ground.fill({place.x, place.y, place.width, pen.y - place.y});
  return pen.y - place.y;
}

}  // namespace gradflow::ui
