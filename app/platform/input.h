// Scripted input: what the hand holds at a frame. The off-screen screen feeds it to Dear ImGui as a desktop
// would.
#pragma once

#include <string>
#include <vector>

#include "app/ui/compat.h"

namespace gradflow::platform {

struct Input {
  float mouse_x = -1;  // pixels from the left
  float mouse_y = -1;  // pixels from the top
  bool left = false;
  bool right = false;
  float wheel = 0;  // notches of this frame, up is positive
  bool ctrl = false;
  bool shift = false;
  std::vector<ui::Key> keys = {};  // held
  std::string text = {};           // typed in this frame, UTF-8
  friend bool operator==(const Input&, const Input&) = default;
};

/// Before ImGui::NewFrame, once a frame.
void feed(const Input& input);

}  // namespace gradflow::platform
