// The whole window: reads the answers, edits the scene. Everything that Dear ImGui draws starts in draw().
//
// A frame, for whoever owns the ImGui context:
//   if (window.prepare()) upload the font texture again;   (before the renderer's NewFrame)
//   backends' NewFrame; ImGui::NewFrame(); window.draw(scene, measured); ImGui::Render(); present
// and while window.wants_frames(), draw the next frame without waiting for an event.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/lessons/walk.h"
#include "app/session/checker.h"
#include "app/session/history.h"
#include "app/session/scene.h"
#include "app/session/scene_edits.h"
#include "app/ui/answers.h"
#include "app/ui/check_panel.h"
#include "app/ui/landmarks.h"
#include "app/ui/options.h"
#include "app/ui/race_bar.h"
#include "app/ui/session_menu.h"
#include "core/analysis/report.h"

namespace gradflow::ui {

class Window {
 public:
  explicit Window(WindowOptions options = {});
  ~Window();

  /// Builds the font atlas of the current ImGui context when scale or text size changed. Call between frames;
  /// true means that the renderer must upload the font texture again.
  bool prepare();

  /// One frame, between ImGui::NewFrame and ImGui::Render. `pinned` has the answers to the scene's pins,
  /// nullptr where a stack has none. `walk`: the lessons, which may put scenes of their own in place.
  void draw(session::Scene& scene, const Measurements& measured, const Measurements& pinned = {},
            lessons::Walk* walk = nullptr);

  /// What the panel "Check these numbers" shows; nullptr before the first check. Between frames.
  void show_check(std::shared_ptr<const session::CheckStatus> status);
  /// What the user wanted of it in the last draw().
  const CheckWish& check_wish() const;

  /// What the user wanted of the race in the last draw().
  RaceWish race_wish() const;

  /// Shows the first steps. Between frames.
  void show_hint();
  /// Whether they need not come again; true once.
  bool take_hint_end();

  /// The stacks that can be added to the list. Between frames.
  void offer(std::vector<session::Offer> offers);

  /// What the menus show of the session. Between frames.
  void show_session(SessionStatus status);
  /// What the user wanted done with it in the last draw().
  const SessionWish& session_wish() const;
  /// Asks for the path of a wish once more and says why. Between frames.
  void ask_again(const SessionWish& wish, std::string problem);
  /// Forgets what stands in boxes but is not in the scene, which has been replaced. Between frames.
  void drop_typing();
  /// What the hand was on in the last draw(): edits of one gesture are one step of the history.
  session::Gesture gesture() const;

  /// True while something moves (the sweep, an axis that settles, pulses): draw again without waiting for an
  /// event.
  bool wants_frames() const;
  /// The same without what moves only to be looked at: true until all that is shown is in its place.
  bool settling() const;

  /// The control that the keyboard is on; empty while the mouse is in use.
  std::string_view focused() const;

  /// What the last draw() drew, and where.
  const Landmarks& landmarks() const;

  /// The control that the keyboard is on, or was last.
  const std::string& focus() const;

  /// Opens the section that holds the control of this name, selects its stack and scrolls to it; takes two
  /// frames.
  void reveal(std::string_view name);

  /// The monitor's scale changed; takes effect at the next prepare().
  void set_scale(float scale);

  /// Shows a sentence, such as why a dropped file cannot be opened, until the user closes it. Between frames.
  void notify(std::string sentence);

  /// Says in passing what was done, such as where the session was saved, until the next remark or edit.
  void remark(std::string sentence);

  /// Adds every text that is shown from now on to the set, which must stay; a tip as soon as its control is
  /// pointed at.
  void keep_texts(std::set<std::string, std::less<>>* texts);

  /// The sentences shown, oldest first, such as one on a font that is missing.
  const std::vector<std::string>& notices() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gradflow::ui
