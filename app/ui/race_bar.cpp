#include "app/ui/race_bar.h"

#include <algorithm>
#include <string>

#include "app/ui/compat.h"
#include "app/ui/slider.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {
namespace {

/// The furthest step of any lane, and how many a lane has at most.
struct Length {
  int made = 0, all = 1;
};
Length length_of(const RaceView& race) {
  Length length;
  for (const auto& lane : race.lanes) {
    if (!lane) continue;
    length.made = std::max(length.made, lane->history.steps());
    length.all = std::max(length.all, lane->training.steps);
  }
  return length;
}

/// What the large button does in each phase.
struct Main {
  std::string_view label, tip;
  RaceWish wish;
};
Main main_button(RacePhase phase) {
  switch (phase) {
    case RacePhase::running:
      return {text_key("Pause"), text_key("Brings every lane to the same step and waits there (Space)."),
              RaceWish::pause};
    case RacePhase::paused:
      return {text_key("Go on"), text_key("The race goes on from here (Space)."), RaceWish::resume};
    case RacePhase::finished:
      return {text_key("Again"), text_key("The same race once more, from step 1 (Space)."), RaceWish::start};
    case RacePhase::none: break;
  }
  return {text_key("Start"), text_key("Trains every lane, side by side, from step 1 (Space)."),
          RaceWish::start};
}

/// Buttons from the left.
struct Row {
  const Ui& ui;
  float x, y, height;
  bool press(const std::string& name, std::string_view label, std::string_view tip, float least = 0) {
    const float width = std::max(ui.px(least), chip_width(ui, label) + ui.px(8));
    const Rect place{x, y, width, height};
    x += width + ui.px(8);
    return button(ui, name, place, label, tip);
  }
};

RaceWish draw_buttons(Row* row, RacePhase phase, session::Scene* scene) {
  constexpr float kMain = 72;  // wide enough for each of its words, so that nothing moves
  const Main main = main_button(phase);
  RaceWish wish = RaceWish::none;
  const Focus& focus = row->ui.state().focus;
  const bool space = row->ui.keys_free() && !focus.visible() && compat::pressed_once(Key::space);
  if (row->press("race.start", tr(main.label), tr(main.tip), kMain) || space) wish = main.wish;
  if (row->press("race.step", tr("Step"), tr("One step of every lane, then a pause."))) {
    wish = phase == RacePhase::running ? RaceWish::pause : RaceWish::step;
  }
  if (row->press("race.stop", tr("Stop"), tr("Ends the race; what there is stays."))) wish = RaceWish::stop;
  if (row->press("race.again", tr("Another seed"),
                 tr("Other weights and other batches: the race's seed goes up by one."))) {
    ++scene->race.seed;
    scene->race.step = 0;
    if (phase == RacePhase::none) wish = RaceWish::start;
  }
  return wish;
}

}  // namespace

RaceWish RaceBar::draw(const Ui& ui, const Rect& rect, const RaceView& race, session::Scene* scene) {
  const float control = ui.px(Metrics::kControl + 4);
  Row row{ui, rect.x, rect.y + ui.px(8), control};
  const RaceWish wish = draw_buttons(&row, race.phase, scene);
  const Length length = length_of(race);
  int& step = scene->race.step;
  const int shown = step == 0 ? length.made : step;
  const float number = ui.px(136);
  const Rect track{row.x + ui.px(8), row.y,
                   std::max(ui.px(60), rect.x + rect.width - row.x - ui.px(16) - number), control};
  const SliderRange range{1, double(std::max(2, length.all)), 1};
  if (const auto moved = slider(ui, "race.moment", track, std::max(1, shown), range,
                                tr("The step that is looked at: drag it back to see the gradients of that "
                                   "moment; at the end it follows the race."))) {
    step = *moved >= length.made ? 0 : static_cast<int>(*moved);
  }
  busy_ = ImGui::IsMouseDown(ImGuiMouseButton_Left) &&
          track.contains(ImGui::GetIO().MousePos.x, ImGui::GetIO().MousePos.y);
  const std::string words = tr("step {0} of {1}", {std::to_string(shown), std::to_string(length.all)});
  const Rect label{track.x + track.width + ui.px(8), row.y, number, control};
  ui.text_in(ui.fonts().text, label, Align::right, ui.theme().text, race.lanes.empty() ? "" : words);
  ui.landmark("race.words", label);
  return wish;
}

}  // namespace gradflow::ui
