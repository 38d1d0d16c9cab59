// A picture that OpenGL draws into and that can be read back.
#pragma once

#include "app/platform/gl.h"
#include "app/platform/image.h"

namespace gradflow::platform {

class Framebuffer {
 public:
  /// Binds it. Throws PlatformError where the driver refuses the size.
  Framebuffer(const Gl& gl, int width, int height);
  ~Framebuffer();
  Framebuffer(const Framebuffer&) = delete;
  Framebuffer& operator=(const Framebuffer&) = delete;

  void bind() const;
  Image read() const;

 private:
  Gl gl_;
  int width_, height_;
  GLuint framebuffer_ = 0, color_ = 0;
};

}  // namespace gradflow::platform
