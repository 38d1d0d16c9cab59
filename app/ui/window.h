// The whole window: reads the answers, edits the scene. Everything that Dear ImGui draws starts in draw().
//
// A frame, for whoever owns the ImGui context:
//   if (window.prepare()) upload the font texture again;   (before the renderer's NewFrame)
//   backends' NewFrame; ImGui::NewFrame(); window.draw(scene, answers); ImGui::Render(); present
// and while window.wants_frames(), draw the next frame without waiting for an event.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/session/checker.h"
#include "app/session/scene.h"
#include "app/ui/check_panel.h"
#include "app/ui/landmarks.h"
#include "app/ui/options.h"
#include "core/analysis/report.h"

namespace gradflow::ui {

class Window {
 public:
  explicit Window(WindowOptions options = {});
  ~Window();

  /// Builds the font atlas of the current ImGui context when scale or text size changed. Call between frames;
  /// true means that the renderer must upload the font texture again.
  bool prepare();

  /// One frame, between ImGui::NewFrame and ImGui::Render. `answers[i]` is the newest answer for
  /// scene.stacks[i], or nullptr before the first; it is stale (drawn dimmed) where its spec differs from the
  /// scene's.
  void draw(session::Scene& scene, std::span<const std::shared_ptr<const StackReport>> answers);

  /// What the panel "Check these numbers" shows; nullptr before the first check. Between frames.
  void show_check(std::shared_ptr<const session::CheckStatus> status);
  /// What the user wanted of it in the last draw().
  const CheckWish& check_wish() const;

  /// True while something moves (the sweep, an axis that settles): draw again without waiting for an event.
  bool wants_frames() const;

  /// What the last draw() drew, and where.
  const Landmarks& landmarks() const;

  /// Opens the section that holds the control of this name and scrolls to it; takes two frames.
  void reveal(std::string_view name);

  /// The monitor's scale changed; takes effect at the next prepare().
  void set_scale(float scale);

  /// Shows a sentence, such as why a dropped file cannot be opened, until the user closes it. Between frames.
  void notify(std::string sentence);

  /// The sentences shown, oldest first, such as one on a font that is missing.
  const std::vector<std::string>& notices() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gradflow::ui
