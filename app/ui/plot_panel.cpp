#include "app/ui/plot_panel.h"

#include <algorithm>
#include <cmath>

#include "app/figure/ghosts.h"
#include "app/figure/quantity.h"
#include "app/session/scene_edits.h"
#include "app/ui/combo.h"
#include "app/ui/legend_strip.h"
#include "app/ui/token_boxes.h"
#include "app/ui/token_panel.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {
namespace {

using figure::Figure;
using figure::HeatMap;
using session::is_hidden;

constexpr float kHead = 36, kCombo = 300;
constexpr float kBothPlots = 380, kStepsShare = 0.56F;   // of a race: heights
constexpr float kTabsShare = 0.6F, kComboShare = 0.18F;  // of the head: at most, and at least
constexpr float kTabPad = 8;                             // of a tab, where there is room for it

/// `rest`: what the tabs can have beside what else stands in the row.
float tabs_width(const Ui& ui, float rest) {
  float words = 0;
  for (const Named<session::View>& view : kNames<session::View>) words += chip_width(ui, tr(view.label));
  return std::clamp(rest, words, words + ui.px(kTabPad) * static_cast<float>(kNames<session::View>.size()));
}

/// What the view of the scene plots; nothing to choose is an empty name.
std::string quantity_of(const session::Scene& scene) {
  const QuantityChoice* choice = view_kind(scene.view).choice;
  return choice == nullptr ? std::string() : scene.*(choice->quantity);
}

}  // namespace

bool PlotPanel::moving() const {
  if (view_ == session::View::training && moment_.moving()) return true;
  if (std::holds_alternative<HeatMap>(drawing_)) return heat_.colors.moving();
  if (token() != nullptr) return false;
  return plots_[static_cast<std::size_t>(view_)].view.moving();
}

void PlotPanel::update(const Measurements& measured, Reports ghosts, const session::Scene& scene) {
  const Answers answers = measured.*view_kind(scene.view).source;
  const Answers bands = bands_of(measured, scene);
  const auto same = [](Answers now, const Reports& then) {
    return std::equal(now.begin(), now.end(), then.begin(), then.end());
  };
  std::vector<int> depths;
  for (const StackSpec& stack : scene.stacks) depths.push_back(stack.num_layers);
  std::string quantity = quantity_of(scene);
  if (scene.view == view_ && quantity == quantity_ && scene.hidden == hidden_stacks_ && depths == depths_ &&
      scene.seeds == seeds_ && same(answers, answers_) && same(bands, bands_) && ghosts == ghosts_ &&
      scene.race == race_ && scene.token == token_ &&
      (view_ != session::View::token || scene.stacks == stacks_) &&
      std::equal(measured.race.lanes.begin(), measured.race.lanes.end(), lanes_.begin(), lanes_.end())) {
    return;
  }
  race_ = scene.race;
  token_ = scene.token;
  stacks_ = scene.view == session::View::token ? scene.stacks : std::vector<StackSpec>();
  lanes_.assign(measured.race.lanes.begin(), measured.race.lanes.end());
  answers_.assign(answers.begin(), answers.end());
  bands_.assign(bands.begin(), bands.end());
  ghosts_ = std::move(ghosts);
  hidden_stacks_ = scene.hidden;
  seeds_ = scene.seeds;
  view_ = scene.view;
  quantity_ = std::move(quantity);
  depths_ = std::move(depths);
  build(measured, scene);
}

void PlotPanel::build(const Measurements& measured, const session::Scene& scene) {
  const ViewKind& kind = view_kind(view_);
  drawing_ = drawing_of(measured, ghosts_, scene);
  const Answers answers = measured.*kind.source;
  quantities_ = kind.choice == nullptr ? std::vector<std::string>() : kind.choice->offered(answers);
  if (std::find(quantities_.begin(), quantities_.end(), quantity_) == quantities_.end()) {
    quantities_.push_back(quantity_);
  }
  labels_.clear();
  for (const std::string& entry : quantities_)
    labels_.push_back(kind.choice == nullptr ? entry : kind.choice->label(entry));
  update_hidden(scene);
}

std::size_t PlotPanel::weight_entry(const std::string& name) {
  const auto known = std::find(known_weights_.begin(), known_weights_.end(), name);
  const auto entry = static_cast<std::size_t>(known - known_weights_.begin());
  if (known == known_weights_.end()) known_weights_.push_back(name);
  return entry;
}

void PlotPanel::update_hidden(const session::Scene& scene) {
  owners_.clear();
  hidden_.clear();
  if (const auto* map = std::get_if<HeatMap>(&drawing_)) {
    for (const figure::HeatPanel& panel : map->panels) {
      owners_.push_back(panel.stack);
      hidden_.push_back(is_hidden(scene, panel.stack));
    }
    extent_ = figure::extent_of(*map, hidden_);
    return;
  }
  if (const figure::TokenTable* table = token()) {
    for (const figure::TokenPanel& panel : table->panels) hidden_.push_back(is_hidden(scene, panel.stack));
    return;
  }
  auto& figure = std::get<Figure>(drawing_);
  for (const figure::Curve& curve : figure.curves) {
    owners_.push_back(curve.stack);
    const bool own = curve.style && view_ != session::View::training;  // a weight of one stack
    hidden_.push_back(own ? weight_legend_.hidden(weight_entry(curve.name)) : is_hidden(scene, curve.stack));
  }
  extent_ = figure::extent_of(figure, hidden_);
  std::erase_if(figure.absences,
                [&](const figure::Absence& absence) { return is_hidden(scene, absence.stack); });
  if (std::find(hidden_.begin(), hidden_.end(), false) != hidden_.end() || !figure.absences.empty()) return;
  if (figure::every_weight_of(quantity_)) return;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i)
    figure.absences.push_back({i, std::string(tr("hidden: a click in the legend shows it"))});
}

void PlotPanel::draw_views(const Ui& ui, const Rect& rect, session::View* view) {
  std::array<Choice, kNames<session::View>.size()> choices;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    choices[i] = {kNames<session::View>[i].key, tr(kNames<session::View>[i].label)};
  }
  const int picked = segmented(ui, "plot.view", rect, choices, static_cast<int>(*view),
                               neutral_look(ui.theme()), tr(view_kind(*view).tip));
  if (picked >= 0) *view = kNames<session::View>[static_cast<std::size_t>(picked)].value;
}

void PlotPanel::draw_quantity(const Ui& ui, const Rect& rect, session::Scene* scene) {
  const QuantityChoice* choice = view_kind(view_).choice;
  if (choice == nullptr) {
    if (const auto* map = std::get_if<HeatMap>(&drawing_)) {
      ui.text_in(ui.fonts().small, rect, Align::left, ui.theme().text, map->value_label);
    }
    if (token() != nullptr) draw_token_width(ui, rect, scene);
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
  const int picked = combo(ui, "plot.quantity", rect, shown, choices, current, tr(choice->tip));
  if (picked >= 0) scene->*(choice->quantity) = quantities_[static_cast<std::size_t>(picked)];
}

/// Where every weight of one stack has a curve, the stacks' names pick the stack.
void PlotPanel::draw_legend(const Ui& ui, const Rect& rect, session::Scene* scene) {
  const auto weights_of = figure::every_weight_of(quantity_);
  std::vector<bool> off;
  for (std::size_t i = 0; i < scene->stacks.size(); ++i) {
    off.push_back(weights_of ? i != *weights_of : is_hidden(*scene, i));
  }
  const std::string_view tip = weights_of
                                   ? tr("Click: show every weight of this stack.")
                                   : tr("Click: hide this curve. Again: show it alone. Again: show all.");
  const auto clicked = draw_legend_strip(ui, rect, *scene, off, tip);
  if (!clicked) return;
  if (weights_of) {
    scene->*(view_kind(view_).choice->quantity) = figure::every_weight(*clicked);
  } else {
    session::click_legend(scene, *clicked);
  }
}

void PlotPanel::draw_head(const Ui& ui, const Rect& rect, session::Scene* scene) {
  const float gap = ui.px(Metrics::kMargin);
  const float legend = legend_width(ui, *scene);
  const float least = std::min(rect.width * kComboShare, ui.px(kCombo));
  const float beside = rect.width - 2 * gap - legend - least;
  const float tabs = std::min(tabs_width(ui, beside), rect.width * kTabsShare);
  draw_views(ui, {rect.x, rect.y, tabs, rect.height}, &scene->view);
  const float wish = rect.width - tabs - 2 * gap - legend;
  const float combo_width = std::clamp(wish, least, ui.px(kCombo));
  draw_quantity(ui, {rect.x + tabs + gap, rect.y, combo_width, rect.height}, scene);
  const float left = tabs + combo_width + 2 * gap;
  draw_legend(ui, {rect.x + left, rect.y, std::max(1.0F, rect.width - left), rect.height}, scene);
}

std::optional<std::size_t> PlotPanel::draw_drawing(const Ui& ui, const Rect& rect, const PlotMotion& motion) {
  if (const auto* map = std::get_if<HeatMap>(&drawing_)) {
    draw_heat_map(ui, "plot", rect, {*map, extent_, hidden_, dimmed_}, motion, &heat_);
    return std::nullopt;
  }
  const auto& figure = std::get<Figure>(drawing_);
  PlotState& state = plots_[static_cast<std::size_t>(view_)];
  return draw_plot(ui, "plot", rect, {figure, extent_, hidden_, dimmed_}, motion, &state);
}

/// Over the steps, and below what the moment that is looked at shows over the layers. A name at the end of a
/// curve picks the lane whose diagram is shown.
void PlotPanel::draw_race(const Ui& ui, const Rect& place, const Measurements& measured,
                          const PlotMotion& motion, session::Scene* scene) {
  const bool both = place.height >= ui.px(kBothPlots);
  const float share = both ? std::round(place.height * kStepsShare) : place.height;
  if (const auto curve = draw_drawing(ui, {place.x, place.y, place.width, share}, motion)) {
    const std::string& label = figure()->curves[*curve].name;
    const std::vector<figure::RaceLane> lanes = race_lanes(measured, *scene);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      if (lanes[i].label != label) continue;
      scene->race.lane = i;
      scene->selected = lanes[i].stack;
    }
  }
  if (both) {
    moment_.draw(ui, {place.x, place.y + share, place.width, place.height - share}, measured, motion, scene);
  }
}

void PlotPanel::draw(const Ui& ui, const Rect& rect, const Measurements& measured, const Measurements& pinned,
                     const std::vector<float>& dimmed, const PlotMotion& motion, session::Scene* scene) {
  update(measured, ghosts_of(pinned, *scene), *scene);
  const float head = ui.px(kHead);
  draw_head(ui, {rect.x, rect.y, rect.width, head}, scene);
  dimmed_.clear();
  for (const std::size_t owner : owners_) dimmed_.push_back(owner < dimmed.size() ? dimmed[owner] : 0);
  if (const Figure* drawn = figure()) {
    for (std::size_t c = 0; c < drawn->curves.size(); ++c) {
      if (drawn->curves[c].pinned) dimmed_[c] = 0;
    }
  }
  const float top = head + ui.px(8);
  const Rect place{rect.x, rect.y + top, rect.width, std::max(1.0F, rect.height - top)};
  if (const figure::TokenTable* table = token()) {
    draw_token_view(ui, place, *table, hidden_, scene);
  } else if (scene->view == session::View::training) {
    draw_race(ui, place, measured, motion, scene);
  } else if (const auto curve = draw_drawing(ui, place, motion)) {
    weight_legend_.click(weight_entry(figure()->curves[*curve].name));
    update_hidden(*scene);
  }
}

}  // namespace gradflow::ui
