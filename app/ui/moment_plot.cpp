#include "app/ui/moment_plot.h"

#include <algorithm>

#include "app/figure/quantity.h"
#include "app/session/scene_edits.h"
#include "app/ui/combo.h"
#include "app/ui/views.h"

namespace gradflow::ui {
namespace {

constexpr float kCombo = 260;

}  // namespace

void MomentPlot::build(const Measurements& measured, const session::Scene& scene) {
  const std::vector<figure::RaceLane> lanes = race_lanes(measured, scene);
  // Every weight of one stack has a plot of its own in the gradient view.
  quantity_ = figure::every_weight_of(scene.quantity) ? "grad_norm/total" : scene.quantity;
  figure_ = figure::moment_figure(lanes, moments_, quantity_);
  step_ = 0;
  for (const auto& moment : moments_) {
    if (moment) step_ = std::max(step_, static_cast<int>(moment->scalar("step").value_or(0)));
  }
  quantities_ = figure::plottable(moments_);
  std::erase_if(quantities_,
                [](const std::string& entry) { return figure::every_weight_of(entry).has_value(); });
  labels_.clear();
  for (const std::string& entry : quantities_) labels_.push_back(figure::quantity_axis(entry));
  hidden_.clear();
  for (const figure::Curve& curve : figure_.curves) hidden_.push_back(session::is_hidden(scene, curve.stack));
  extent_ = figure::extent_of(figure_, hidden_);
  dimmed_.assign(figure_.curves.size(), 0.0F);
}

void MomentPlot::draw_head(const Ui& ui, const Rect& row, session::Scene* scene) {
  std::vector<Choice> choices;
  int current = -1;
  for (std::size_t i = 0; i < quantities_.size(); ++i) {
    if (quantities_[i] == quantity_) current = static_cast<int>(i);
    choices.push_back({quantities_[i], labels_[i]});
  }
  const float width = std::min(ui.px(kCombo), row.width / 2);
  const Rect place{row.x + ui.px(PlotFrame::kLeft), row.y, width, row.height};
  const std::string shown = figure::quantity_axis(quantity_);
  const int picked =
      combo(ui, "moment.quantity", place, shown, choices, current,
            tr("What the passes of this step measured, over the layers: a gradient's Frobenius norm."));
  if (picked >= 0) scene->quantity = quantities_[static_cast<std::size_t>(picked)];
  const Rect words{place.x + place.width + ui.px(12), row.y, row.width - place.x - place.width + row.x,
                   row.height};
  ui.text_in(ui.fonts().text, words, Align::left, ui.theme().secondary,
             tr("at step {0}", {std::to_string(step_)}));
}

void MomentPlot::draw(const Ui& ui, const Rect& rect, const Measurements& measured, const PlotMotion& motion,
                      session::Scene* scene) {
  const Answers now = measured.race.moments;
  if (now.size() != session::lane_places(*scene).size()) return;  // not started
  if (!std::equal(now.begin(), now.end(), moments_.begin(), moments_.end()) || scene->race != race_ ||
      asked_ != scene->quantity || hidden_stacks_ != scene->hidden) {
    moments_.assign(now.begin(), now.end());
    race_ = scene->race;
    asked_ = scene->quantity;
    hidden_stacks_ = scene->hidden;
    build(measured, *scene);
  }
  const float head = ui.px(Metrics::kControl);
  draw_head(ui, {rect.x, rect.y, rect.width, head}, scene);
  const float top = head + ui.px(4);
  const Rect place{rect.x, rect.y + top, rect.width, std::max(1.0F, rect.height - top)};
  draw_plot(ui, "moment", place, {figure_, extent_, hidden_, dimmed_}, motion, &state_);
}

}  // namespace gradflow::ui
