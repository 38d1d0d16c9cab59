// An OpenGL context without a display: EGL on Mesa's surfaceless platform (software rendering where there is
// no graphics card).
#pragma once

#include "app/platform/gl.h"

namespace gradflow::platform {

class EglContext {
 public:
  /// Makes the context current. Throws PlatformError where there is no EGL or no OpenGL 3.3.
  EglContext();
  ~EglContext();
  EglContext(const EglContext&) = delete;
  EglContext& operator=(const EglContext&) = delete;

  Gl load() const;

 private:
  void* display_;  // EGLDisplay and EGLContext, which are void*
  void* context_;
};

}  // namespace gradflow::platform
