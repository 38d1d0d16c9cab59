// Dear ImGui with its OpenGL backend for one screen: what the desktop window and the off-screen framebuffer
// share. One at a time, since Dear ImGui keeps a current context.
#pragma once

#include "app/platform/gl.h"
#include "app/platform/view.h"

namespace gradflow::platform {

/// GLSL of the OpenGL that both screens ask for, 3.3 core.
inline constexpr const char* kGlslVersion = "#version 330 core";
inline constexpr int kGlMajor = 3;
inline constexpr int kGlMinor = 3;

class Gui {
 public:
  /// With the OpenGL context current. Throws PlatformError where the backend refuses it.
  explicit Gui(const Gl& gl);
  ~Gui();
  Gui(const Gui&) = delete;
  Gui& operator=(const Gui&) = delete;

  /// Lets the view change fonts and style, before begin_frame.
  void prepare(View& view, float scale);
  /// One frame, with the input and the display size set: what is to be drawn.
  void build(View& view);
  /// Draws it; width and height are those of the framebuffer in pixels.
  void paint(int width, int height);

 private:
  Gl gl_;
  bool drawn_ = false;
};

}  // namespace gradflow::platform
