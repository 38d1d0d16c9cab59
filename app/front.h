// The window put together: a scene, the solver that answers its questions and the panels that draw both. What
// the desktop window, the screenshot and the tests all drive.
//
// A frame: draw(scene, newest answers), which may edit the scene; then every stack that differs from what was
// asked last is asked. The two comparisons, here and where answers are drawn, are all the state there is.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/platform/input.h"
#include "app/platform/offscreen.h"
#include "app/platform/view.h"
#include "app/session/checker.h"
#include "app/session/scene.h"
#include "app/session/solver.h"
#include "app/ui/options.h"
#include "app/ui/window.h"

namespace gradflow {

/// The core as the solver calls it: one analyzer, with its weights and buffers, a thread.
session::Measure core_measure();

class Front : public platform::View {
 public:
  /// `options.scale` is the user's own, on top of the monitor's. The solver outlives this. `wake` tells the
  /// loop that a check has come further.
  Front(
      session::Scene scene, const ui::WindowOptions& options, session::Solver& solver,
      std::function<void()> wake = [] {});

  bool prepare(float scale) override;
  void draw() override;
  bool wants_frames() const override { return window_.wants_frames(); }
  /// The files become the stacks that are shown; where one cannot be read nothing changes and a notice says
  /// why.
  void open(const std::vector<std::filesystem::path>& files) override;

  /// Whether every stack has been answered as it is now.
  bool current() const;

  /// Stops a check that runs; false where it has not noticed within `patience`.
  bool stop_check(std::chrono::milliseconds patience) { return checker_.stop(patience); }

  const session::Scene& scene() const { return scene_; }
  ui::Window& window() { return window_; }

 private:
  session::Scene scene_;
  float user_scale_;
  ui::Window window_;
  session::Solver& solver_;
  session::Checker checker_;
  std::vector<std::optional<StackSpec>> asked_;  // a stack
  std::vector<std::shared_ptr<const StackReport>> answers_;
};

/// Frames until the answers to what the scene asks are drawn and nothing moves any more. The answers come
/// between frames, so the frames, and with them the picture, are the same in every run.
void settle(platform::Offscreen& screen, Front& front, const session::Solver& solver,
            const platform::Input& input = {});

}  // namespace gradflow
