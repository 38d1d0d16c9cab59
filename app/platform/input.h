// Scripted input: what the hand holds at a frame. The off-screen screen feeds it to Dear ImGui as a desktop
// would.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gradflow::platform {

enum class Key : std::uint8_t {
  tab,
  left,
  right,
  up,
  down,
  page_up,
  page_down,
  home,
  end,
  insert,
  del,
  backspace,
  space,
  enter,
  escape,
  a,
  c,
  e,
  s,
  v,
  x,
  y,
  z,
  zero,
  minus,
  equal,
  f1,
  f5,
};

struct Input {
  float mouse_x = -1;  // pixels from the left
  float mouse_y = -1;  // pixels from the top
  bool left = false;
  bool right = false;
  float wheel = 0;  // notches of this frame, up is positive
  bool ctrl = false;
  bool shift = false;
  bool alt = false;
  std::vector<Key> keys = {};  // held
  std::string text = {};       // typed in this frame, UTF-8
  friend bool operator==(const Input&, const Input&) = default;
};

/// Once after the context was made, before the first feed.
void prepare_input();

/// Before ImGui::NewFrame.
void feed(const Input& input);

}  // namespace gradflow::platform
