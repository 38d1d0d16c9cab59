#include "app/ui/plot_panel.h"

#include <algorithm>
#include <cmath>

#include "app/figure/ghosts.h"
#include "app/figure/quantity.h"
#include "app/session/scene_edits.h"
#include "app/ui/combo.h"
#include "app/ui/glyphs.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {
namespace {

using session::is_hidden;

constexpr float kHead = 36, kCombo = 300, kSwatch = 32, kShortestName = 72;

float tabs_width(const Ui& ui) {
  float width = 0;
  for (const Named<session::View>& view : kNames<session::View>)
    width += chip_width(ui, view.label) + ui.px(8);
  return width;
}

/// The answers to the pins; nothing where there is none, or one to an earlier pin.
std::vector<std::shared_ptr<const StackReport>> ghosts_of(Answers pinned, const session::Scene& scene) {
  std::vector<std::shared_ptr<const StackReport>> ghosts(scene.pinned.size());
  for (std::size_t i = 0; i < std::min(ghosts.size(), pinned.size()); ++i) {
    const StackSpec* pin = session::pin_of(scene, i);
    if (pin != nullptr && pinned[i] && pinned[i]->spec == *pin) ghosts[i] = pinned[i];
  }
  return ghosts;
}

}  // namespace

bool PlotPanel::moving() const { return plots_[static_cast<std::size_t>(view_)].view.moving(); }

void PlotPanel::update(Answers answers, Reports ghosts, const session::Scene& scene) {
  std::vector<int> depths;
  for (const StackSpec& stack : scene.stacks) depths.push_back(stack.num_layers);
  if (scene.view == view_ && scene.quantity == quantity_ && scene.hidden == hidden_stacks_ &&
      depths == depths_ && ghosts == ghosts_ &&
      std::equal(answers.begin(), answers.end(), answers_.begin(), answers_.end())) {
    return;
  }
  answers_.assign(answers.begin(), answers.end());
  ghosts_ = std::move(ghosts);
  hidden_stacks_ = scene.hidden;
  view_ = scene.view;
  quantity_ = scene.quantity;
  depths_ = std::move(depths);
  build(answers, scene);
}

void PlotPanel::build(Answers answers, const session::Scene& scene) {
  const ViewKind& kind = view_kind(view_);
  figure_ = kind.figure(answers, scene);
  figure::add_ghosts(&figure_, kind.figure(ghosts_, scene), ghosts_);
  quantities_ = kind.quantities(answers);
  if (std::find(quantities_.begin(), quantities_.end(), quantity_) == quantities_.end()) {
    quantities_.push_back(quantity_);
  }
  labels_.clear();
  for (const std::string& entry : quantities_) labels_.push_back(figure::quantity_axis(entry));
  hidden_.clear();
  for (const figure::Curve& curve : figure_.curves) hidden_.push_back(is_hidden(scene, curve.stack));
  extent_ = figure::extent_of(figure_, hidden_);
  std::erase_if(figure_.absences,
                [&](const figure::Absence& absence) { return is_hidden(scene, absence.stack); });
  if (std::find(hidden_.begin(), hidden_.end(), false) != hidden_.end() || !figure_.absences.empty()) return;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i)
    figure_.absences.push_back({i, "hidden: a click in the legend shows it"});
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

void PlotPanel::draw_quantity(const Ui& ui, const Rect& rect, std::string* quantity) {
  std::vector<Choice> choices;
  int current = -1;
  for (std::size_t i = 0; i < quantities_.size(); ++i) {
    if (quantities_[i] == *quantity) current = static_cast<int>(i);
    choices.push_back({quantities_[i], labels_[i]});
  }
  const std::string_view shown =
      current < 0 ? std::string_view(*quantity) : labels_[static_cast<std::size_t>(current)];
  const int picked =
      combo(ui, "plot.quantity", rect, shown, choices, current,
            "What is plotted over the layers: the Frobenius norm of the loss gradient in one weight, "
            "in all weights of a layer, or of the residual stream.");
  if (picked >= 0) *quantity = quantities_[static_cast<std::size_t>(picked)];
}

void PlotPanel::draw_legend(const Ui& ui, const Rect& rect, session::Scene* scene) {
  const Font& font = ui.fonts().text;
  const std::size_t count = scene->stacks.size();
  const float pad = ui.px(8);
  const float gap = ui.px(4);
  const float fixed = ui.px(kSwatch) + 2 * pad;
  const float fair = rect.width / static_cast<float>(std::max<std::size_t>(1, count)) - gap;
  const bool names = fair >= fixed + ui.px(kShortestName);  // else letters alone
  float right = rect.x + rect.width;
  for (std::size_t i = count; i-- > 0;) {
    std::string words(1, figure::stack_letter(i));
    if (names) words += "  " + scene->stacks[i].name;
    const float room = std::max(fair, right - rect.x - (fair + gap) * static_cast<float>(i));
    const float width = std::round(std::min(ui.width(font, words) + fixed, room));
    const Rect entry{right - width, rect.y, width, rect.height};
    const std::string name = "plot.legend." + std::to_string(i);
    const Hit hit = ui.control(name, entry, "Click: hide this curve. Again: show it alone. Again: show all.");
    if (hit.hovered) ui.fill(entry, ui.theme().control);
    const bool hidden = is_hidden(*scene, i);
    const ImU32 color = hidden ? ui.theme().control_hovered : ui.theme().stack(i);
    draw_swatch(ui, i, {entry.x + pad, entry.y, ui.px(kSwatch - 8), entry.height}, color);
    const Rect text{entry.x + pad + ui.px(kSwatch), entry.y, entry.width - 2 * pad - ui.px(kSwatch),
                    entry.height};
    ui.text_in(font, text, Align::left, hidden ? ui.theme().secondary : ui.theme().text, words);
    if (hidden) {
      const float y = std::round(entry.center_y());
      ui.draw()->AddLine(ImVec2(text.x, y), ImVec2(text.x + text.width, y), ui.theme().secondary, ui.px(1));
    }
    if (hit.clicked) session::click_legend(scene, i);
    right = entry.x - gap;
  }
}

void PlotPanel::draw(const Ui& ui, const Rect& rect, const Measurements& measured, const Measurements& pinned,
                     const std::vector<float>& dimmed, const PlotMotion& motion, session::Scene* scene) {
  const auto source = view_kind(scene->view).source;
  update(measured.*source, ghosts_of(pinned.*source, *scene), *scene);
  const float head = ui.px(kHead);
  const float gap = ui.px(Metrics::kMargin);
  const float tabs = std::min(tabs_width(ui), rect.width * 0.3F);
  draw_views(ui, {rect.x, rect.y, tabs, head}, &scene->view);
  const float combo_width = std::min(ui.px(kCombo), rect.width * 0.32F);
  draw_quantity(ui, {rect.x + tabs + gap, rect.y, combo_width, head}, &scene->quantity);
  const float left = tabs + combo_width + 2 * gap;
  draw_legend(ui, {rect.x + left, rect.y, std::max(1.0F, rect.width - left), head}, scene);
  dimmed_.clear();
  for (const figure::Curve& curve : figure_.curves) {
    dimmed_.push_back(curve.stack < dimmed.size() && !curve.pinned ? dimmed[curve.stack] : 0);
  }
  const float top = head + ui.px(8);
  const Rect place{rect.x, rect.y + top, rect.width, std::max(1.0F, rect.height - top)};
  draw_plot(ui, "plot", place, {figure_, extent_, hidden_, dimmed_}, motion, &plot());
}

}  // namespace gradflow::ui
