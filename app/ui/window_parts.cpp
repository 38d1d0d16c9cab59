// The parts of a frame, and what the hand does beside the controls.
#include <imgui.h>
#include <imgui_internal.h>  // ClearActiveID: Tab leaves a text box

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/figure/layers.h"
#include "app/figure/race.h"
#include "app/figure/summary.h"
#include "app/ui/compat.h"
#include "app/ui/explain_panel.h"
#include "app/ui/raced_depth.h"
#include "app/ui/scale.h"
#include "app/ui/tip.h"
#include "app/ui/window_state.h"
#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

constexpr float kStripShare = 0.4F;  // of the height, what the verdicts have at most
constexpr int kRevealFrames = 6;     // to open a section, lay it out, scroll it
constexpr float kRoomyTable = 480;   // of height
constexpr float kWheelPause = 0.4F;  // seconds between two notches that are no longer one turn

}  // namespace

void Window::State::take_answers(const session::Scene& scene, const Measurements& given) {
  const auto take = [&](Answers from, auto& to, Freshness& fresh) {
    to.assign(from.begin(), from.end());
    to.resize(scene.stacks.size());
    fresh.follow(scene, to, ImGui::GetIO().DeltaTime, look.motion);
  };
  take(given.passes, answers, freshness);
  take(given.laws, laws, law_freshness);
  bands.assign(given.bands.begin(), given.bands.end());
  law_bands.assign(given.law_bands.begin(), given.law_bands.end());
  race = given.race;
  moments.clear();
  if (scene.view != session::View::training) return;
  const std::vector<session::LanePlace> lanes = session::lane_places(scene);
  moments.resize(scene.stacks.size());
  for (std::size_t i = lanes.size(); i-- > 0;) {
    if (i < race.moments.size()) moments[lanes[i].stack] = race.moments[i];  // the first lane of each stack
  }
  const std::size_t shown = session::shown_lane(scene, lanes);
  if (shown < std::min(lanes.size(), race.moments.size())) moments[lanes[shown].stack] = race.moments[shown];
}

/// What the diagram's wires are as thick as.
Answers Window::State::diagram_answers(const session::Scene& scene) const {
  return scene.view == session::View::training ? Answers(moments) : Answers(answers);
}

float Window::State::scale() const {
  const Layout layout = !look.presenter ? Layout::full : teaching ? Layout::lesson : Layout::presenter;
  return drawn_scale(options.scale, look.zoom, layout, display.x, display.y);
}

/// Another page has come, or the user's session has come back: what the hand was at belongs to neither.
bool Window::State::turn_page(const session::Scene& scene, const lessons::Walk& walk) {
  if (std::exchange(turn, walk.turns()) == walk.turns()) return false;
  depth = {};
  teaching = walk.place().has_value();
  column_to_top = true;
  depth.use_page_keys(!teaching);
  ui.edits.clear();
  ImGui::ClearActiveID();
  prose = Prose::loaded;
  if (walk.step() == nullptr || walk.step()->highlight.empty()) return true;
  const std::string& shown = walk.step()->highlight.front();
  if (const auto stack = stack_of(shown); !stack || *stack == scene.selected) pointed_at = shown;
  return true;
}

/// Opens the section that holds the control, selects its stack and scrolls to it, in the frames to come.
void Window::State::reveal(std::string_view name) {
  ui.reveal = name;
  ui.reveal_frames = kRevealFrames;
  if (in_settings(name)) settings.open = true;
  if (in_toy(name)) toy.unfold();
  if (in_race(name)) race_folds = {true, true};
  if (in_code(name)) block.unfold_code();
  select = stack_of(name);
}

void Window::State::take_keys(lessons::Walk* walk, session::Scene* scene) {
  const ImGuiIO& io = ImGui::GetIO();
  take_look_keys(&look);
  if (ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel)) return;
  if (compat::pressed_once(Key::f1)) look.keys_wanted = true;
  if (compat::pressed_once(Key::f3)) look.explain_wanted = true;
  take_session_keys(&session_wish);
  if (walk != nullptr && !io.WantTextInput) take_lesson_keys(walk, scene);
  if (compat::pressed(Key::tab) && !io.KeyCtrl && !io.KeyAlt) {
    ImGui::ClearActiveID();
    ui.focus.move(io.KeyShift ? -1 : 1);
  }
  if (compat::pressed_once(Key::escape) && !io.WantTextInput) ui.focus.hide();
}

PlotMotion Window::State::motion() const {
  const bool busy = depth.busy() || race_bar.busy() || ImGui::IsMouseDown(ImGuiMouseButton_Left);
  return {busy ? Hand::busy : Hand::free, ImGui::GetIO().DeltaTime, look.motion};
}

/// What is held or typed into has a number of its own; the depth's keys and sweep and the wheel have none.
session::Gesture Window::State::read_gesture() {
  constexpr session::Gesture kDepth = session::Gesture{1} << 32U, kWheel = kDepth + 1;
  const ImGuiIO& io = ImGui::GetIO();
  wheel_seconds = io.MouseWheel != 0 ? kWheelPause : std::max(0.0F, wheel_seconds - io.DeltaTime);
  if (std::exchange(ui.committed, false)) return session::kNoGesture;
  if (const ImGuiID active = ImGui::GetActiveID(); active != 0) return active;
  if (depth.busy()) return kDepth;
  return wheel_seconds > 0 ? kWheel : session::kNoGesture;
}

void Window::State::draw_column(const Ui& panel, const Rect& rect, session::Scene* scene) {
  ImGui::SetCursorScreenPos(ImVec2(rect.x, rect.y));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, panel.theme().ground);
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoNavInputs | ImGuiWindowFlags_NoSavedSettings;
  if (ImGui::BeginChild("column", ImVec2(rect.width, rect.height), false, kFlags)) {
    if (std::exchange(column_to_top, false)) ImGui::SetScrollY(0);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float bar = panel.px(12);  // kept free for the scroll bar, so that nothing moves when it comes
    Rect place{origin.x, origin.y, rect.width - bar, 0};
    if (!scene->stacks.empty()) {
      place.y += stacks.draw(panel, place, scene) + panel.px(Metrics::kPadding);
    }
    if (scene->view == session::View::training) {
      place.y += draw_race_panel(panel, place, &race_folds, scene) + panel.px(Metrics::kPadding);
    }
    {
      const AtRaceDepth depth_of_race(scene);
      place.y += block.draw(panel, place, diagram_answers(*scene), freshness.dimmed(), motion(), scene);
    }
    place.y += panel.px(Metrics::kPadding);
    if (!scene->stacks.empty()) {
      place.y += toy.draw(panel, place, answers, *scene) + panel.px(Metrics::kPadding);
      place.y += draw_settings(panel, place, &settings, scene);
    }
    ImGui::SetCursorScreenPos(ImVec2(origin.x, place.y));
    ImGui::Dummy(ImVec2(1, panel.px(4)));
  }
  ImGui::EndChild();
  ImGui::PopStyleColor();
}

/// Takes them their room at the bottom of the place.
Rect Window::State::lay_verdicts(const Ui& panel, const session::Scene& scene, Rect* place) {
  if (scene.view == session::View::training) {
    verdicts.update(race, scene);
  } else {
    verdicts.update(answers, freshness.stale(), scene);
  }
  const float wanted = verdicts.height(panel, place->width, verdict_font(), motion().hand);
  const float height = std::min(wanted, place->height * kStripShare);
  place->height = std::max(1.0F, place->height - height);
  return {place->x, place->y + place->height, place->width, height};
}

void Window::State::draw_right(const Ui& panel, const Rect& rect, session::Scene* scene) {
  // Depth says next to nothing of one token, whose table wants the room.
  const bool leave_out = scene->view == session::View::token && rect.height < panel.px(kRoomyTable);
  const float slider = leave_out ? 0 : panel.px(Metrics::kDepthRow);
  const float plot = rect.height - slider - panel.px(Metrics::kGap);
  const Rect slider_rect{rect.x, rect.y + rect.height - slider, rect.width, slider};
  const Freshness& plotted = scene->view == session::View::depth_law ? law_freshness : freshness;
  plots.draw(panel, {rect.x, rect.y, rect.width, std::max(1.0F, plot)},
             {answers, laws, bands, law_bands, race}, pinned, plotted.dimmed(), motion(), scene);
  if (scene->view == session::View::training) {
    race_wish = race_bar.draw(panel, slider_rect, race, scene);
  } else if (!leave_out) {
    depth.draw(panel, slider_rect, freshness.any_stale(), ImGui::GetIO().DeltaTime, scene);
  }
}

void Window::State::explain(const Ui& panel, lessons::Walk* walk, session::Scene* scene) {
  if (std::exchange(look.explain_wanted, false)) ImGui::OpenPopup(kExplainPanel);
  if (!ImGui::IsPopupOpen(kExplainPanel)) return;
  session::Scene shown = *scene;
  std::optional<figure::RaceShown> raced;
  const bool training = scene->view == session::View::training;
  if (training) {
    for (StackSpec& stack : shown.stacks) {
      stack.num_layers = scene->race.num_layers;
      stack.batch_size = scene->race.batch_size;
      stack.seed = scene->race.seed;
    }
    raced = figure::RaceShown{scene->race.training, race.phase, 0, scene->race.step};
    for (const auto& lane : race.lanes) {
      if (lane) raced->steps = std::max(raced->steps, lane->history.steps());
    }
  }
  const Freshness& plotted = scene->view == session::View::depth_law ? law_freshness : freshness;
  const std::vector<bool> stale = training ? std::vector<bool>() : plotted.stale();
  const figure::Explanation explanation =
      figure::explanation({named(scene->view).key, plots.quantity(), plots.drawing(), shown.stacks,
                           verdicts.verdicts(), verdicts.owners(), scene->hidden, stale, raced});
  draw_explain_panel(panel, explanation, walk, scene);
}

HintSigns Window::State::hint_signs(const lessons::Walk* walk) const {
  HintSigns signs;
  signs.busy = motion().hand == Hand::busy || wheel_seconds > 0;
  signs.lessons_open = ImGui::IsPopupOpen("header.lessons") || (walk != nullptr && walk->place());
  signs.verdict_read = ui.tip_name.starts_with("verdict.") && ui.tip_seconds >= kTipDelay;
  signs.has_lessons = walk != nullptr && !walk->entries(lessons::Book::course).empty();
  return signs;
}

void Window::State::summarize(session::Scene scene) {
  const AtRaceDepth depth_of_race(&scene);
  const bool training = scene.view == session::View::training;
  const Freshness& plotted = scene.view == session::View::depth_law ? law_freshness : freshness;
  // A heat map is read out as the curves of the whole layers, a token's walk line by line.
  const figure::Figure* drawn = plots.figure();
  std::string quantity = drawn == nullptr ? "grad_norm/total" : plots.quantity();
  const figure::Figure whole =
      drawn == nullptr ? figure::layer_figure(diagram_answers(scene), quantity) : figure::Figure();
  if (training && drawn != nullptr) quantity = figure::race_quantity_axis(quantity);
  const std::vector<bool> stale = training ? std::vector<bool>() : plotted.stale();
  const std::string text =
      figure::summary({label_of(scene.view), quantity, drawn == nullptr ? whole : *drawn, scene.stacks,
                       verdicts.verdicts(), scene.hidden, stale, verdicts.owners(), plots.token()});
  ImGui::SetClipboardText(text.c_str());
  remark = tr("Copied a summary in words");
}

}  // namespace gradflow::ui
