// What a screen shows, as far as the screen needs to know. The desktop window, the off-screen framebuffer and
// any later platform drive this, and nothing else, of the program.
#pragma once

#include <filesystem>
#include <vector>

namespace gradflow::platform {

class View {
 public:
  View() = default;
  View(const View&) = delete;
  View& operator=(const View&) = delete;
  virtual ~View() = default;

  /// Before every frame, outside of it: the place to change Dear ImGui's style and fonts. `scale` is that of
  /// the monitor, 1 for 96 dots an inch. True when the font atlas has changed.
  virtual bool prepare(float scale) = 0;

  /// One frame, between ImGui::NewFrame and ImGui::Render.
  virtual void draw() = 0;

  /// Whether something moves, so that frames must go on without input.
  virtual bool wants_frames() const = 0;

  /// Files that were dropped on the window.
  virtual void open(const std::vector<std::filesystem::path>& files) = 0;
};

}  // namespace gradflow::platform
