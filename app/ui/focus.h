// Which control the keyboard is on. Tab walks the controls in the order in which a frame submits them; the
// ring is shown only while the keyboard is in use, as a click should not leave one behind.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gradflow::ui {

class Focus {
 public:
  /// Starts a frame: what was submitted in the last one is the order that move() walked.
  void begin_frame();
  /// Adds the next control of this frame.
  void add(std::string_view name);

  /// To the next (+1) or the previous (-1) control of the last frame, around the end; the first or the last
  /// one where none has the focus.
  void move(int direction);
  void set(std::string_view name, bool by_keyboard);
  /// Takes the ring away; the next move() goes on from here.
  void hide() { visible_ = false; }

  /// Holds the focus and shows it.
  bool shows(std::string_view name) const { return visible_ && current_ == name; }
  /// Holds it since the last move(): the moment to scroll it into view, or to start typing.
  bool arrived(std::string_view name) const { return arrived_ && shows(name); }
  bool visible() const { return visible_; }
  const std::string& current() const { return current_; }

 private:
  std::vector<std::string> order_, next_;
  std::size_t next_count_ = 0, order_count_ = 0;  // the strings beyond are kept for their storage
  std::string current_;
  bool visible_ = false, arrived_ = false;
};

}  // namespace gradflow::ui
