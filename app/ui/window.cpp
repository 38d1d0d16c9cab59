#include "app/ui/window.h"

#include <imgui.h>
#include <imgui_internal.h>  // ClearActiveID: Tab leaves a text box

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/compat.h"
#include "app/ui/depth_slider.h"
#include "app/ui/fonts.h"
#include "app/ui/freshness.h"
#include "app/ui/header_bar.h"
#include "app/ui/layer_panel.h"
#include "app/ui/scale.h"
#include "app/ui/settings_panel.h"
#include "app/ui/stack_card.h"
#include "app/ui/theme.h"
#include "app/ui/tip.h"
#include "app/ui/ui.h"
#include "app/ui/verdict_strip.h"

namespace gradflow::ui {
namespace {

constexpr float kColumnShare = 0.38F;  // of a narrow window
constexpr int kRevealFrames = 6;       // to open a section, lay it out, scroll it
constexpr ImGuiWindowFlags kFixed = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings |
                                    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNavInputs |
                                    ImGuiWindowFlags_NoScrollWithMouse;

}  // namespace

struct Window::State {
  WindowOptions options;
  Look look;
  float built_scale = 0;  // that the fonts were made for
  Fonts fonts;
  std::vector<std::string> notices;
  UiState ui;
  LayerPanel layers;
  DepthSlider depth;
  VerdictStrip verdicts;
  SettingsState settings;
  std::vector<std::shared_ptr<const StackReport>> answers;  // one a stack
  Freshness freshness;
  std::shared_ptr<const session::CheckStatus> check;
  CheckWish check_wish;
  ImVec2 display{0, 0};  // of the last frame

  float scale() const;
  void take_answers(const session::Scene& scene, Answers given);
  void take_keys();
  void draw_column(const Ui& ui, const Rect& rect, session::Scene* scene);
  void draw_right(const Ui& ui, const Rect& rect, session::Scene* scene);
  PlotMotion motion() const;
};

void Window::State::take_answers(const session::Scene& scene, Answers given) {
  answers.assign(given.begin(), given.end());
  answers.resize(scene.stacks.size());
  freshness.follow(scene, answers, ImGui::GetIO().DeltaTime, look.motion);
}

float Window::State::scale() const {
  const Layout layout = look.presenter ? Layout::presenter : Layout::full;
  return drawn_scale(options.scale, look.zoom, layout, display.x, display.y);
}

void Window::State::take_keys() {
  const ImGuiIO& io = ImGui::GetIO();
  if (compat::pressed_once(Key::f5)) look.presenter = !look.presenter;
  if (io.KeyCtrl) {
    if (compat::pressed(Key::plus) || compat::pressed(Key::keypad_plus)) zoom_in(&look);
    if (compat::pressed(Key::minus) || compat::pressed(Key::keypad_minus)) zoom_out(&look);
    if (compat::pressed(Key::zero)) look.zoom = 1;
  }
  if (ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel)) return;
  if (compat::pressed_once(Key::f1)) look.keys_wanted = true;
  if (compat::pressed(Key::tab) && !io.KeyCtrl && !io.KeyAlt) {
    ImGui::ClearActiveID();
    ui.focus.move(io.KeyShift ? -1 : 1);
  }
  if (compat::pressed_once(Key::escape) && !io.WantTextInput) ui.focus.hide();
}

PlotMotion Window::State::motion() const {
  const bool busy = depth.busy() || ImGui::IsMouseDown(ImGuiMouseButton_Left);
  return {busy ? Hand::busy : Hand::free, ImGui::GetIO().DeltaTime, look.motion};
}

void Window::State::draw_column(const Ui& panel, const Rect& rect, session::Scene* scene) {
  ImGui::SetCursorScreenPos(ImVec2(rect.x, rect.y));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, panel.theme().ground);
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoNavInputs | ImGuiWindowFlags_NoSavedSettings;
  if (ImGui::BeginChild("column", ImVec2(rect.width, rect.height), false, kFlags)) {
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float bar = panel.px(12);  // kept free for the scroll bar, so that nothing moves when it comes
    Rect place{origin.x, origin.y, rect.width - bar, 0};
    for (std::size_t i = 0; i < scene->stacks.size(); ++i) {
      place.y += draw_stack_card(panel, i, place, &scene->stacks[i]) + panel.px(Metrics::kPadding);
    }
    if (!scene->stacks.empty()) place.y += draw_settings(panel, place, &settings, scene);
    ImGui::SetCursorScreenPos(ImVec2(origin.x, place.y));
    ImGui::Dummy(ImVec2(1, panel.px(4)));
  }
  ImGui::EndChild();
  ImGui::PopStyleColor();
}

void Window::State::draw_right(const Ui& panel, const Rect& rect, session::Scene* scene) {
  const Font& verdict_font = look.presenter ? fonts.title : fonts.text;
  verdicts.update(answers, freshness.stale(), *scene);
  const float strip =
      std::min(verdicts.height(panel, rect.width, verdict_font, motion().hand), rect.height * 0.4F);
  const float slider = panel.px(Metrics::kDepthRow);
  const float bottom = rect.y + rect.height;
  const float plot = rect.height - strip - slider - panel.px(Metrics::kGap);
  const Rect strip_rect{rect.x, bottom - strip, rect.width, strip};
  const Rect slider_rect{rect.x, strip_rect.y - slider, rect.width, slider};
  layers.draw(panel, {rect.x, rect.y, rect.width, std::max(1.0F, plot)}, answers, freshness.dimmed(),
              motion(), scene);
  depth.draw(panel, slider_rect, freshness.any_stale(), ImGui::GetIO().DeltaTime, scene);
  verdicts.draw(panel, strip_rect, verdict_font, freshness.dimmed());
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
  if (state_->built_scale == 0) state_->notices = std::move(loaded.notices);
  state_->built_scale = scale;
  return true;
}

void Window::draw(session::Scene& scene, std::span<const std::shared_ptr<const StackReport>> answers) {
  State& state = *state_;
  if (state.fonts.text.face == nullptr) {
    const Font builtin{ImGui::GetFont(), ImGui::GetFontSize()};
    state.fonts = {builtin, builtin, builtin};
  }
  const Theme& theme = theme_of(state.look.theme);
  const float scale = state.built_scale > 0 ? state.built_scale : state.scale();
  apply_style(theme, scale, &ImGui::GetStyle());
  state.ui.landmarks.begin_frame();
  state.ui.focus.begin_frame();
  state.take_answers(scene, answers);
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
              &state.look, &state.notices);
  float left = margin;
  if (!state.look.presenter) {
    const float column = std::round(std::min(ui.px(Metrics::kColumn), size.x * kColumnShare));
    state.draw_column(ui, {margin, head, column + ui.px(12), std::max(1.0F, low - head)}, &scene);
    left += column + ui.px(12) + margin;
  }
  state.draw_right(ui, {left, head, std::max(1.0F, size.x - left - margin), std::max(1.0F, low - head)},
                   &scene);
  draw_keys(ui, &state.look);
  if (std::exchange(state.look.check_wanted, false)) ImGui::OpenPopup(kCheckPanel);
  state.check_wish = draw_check_panel(ui, scene, state.check.get());
  draw_tip(ui, ImGui::GetIO().DeltaTime);
  ImGui::End();
}

bool Window::wants_frames() const {
  const State& state = *state_;
  return state.depth.sweeping() || state.layers.moving() || state.freshness.moving() ||
         tip_is_due(state.ui) || state.ui.reveal_frames > 0 || state.scale() != state.built_scale;
}

void Window::show_check(std::shared_ptr<const session::CheckStatus> status) {
  state_->check = std::move(status);
}

const CheckWish& Window::check_wish() const { return state_->check_wish; }

const Landmarks& Window::landmarks() const { return state_->ui.landmarks; }

void Window::reveal(std::string_view name) {
  state_->ui.reveal = name;
  state_->ui.reveal_frames = kRevealFrames;
  if (in_settings(name)) state_->settings.open = true;
}

void Window::set_scale(float scale) { state_->options.scale = scale; }

void Window::notify(std::string sentence) { state_->notices.push_back(std::move(sentence)); }

const std::vector<std::string>& Window::notices() const { return state_->notices; }

}  // namespace gradflow::ui
