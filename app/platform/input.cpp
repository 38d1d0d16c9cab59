#include "app/platform/input.h"

#include <algorithm>

namespace gradflow::platform {

void feed(const Input& input) {
  ImGuiIO& io = ImGui::GetIO();
  ui::compat::send_mouse(io, input.mouse_x, input.mouse_y);
  ui::compat::send_button(io, 0, input.left);
  ui::compat::send_button(io, 1, input.right);
  if (input.wheel != 0) ui::compat::send_wheel(io, input.wheel);
  ui::compat::send_control(io, input.ctrl);
  ui::compat::send_shift(io, input.shift);
  for (std::size_t i = 0; i < ui::kKeyCount; ++i) {
    const auto key = static_cast<ui::Key>(i);
    const bool held = std::find(input.keys.begin(), input.keys.end(), key) != input.keys.end();
    ui::compat::send_key(io, key, held);
  }
  if (!input.text.empty()) io.AddInputCharactersUTF8(input.text.c_str());
}

}  // namespace gradflow::platform
