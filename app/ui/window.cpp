#include "app/ui/window.h"

#include <imgui.h>
#include <imgui_internal.h>  // ClearActiveID: Tab leaves a text box

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "app/figure/layers.h"
#include "app/figure/race.h"
#include "app/figure/summary.h"
#include "app/ui/block_panel.h"
#include "app/ui/compat.h"
#include "app/ui/depth_slider.h"
#include "app/ui/fonts.h"
#include "app/ui/freshness.h"
#include "app/ui/header_bar.h"
#include "app/ui/plot_panel.h"
#include "app/ui/race_bar.h"
#include "app/ui/race_panel.h"
#include "app/ui/scale.h"
#include "app/ui/settings_panel.h"
#include "app/ui/stack_list.h"
#include "app/ui/theme.h"
#include "app/ui/tip.h"
#include "app/ui/toy_panel.h"
#include "app/ui/ui.h"
#include "app/ui/verdict_strip.h"

namespace gradflow::ui {
namespace {

constexpr float kColumnShare = 0.43F;  // of a narrow window
constexpr float kStripShare = 0.4F;    // of the height, what the verdicts have at most
constexpr float kStageShare = 0.38F;   // of the window, what the diagram has at most in presenter mode
constexpr float kWheelPause = 0.4F;    // seconds between two notches that are no longer one turn
constexpr int kRevealFrames = 6;       // to open a section, lay it out, scroll it
constexpr ImGuiWindowFlags kFixed = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings |
                                    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNavInputs |
                                    ImGuiWindowFlags_NoScrollWithMouse;

/// While it lives, the stacks have the race's depth: what the diagram shows of them is what runs.
class AtRaceDepth {
 public:
  explicit AtRaceDepth(session::Scene* scene) : scene_(scene) {
    if (scene->view != session::View::training) return;
    for (StackSpec& stack : scene->stacks) {
      depths_.push_back(std::exchange(stack.num_layers, scene->race.num_layers));
    }
  }
  ~AtRaceDepth() {
    for (std::size_t i = 0; i < depths_.size(); ++i) scene_->stacks[i].num_layers = depths_[i];
  }
  AtRaceDepth(const AtRaceDepth&) = delete;
  AtRaceDepth& operator=(const AtRaceDepth&) = delete;

 private:
  session::Scene* scene_;
  std::vector<int> depths_;
};

}  // namespace

struct Window::State {
  WindowOptions options;
  Look look;
  float built_scale = 0;  // that the fonts were made for
  Fonts fonts;
  std::vector<std::string> notices;
  UiState ui;
  StackList stacks;
  PlotPanel plots;
  BlockPanel block;
  DepthSlider depth;
  VerdictStrip verdicts;
  ToyPanel toy;
  SettingsState settings;
  RaceBar race_bar;
  RaceFolds race_folds;
  RaceView race;  // of this frame
  RaceWish race_wish = RaceWish::none;
  std::vector<std::shared_ptr<const StackReport>> answers, laws, bands, law_bands;  // one a stack
  std::vector<std::shared_ptr<const StackReport>> moments;  // one a stack: of the lane that is looked at
  Freshness freshness, law_freshness;
  Measurements pinned;  // of this frame
  std::shared_ptr<const session::CheckStatus> check;
  CheckWish check_wish;
  SessionStatus session;
  SessionWish session_wish;
  PathQuestion path_question;
  std::string remark;
  bool leave_box = false;  // the text of a box that is open belongs to a scene that is gone
  session::Gesture gesture = session::kNoGesture;
  float wheel_seconds = 0;            // left until the next notch of the wheel is a gesture of its own
  ImVec2 display{0, 0};               // of the last frame
  std::optional<std::size_t> select;  // the stack whose control is to be revealed

  float scale() const;
  void take_answers(const session::Scene& scene, const Measurements& given);
  Answers diagram_answers(const session::Scene& scene) const;
  void take_keys();
  void draw_column(const Ui& ui, const Rect& rect, session::Scene* scene);
  const Font& verdict_font() const { return look.presenter ? fonts.title : fonts.text; }
  Rect lay_verdicts(const Ui& ui, const session::Scene& scene, Rect* place);
  void draw_right(const Ui& ui, const Rect& rect, session::Scene* scene);
  void summarize(session::Scene scene);
  PlotMotion motion() const;
  session::Gesture read_gesture();
};

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
  const std::vector<session::Lane> lanes = session::lanes_of(scene);
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
  const Layout layout = look.presenter ? Layout::presenter : Layout::full;
  return drawn_scale(options.scale, look.zoom, layout, display.x, display.y);
}

void Window::State::take_keys() {
  const ImGuiIO& io = ImGui::GetIO();
  take_look_keys(&look);
  if (ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel)) return;
  if (compat::pressed_once(Key::f1)) look.keys_wanted = true;
  take_session_keys(&session_wish);
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
  const float slider = panel.px(Metrics::kDepthRow);
  const float plot = rect.height - slider - panel.px(Metrics::kGap);
  const Rect slider_rect{rect.x, rect.y + rect.height - slider, rect.width, slider};
  const Freshness& plotted = scene->view == session::View::depth_law ? law_freshness : freshness;
  plots.draw(panel, {rect.x, rect.y, rect.width, std::max(1.0F, plot)},
             {answers, laws, bands, law_bands, race}, pinned, plotted.dimmed(), motion(), scene);
  if (scene->view == session::View::training) {
    race_wish = race_bar.draw(panel, slider_rect, race, scene);
  } else {
    depth.draw(panel, slider_rect, freshness.any_stale(), ImGui::GetIO().DeltaTime, scene);
  }
}

void Window::State::summarize(session::Scene scene) {
  const AtRaceDepth depth_of_race(&scene);
  const bool training = scene.view == session::View::training;
  const Freshness& plotted = scene.view == session::View::depth_law ? law_freshness : freshness;
  // A heat map is read out as the curves of the whole layers.
  const figure::Figure* drawn = plots.figure();
  std::string quantity = drawn == nullptr ? "grad_norm/total" : plots.quantity();
  const figure::Figure whole =
      drawn == nullptr ? figure::layer_figure(diagram_answers(scene), quantity) : figure::Figure();
  if (training && drawn != nullptr) quantity = figure::race_quantity_axis(quantity);
  const std::vector<bool> stale = training ? std::vector<bool>() : plotted.stale();
  const std::string text =
      figure::summary({named(scene.view).label, quantity, drawn == nullptr ? whole : *drawn, scene.stacks,
                       verdicts.verdicts(), scene.hidden, stale, verdicts.owners()});
  ImGui::SetClipboardText(text.c_str());
  remark = "Copied a summary in words";
}

Window::Window(WindowOptions options) : state_(std::make_unique<State>()) {
  state_->options = options;
  state_->look.theme = options.theme;
  state_->look.motion = options.motion;
  state_->look.timing = options.timing;
}

Window::~Window() = default;

bool Window::prepare() {
  const float scale = state_->scale();
  if (scale == state_->built_scale) return false;
  LoadedFonts loaded = load_fonts(ImGui::GetIO().Fonts, scale, FontPaths());
  state_->fonts = loaded.fonts;
  if (state_->built_scale == 0) {
    state_->notices.insert(state_->notices.end(), loaded.notices.begin(), loaded.notices.end());
  }
  state_->built_scale = scale;
  return true;
}

void Window::draw(session::Scene& scene, const Measurements& measured, const Measurements& pinned) {
  State& state = *state_;
  state.pinned = pinned;
  if (state.fonts.text.face == nullptr) {
    const Font builtin{ImGui::GetFont(), ImGui::GetFontSize()};
    state.fonts = {builtin, builtin, builtin, builtin};
  }
  const Theme& theme = theme_of(state.look.theme);
  const float scale = state.built_scale > 0 ? state.built_scale : state.scale();
  apply_style(theme, scale, &ImGui::GetStyle());
  state.ui.landmarks.begin_frame();
  state.ui.focus.begin_frame();
  state.take_answers(scene, measured);
  if (const auto stack = std::exchange(state.select, {}); stack && *stack < scene.stacks.size())
    scene.selected = *stack;
  state.session_wish = {};
  state.race_wish = RaceWish::none;
  if (std::exchange(state.leave_box, false)) ImGui::ClearActiveID();
  state.take_keys();
  if (state.ui.reveal_frames > 0 && --state.ui.reveal_frames == 0) state.ui.reveal.clear();

  const ImVec2 size = state.display = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(size);
  ImGui::Begin("gradflow", nullptr, kFixed);
  const Ui ui(theme, state.fonts, scale, &state.ui);
  const float margin = ui.px(Metrics::kMargin);
  const float head = ui.px(Metrics::kHeader);
  const float low = size.y - ui.px(Metrics::kGap);
  draw_header(ui, {margin, 0, size.x - 2 * margin, head}, state.answers, state.freshness.long_stale(),
              state.session, &state.look, &state.notices, &state.remark, &state.session_wish);
  Rect body{margin, head, std::max(1.0F, size.x - 2 * margin), std::max(1.0F, low - head)};
  Rect strip;
  float left = margin;
  if (state.look.presenter) {  // large words want the whole width, or they take the plot's height
    strip = state.lay_verdicts(ui, scene, &body);
    const Rect room{body.x, body.y, size.x * kStageShare, body.height - ui.px(Metrics::kGap)};
    const AtRaceDepth depth_of_race(&scene);
    left += state.block.present(ui, room, state.diagram_answers(scene), state.freshness.dimmed(),
                                state.motion(), &scene);
  } else {
    const float column = std::round(std::min(ui.px(Metrics::kColumn), size.x * kColumnShare));
    state.draw_column(ui, {body.x, body.y, column + ui.px(12), body.height}, &scene);
    left += column + ui.px(12);
  }
  Rect right{left + margin, body.y, std::max(1.0F, size.x - left - 2 * margin), body.height};
  if (!state.look.presenter) strip = state.lay_verdicts(ui, scene, &right);
  state.draw_right(ui, right, &scene);
  state.verdicts.draw(ui, strip, state.verdict_font(), state.freshness.dimmed());
  if (state.session_wish.command == Command::summarize) {
    state.session_wish.command = Command::none;
    state.summarize(scene);
  }
  if (!state.ui.remark.empty()) state.remark = std::exchange(state.ui.remark, {});
  draw_keys(ui, &state.look);
  if (std::exchange(state.look.check_wanted, false)) ImGui::OpenPopup(kCheckPanel);
  ask_for_path(state.session, &state.session_wish, &state.path_question);
  draw_path_question(ui, &state.path_question, &state.session_wish);
  state.check_wish = draw_check_panel(ui, scene, state.check.get());
  draw_tip(ui, ImGui::GetIO().DeltaTime);
  state.gesture = state.read_gesture();
  ImGui::End();
}

bool Window::wants_frames() const { return settling() || state_->block.pulsing(); }

bool Window::settling() const {
  const State& state = *state_;
  return state.depth.sweeping() || state.plots.moving() || state.freshness.moving() ||
         state.law_freshness.moving() || tip_is_due(state.ui) || state.ui.reveal_frames > 0 ||
         state.scale() != state.built_scale;
}

void Window::show_check(std::shared_ptr<const session::CheckStatus> status) {
  state_->check = std::move(status);
}

const CheckWish& Window::check_wish() const { return state_->check_wish; }

std::string_view Window::focused() const {
  const Focus& focus = state_->ui.focus;
  return focus.visible() ? std::string_view(focus.current()) : std::string_view();
}

RaceWish Window::race_wish() const { return state_->race_wish; }

void Window::offer(std::vector<session::Offer> offers) { state_->stacks.offer(std::move(offers)); }

void Window::show_session(SessionStatus status) { state_->session = std::move(status); }

const SessionWish& Window::session_wish() const { return state_->session_wish; }

void Window::ask_again(const SessionWish& wish, std::string problem) {
  state_->path_question = {wish.command, wish.path, std::move(problem), true};
}

void Window::drop_typing() {
  state_->ui.edits.clear();
  state_->leave_box = true;
}

session::Gesture Window::gesture() const { return state_->gesture; }

const Landmarks& Window::landmarks() const { return state_->ui.landmarks; }

const std::string& Window::focus() const { return state_->ui.focus.current(); }

void Window::reveal(std::string_view name) {
  state_->ui.reveal = name;
  state_->ui.reveal_frames = kRevealFrames;
  if (in_settings(name)) state_->settings.open = true;
  if (in_toy(name)) state_->toy.unfold();
  if (in_race(name)) state_->race_folds = {true, true};
  if (in_code(name)) state_->block.unfold_code();
  state_->select = stack_of(name);
}

void Window::set_scale(float scale) { state_->options.scale = scale; }

void Window::notify(std::string sentence) { state_->notices.push_back(std::move(sentence)); }

void Window::remark(std::string sentence) { state_->remark = std::move(sentence); }

const std::vector<std::string>& Window::notices() const { return state_->notices; }

}  // namespace gradflow::ui
