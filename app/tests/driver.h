// Drives the real window without a display: the real solver, core and panels, with a scripted hand. Controls
// are named as in app/ui/landmarks.h; a name that is not there fails with the names that are.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/front.h"
#include "app/session/passes.h"

namespace gradflow::testing {

struct Stage {
  session::Scene scene = {};
  int width = 900;
  int height = 600;
  float scale = 1;
  ui::WindowOptions window = {.timing = ui::Timing::hidden};
  std::function<session::Measure()> measure = session::pass_measure;
  std::function<session::Storage()> storage = [] { return session::Storage(); };
};

class Driver {
 public:
  explicit Driver(const Stage& stage = {});

  const session::Scene& scene() const { return front_.scene(); }
  const StackSpec& stack(std::size_t i) const { return scene().stacks.at(i); }
  /// The answer to the stack as it is now: call after settle().
  const StackReport& report(std::size_t i) const;
  /// Throws std::out_of_range that lists the names there are.
  const ui::Landmark& landmark(std::string_view name);
  bool has(std::string_view name);
  Front& front() { return front_; }

  void frames(int count);
  /// Until the answers of the present scene are drawn and all is at rest.
  void settle();
  /// The answers come, and frames go on for as long as the desktop window would draw them.
  void rest_as_on_the_desktop();
  void move_to(std::string_view name);
  void move_away();
  void click(std::string_view name);
  /// A click with the right button.
  void click_right(std::string_view name);
  void double_click(std::string_view name);
  void click_with_shift(std::string_view name);
  void click_with_ctrl(std::string_view name);
  /// Walks there with Tab; throws where the keyboard does not come by.
  void tab_to(std::string_view name);
  /// Presses at value `from` of a control with a scale, goes to `to` in `steps` frames and lets go.
  void drag(std::string_view name, double from, double to, int steps = 12);
  void press_at(float x, float y);
  void move(float x, float y);
  void release();
  void wheel(std::string_view name, float notches);
  void key(ui::Key key);
  void key_with_ctrl(ui::Key key);
  void key_with_shift(ui::Key key);
  void key_with_ctrl_and_shift(ui::Key key);
  void hold(ui::Key key, int frames);
  /// The control that the keyboard is on.
  const std::string& focus() { return front_.window().focus(); }
  /// One character a frame.
  void type(std::string_view text);
  /// Replaces the whole content of a text or number box and confirms.
  void enter(std::string_view name, std::string_view text);
  /// Opens the combo and takes one of its entries.
  void choose(std::string_view combo, std::string_view key);
  void resize(int width, int height);
  std::string clipboard() const;
  platform::Image pixels() { return screen_.pixels(); }

 private:
  void frame();
  const ui::Landmark& reach(std::string_view name);

  platform::Offscreen screen_;
  session::Solver solver_;
  Front front_;
  platform::Input hand_;
};

/// The part of the picture that a control covers.
platform::Image crop(const platform::Image& image, const ui::Rect& rect);
platform::Image picture_of(Driver& driver, std::string_view name);

/// How many pixels differ.
std::size_t difference(const platform::Image& a, const platform::Image& b);

}  // namespace gradflow::testing
