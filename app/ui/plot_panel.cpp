#include "app/ui/plot_panel.h"

#include <algorithm>
#include <cmath>

#include "app/figure/quantity.h"
#include "app/ui/combo.h"
#include "app/ui/legend_strip.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {
namespace {

using figure::Figure;
using figure::HeatMap;

constexpr float kHead = 36, kCombo = 300;
constexpr float kTabsShare = 0.45F, kComboShare = 0.22F;  // of the head: at most, and at least

float tabs_width(const Ui& ui) {
  float width = 0;
  for (const Named<session::View>& view : kNames<session::View>)
    width += chip_width(ui, view.label) + ui.px(8);
  return width;
}

/// What the view of the scene plots; nothing to choose is an empty name.
std::string quantity_of(const session::Scene& scene) {
  const QuantityChoice* choice = view_kind(scene.view).choice;
  return choice == nullptr ? std::string() : scene.*(choice->quantity);
}

}  // namespace

bool PlotPanel::moving() const {
  if (std::holds_alternative<HeatMap>(drawing_)) return heat_.colors.moving();
  return plots_[static_cast<std::size_t>(view_)].view.moving();
}

void PlotPanel::update(const Measurements& measured, const session::Scene& scene) {
  const Answers answers = measured.*view_kind(scene.view).source;
  const auto same = [](Answers now, const auto& then) {
    return std::equal(now.begin(), now.end(), then.begin(), then.end());
  };
  std::vector<int> depths;
  for (const StackSpec& stack : scene.stacks) depths.push_back(stack.num_layers);
  std::string quantity = quantity_of(scene);
  if (scene.view == view_ && quantity == quantity_ && depths == depths_ && scene.seeds == seeds_ &&
      same(answers, answers_) && same(measured.bands, bands_)) {
    return;
  }
  answers_.assign(answers.begin(), answers.end());
  bands_.assign(measured.bands.begin(), measured.bands.end());
  seeds_ = scene.seeds;
  view_ = scene.view;
  quantity_ = std::move(quantity);
  depths_ = std::move(depths);
  const ViewKind& kind = view_kind(view_);
  drawing_ = kind.drawing(measured, scene);
  quantities_ = kind.choice == nullptr ? std::vector<std::string>() : kind.choice->offered(answers);
  if (std::find(quantities_.begin(), quantities_.end(), quantity_) == quantities_.end()) {
    quantities_.push_back(quantity_);
  }
  labels_.clear();
  for (const std::string& entry : quantities_) labels_.push_back(figure::quantity_axis(entry));
  update_hidden();
}

std::size_t PlotPanel::weight_entry(const std::string& name) {
  const auto known = std::find(known_weights_.begin(), known_weights_.end(), name);
  const auto entry = static_cast<std::size_t>(known - known_weights_.begin());
  if (known == known_weights_.end()) known_weights_.push_back(name);
  return entry;
}

void PlotPanel::update_hidden() {
  owners_.clear();
  hidden_.clear();
  if (const auto* map = std::get_if<HeatMap>(&drawing_)) {
    for (const figure::HeatPanel& panel : map->panels) {
      owners_.push_back(panel.stack);
      hidden_.push_back(legend_.hidden(panel.stack));
    }
    extent_ = figure::extent_of(*map, hidden_);
    return;
  }
  const auto& figure = std::get<Figure>(drawing_);
  for (const figure::Curve& curve : figure.curves) {
    owners_.push_back(curve.stack);
    hidden_.push_back(curve.style ? weight_legend_.hidden(weight_entry(curve.name))
                                  : legend_.hidden(curve.stack));
  }
  extent_ = figure::extent_of(figure, hidden_);
}

void PlotPanel::draw_views(const Ui& ui, const Rect& rect, session::View* view) {
  std::array<Choice, kNames<session::View>.size()> choices;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    choices[i] = {kNames<session::View>[i].key, kNames<session::View>[i].label};
  }
  const int picked = segmented(ui, "plot.view", rect, choices, static_cast<int>(*view),
                               neutral_look(ui.theme()), view_kind(*view).tip);
  if (picked >= 0) *view = kNames<session::View>[static_cast<std::size_t>(picked)].value;
}

void PlotPanel::draw_quantity(const Ui& ui, const Rect& rect, session::Scene* scene) {
  const QuantityChoice* choice = view_kind(view_).choice;
  if (choice == nullptr) {
    if (const auto* map = std::get_if<HeatMap>(&drawing_)) {
      ui.text_in(ui.fonts().text, inset(rect, ui.px(8)), Align::left, ui.theme().text, map->value_label);
    }
    return;
  }
  std::vector<Choice> choices;
  int current = -1;
  for (std::size_t i = 0; i < quantities_.size(); ++i) {
    if (quantities_[i] == quantity_) current = static_cast<int>(i);
    choices.push_back({quantities_[i], labels_[i]});
  }
  const std::string_view shown =
      current < 0 ? std::string_view(quantity_) : labels_[static_cast<std::size_t>(current)];
  const int picked = combo(ui, "plot.quantity", rect, shown, choices, current, choice->tip);
  if (picked >= 0) scene->*(choice->quantity) = quantities_[static_cast<std::size_t>(picked)];
}

/// Where every weight of one stack has a curve, the stacks' names pick the stack.
void PlotPanel::draw_legend(const Ui& ui, const Rect& rect, session::Scene* scene) {
  const auto weights_of = figure::every_weight_of(quantity_);
  std::vector<bool> off;
  for (std::size_t i = 0; i < scene->stacks.size(); ++i) {
    off.push_back(weights_of ? i != *weights_of : legend_.hidden(i));
  }
  const std::string_view tip = weights_of ? "Click: show every weight of this stack."
                                          : "Click: hide this curve. Again: show it alone. Again: show all.";
  const auto clicked = draw_legend_strip(ui, rect, *scene, off, tip);
  if (!clicked) return;
  if (weights_of) {
    scene->*(view_kind(view_).choice->quantity) = figure::every_weight(*clicked);
  } else {
    legend_.click(*clicked);
    update_hidden();
  }
}

void PlotPanel::draw_head(const Ui& ui, const Rect& rect, session::Scene* scene) {
  const float gap = ui.px(Metrics::kMargin);
  const float tabs = std::min(tabs_width(ui), rect.width * kTabsShare);
  draw_views(ui, {rect.x, rect.y, tabs, rect.height}, &scene->view);
  const float rest = rect.width - tabs - 2 * gap;
  const float wish = rest - legend_width(ui, *scene);
  const float least = std::min(rect.width * kComboShare, ui.px(kCombo));
  const float combo_width = std::clamp(wish, least, ui.px(kCombo));
  draw_quantity(ui, {rect.x + tabs + gap, rect.y, combo_width, rect.height}, scene);
  const float left = tabs + combo_width + 2 * gap;
  draw_legend(ui, {rect.x + left, rect.y, std::max(1.0F, rect.width - left), rect.height}, scene);
}

void PlotPanel::draw_drawing(const Ui& ui, const Rect& rect, const PlotMotion& motion) {
  if (const auto* map = std::get_if<HeatMap>(&drawing_)) {
    draw_heat_map(ui, "plot", rect, {*map, extent_, hidden_, dimmed_}, motion, &heat_);
    return;
  }
  const auto& figure = std::get<Figure>(drawing_);
  PlotState& state = plots_[static_cast<std::size_t>(view_)];
  if (const auto curve = draw_plot(ui, "plot", rect, {figure, extent_, hidden_, dimmed_}, motion, &state)) {
    weight_legend_.click(weight_entry(figure.curves[*curve].name));
    update_hidden();
  }
}

void PlotPanel::draw(const Ui& ui, const Rect& rect, const Measurements& measured,
                     const std::vector<float>& dimmed, const PlotMotion& motion, session::Scene* scene) {
  update(measured, *scene);
  const float head = ui.px(kHead);
  draw_head(ui, {rect.x, rect.y, rect.width, head}, scene);
  dimmed_.clear();
  for (const std::size_t owner : owners_) dimmed_.push_back(owner < dimmed.size() ? dimmed[owner] : 0);
  const float top = head + ui.px(8);
  draw_drawing(ui, {rect.x, rect.y + top, rect.width, std::max(1.0F, rect.height - top)}, motion);
}

}  // namespace gradflow::ui
