// One frame after an input the window has reacted: the scene has changed, or what is drawn has, whatever is
// being measured at the time.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

#include "app/tests/driver.h"

namespace gradflow::testing {
namespace {

/// A window whose answers do not come before `let_go`.
Stage held(const std::atomic<bool>* let_go) {
  Stage stage;
  stage.measure = [let_go]() -> session::Measure {
    return [let_go, measure = session::pass_measure()](const StackSpec& spec, const std::stop_token& stop) {
      while (!*let_go && !stop.stop_requested()) std::this_thread::yield();
      return measure(spec, stop);
    };
  };
  return stage;
}

TEST(Reaction, AClickHasChangedTheSceneWhenTheButtonIsUp) {
  const std::atomic<bool> never = false;
  Driver driver(held(&never));
  for (const char* name :
       {"stack.0.attention.residual", "stack.0.ffn.residual", "stack.0.attention.norm.post",
        "stack.0.ffn.norm.branch", "stack.0.final_norm", "stack.0.embedding_norm",
        "stack.0.norm_kind.rms_norm", "block.select.1", "list.0", "plot.legend.1", "plot.view.depth-law",
        "plot.view.forward", "plot.view.heat-map", "plot.view.gradients", "depth.linked", "depth.slider"}) {
    driver.move_to(name);
    const session::Scene before = driver.scene();
    driver.click(name);  // down in one frame, up in the next, and the one that draws it
    EXPECT_FALSE(driver.scene() == before) << name;
  }
}

TEST(Reaction, AKeyHasChangedTheSceneAFrameLater) {
  const std::atomic<bool> never = false;
  Driver driver(held(&never));
  driver.click("depth.slider");
  for (const ui::Key key : {ui::Key::left, ui::Key::right, ui::Key::home, ui::Key::end}) {
    const session::Scene before = driver.scene();
    driver.key(key);
    EXPECT_FALSE(driver.scene() == before) << "key " << static_cast<int>(key);
  }
  const session::Scene before = driver.scene();
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_FALSE(driver.scene() == before) << "undo";
}

TEST(Reaction, WhatOpensIsDrawnAtOnce) {
  const std::atomic<bool> never = false;
  Driver driver(held(&never));
  for (const char* name : {"header.file", "header.view", "list.add", "plot.quantity", "stack.0.wiring"}) {
    driver.move_to(name);
    const auto before = driver.pixels();
    driver.click(name);
    EXPECT_GT(difference(driver.pixels(), before), 500U) << name;
    driver.key(ui::Key::escape);
    driver.frames(2);
  }
}

TEST(Reaction, TheDrawnDepthFollowsTheHandInEveryFrame) {
  const std::atomic<bool> never = false;
  Driver driver(held(&never));
  const ui::Landmark track = driver.landmark("depth.slider");
  driver.press_at(track.x->x_of(12), track.rect.center_y());
  constexpr int kStep = 5;
  for (int depth = 12 + kStep; depth <= 112; depth += kStep) {
    driver.move(track.x->x_of(depth), track.rect.center_y());
    // Dear ImGui 1.86 knows the mouse to the pixel, and a layer is three.
    for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(driver.stack(i).num_layers, depth, 1);
  }
  driver.release();
}

}  // namespace
}  // namespace gradflow::testing
