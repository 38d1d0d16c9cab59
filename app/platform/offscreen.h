// The window without a display: the same view drawn into memory, driven by scripted input, one frame a call.
// Time passes in fixed steps, so the same script gives the same pictures.
#pragma once

#include <memory>

#include "app/platform/egl_context.h"
#include "app/platform/framebuffer.h"
#include "app/platform/gui.h"
#include "app/platform/image.h"
#include "app/platform/input.h"
#include "app/platform/view.h"

namespace gradflow::platform {

class Offscreen {
 public:
  /// Size in pixels; `scale` is handed to the view as a monitor's. Throws PlatformError.
  Offscreen(int width, int height, float scale);

  /// One frame of 1/60 s.
  void frame(View& view, const Input& input = {});
  /// Throws PlatformError and keeps the size it had; the next frame draws the new one.
  void resize(int width, int height);
  /// The last frame. Only now is it painted: most frames of a script are not looked at, and software OpenGL
  /// takes longer than all else.
  Image pixels();

 private:
  EglContext context_;
  Gl gl_;
  Gui gui_;
  std::unique_ptr<Framebuffer> framebuffer_;
  int width_ = 0;
  int height_ = 0;
  bool painted_ = true;  // what the last frame built is in the framebuffer
  float scale_;
};

}  // namespace gradflow::platform
