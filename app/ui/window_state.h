// What the window remembers from frame to frame, and the parts that a frame is drawn in: window_parts.cpp.
#pragma once

#include <imgui.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/block_panel.h"
#include "app/ui/depth_slider.h"
#include "app/ui/fonts.h"
#include "app/ui/freshness.h"
#include "app/ui/header_bar.h"
#include "app/ui/hint.h"
#include "app/ui/lesson_panel.h"
#include "app/ui/plot_panel.h"
#include "app/ui/race_bar.h"
#include "app/ui/race_panel.h"
#include "app/ui/session_menu.h"
#include "app/ui/settings_panel.h"
#include "app/ui/stack_list.h"
#include "app/ui/toy_panel.h"
#include "app/ui/ui.h"
#include "app/ui/verdict_strip.h"
#include "app/ui/window.h"

namespace gradflow::ui {

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
  LessonPanel lesson;
  Hint hint;
  std::uint64_t turn = 0;  // of the lessons' pages, that the window was brought to
  Prose prose = Prose::left_out, built_prose = Prose::left_out;
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
  std::string pointed_at;             // the control that a page points at, to be revealed

  float scale() const;
  void take_answers(const session::Scene& scene, const Measurements& given);
  Answers diagram_answers(const session::Scene& scene) const;
  void take_keys(lessons::Walk* walk, session::Scene* scene);
  bool teaching = false;       // a page is open
  bool column_to_top = false;  // it has been turned
  bool turn_page(const session::Scene& scene, const lessons::Walk& walk);
  void reveal(std::string_view name);
  void draw_column(const Ui& ui, const Rect& rect, session::Scene* scene);
  const Font& verdict_font() const { return look.presenter ? fonts.title : fonts.text; }
  Rect lay_verdicts(const Ui& ui, const session::Scene& scene, Rect* place);
  void draw_right(const Ui& ui, const Rect& rect, session::Scene* scene);
  void explain(const Ui& ui, lessons::Walk* walk, session::Scene* scene);
  HintSigns hint_signs(const lessons::Walk* walk) const;
  void summarize(session::Scene scene);
  PlotMotion motion() const;
  session::Gesture read_gesture();
};

}  // namespace gradflow::ui
