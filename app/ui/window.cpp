#include "app/ui/window.h"

#include <imgui.h>
#include <imgui_internal.h>  // ClearActiveID: what is typed belongs to a scene that is gone

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/compat.h"
#include "app/ui/raced_depth.h"
#include "app/ui/theme.h"
#include "app/ui/tip.h"
#include "app/ui/window_state.h"

namespace gradflow::ui {
namespace {

constexpr float kColumnShare = 0.43F;  // of a narrow window
constexpr float kStageShare = 0.38F;   // of the window, what the diagram has at most in presenter mode
constexpr float kLessonStageShare = 0.27F;
constexpr ImGuiWindowFlags kFixed = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings |
                                    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNavInputs |
                                    ImGuiWindowFlags_NoScrollWithMouse;

/// The data area of the plot, or of its panels.
Rect plot_of(const UiState& ui) {
  for (const char* name : {"plot.area", "plot.panel.0"}) {
    if (const Landmark* place = ui.landmarks.find(name)) return place->rect;
  }
  return {};
}

}  // namespace

Window::Window(WindowOptions options) : state_(std::make_unique<State>()) {
  state_->options = options;
  state_->look.theme = options.theme;
  state_->look.motion = options.motion;
  state_->look.timing = options.timing;
}

Window::~Window() = default;

bool Window::prepare() {
  const float scale = state_->scale();
  if (scale == state_->built_scale && state_->prose == state_->built_prose) return false;
  LoadedFonts loaded = load_fonts(ImGui::GetIO().Fonts, scale, FontPaths(), state_->prose);
  state_->built_prose = state_->prose;
  state_->fonts = loaded.fonts;
  if (state_->built_scale == 0) {
    state_->notices.insert(state_->notices.end(), loaded.notices.begin(), loaded.notices.end());
  }
  state_->built_scale = scale;
  return true;
}

void Window::draw(session::Scene& scene, const Measurements& measured, const Measurements& pinned,
                  lessons::Walk* walk) {
  State& state = *state_;
  state.pinned = pinned;
  if (state.fonts.text.face == nullptr) {
    const Font builtin{ImGui::GetFont(), ImGui::GetFontSize()};
    state.fonts = {builtin, builtin, builtin, builtin, builtin, builtin, builtin};
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
  state.take_keys(walk, &scene);
  if (state.ui.reveal_frames > 0 && --state.ui.reveal_frames == 0) state.ui.reveal.clear();

  const ImVec2 size = state.display = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(size);
  ImGui::Begin("gradflow", nullptr, kFixed);
  const Ui ui(theme, state.fonts, scale, &state.ui);
  const float margin = ui.px(Metrics::kMargin);
  const float head = ui.px(Metrics::kHeader);
  const float low = size.y - ui.px(Metrics::kGap);
  draw_header(ui, {margin, 0, size.x - 2 * margin, head},
              {state.answers, state.freshness.long_stale(), state.session},
              {&state.look, &state.notices, &state.remark, &state.session_wish, walk, &scene});
  if (walk != nullptr && state.turn_page(scene, *walk)) state.take_answers(scene, measured);
  Rect body{margin, head, std::max(1.0F, size.x - 2 * margin), std::max(1.0F, low - head)};
  Rect strip;
  float left = margin;
  if (state.look.presenter) {  // large words want the whole width, or they take the plot's height
    strip = state.lay_verdicts(ui, scene, &body);
    const float share = state.teaching ? kLessonStageShare : kStageShare;
    const Rect room{body.x, body.y, size.x * share, body.height - ui.px(Metrics::kGap)};
    const AtRaceDepth depth_of_race(&scene);
    left += state.block.present(ui, room, state.diagram_answers(scene), state.freshness.dimmed(),
                                state.motion(), &scene);
  } else {
    const float column = std::round(std::min(ui.px(Metrics::kColumn), size.x * kColumnShare));
    state.draw_column(ui, {body.x, body.y, column + ui.px(12), body.height}, &scene);
    left += column + ui.px(12);
  }
  Rect right{left + margin, body.y, std::max(1.0F, size.x - left - 2 * margin), body.height};
  Rect page;
  if (state.teaching)
    page = LessonPanel::lay_out(ui, state.look.presenter,
                                std::max(scene.stacks.size(), state.verdicts.owners().size()), &right);
  if (!state.look.presenter) strip = state.lay_verdicts(ui, scene, &right);
  state.draw_right(ui, right, &scene);
  state.verdicts.draw(ui, strip, state.verdict_font(), state.freshness.dimmed());
  const HintSigns signs = state.hint_signs(walk);
  if (std::exchange(state.look.hint_wanted, false)) state.hint.start();
  state.hint.follow(scene, signs);
  if (!state.teaching && scene.view != session::View::training)
    state.hint.draw(ui, plot_of(state.ui), scene, signs);
  if (state.teaching) {
    const Answers passes(state.answers);
    state.lesson.look(passes, state.race, scene, walk);
    LessonPanel::point(ui, *walk);
    state.lesson.draw(ui, page, passes, state.race, walk, &scene);
    if (walk->take_race_wish()) state.race_wish = RaceWish::start;
  }
  if (!state.pointed_at.empty()) state.reveal(std::exchange(state.pointed_at, {}));
  if (state.session_wish.command == Command::summarize) {
    state.session_wish.command = Command::none;
    state.summarize(scene);
  }
  if (!state.ui.remark.empty()) state.remark = std::exchange(state.ui.remark, {});
  draw_keys(ui, &state.look);
  state.explain(ui, walk, &scene);
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
         state.scale() != state.built_scale || state.prose != state.built_prose;
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

void Window::show_hint() { state_->hint.start(); }

bool Window::take_hint_end() { return state_->hint.take_end(); }

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

void Window::reveal(std::string_view name) { state_->reveal(name); }

void Window::set_scale(float scale) { state_->options.scale = scale; }

void Window::notify(std::string sentence) { state_->notices.push_back(std::move(sentence)); }

void Window::keep_texts(std::set<std::string, std::less<>>* texts) { state_->ui.drawn = texts; }

void Window::remark(std::string sentence) { state_->remark = std::move(sentence); }

const std::vector<std::string>& Window::notices() const { return state_->notices; }

}  // namespace gradflow::ui
