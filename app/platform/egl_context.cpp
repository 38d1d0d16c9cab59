#include "app/platform/egl_context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include <array>
#include <cstdio>
#include <string>

#include "app/platform/error.h"
#include "app/platform/gui.h"

namespace gradflow::platform {
namespace {

[[noreturn]] void fail(const std::string& what) {
  char code[16];
  std::snprintf(code, sizeof code, "0x%04x", static_cast<unsigned>(eglGetError()));
  throw PlatformError(what + " (EGL error " + code +
                      "); drawing without a display needs Mesa's EGL with OpenGL " +
                      std::to_string(kGlMajor) + "." + std::to_string(kGlMinor));
}

EGLDisplay open_display() {
  EGLDisplay display = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
  if (display == EGL_NO_DISPLAY) fail("EGL has no surfaceless platform");
  if (eglInitialize(display, nullptr, nullptr) != EGL_TRUE) fail("EGL could not be started");
  return display;
}

EGLContext make_context(EGLDisplay display) {
  if (eglBindAPI(EGL_OPENGL_API) != EGL_TRUE) fail("EGL has no OpenGL");
  const std::array<EGLint, 5> wanted{EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, 0, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  if (eglChooseConfig(display, wanted.data(), &config, 1, &count) != EGL_TRUE || count == 0) {
    fail("EGL has no configuration for OpenGL");
  }
  const std::array<EGLint, 7> version{EGL_CONTEXT_MAJOR_VERSION,
                                      kGlMajor,
                                      EGL_CONTEXT_MINOR_VERSION,
                                      kGlMinor,
                                      EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                      EGL_NONE};
  EGLContext context = eglCreateContext(display, config, EGL_NO_CONTEXT, version.data());
  if (context == EGL_NO_CONTEXT) fail("EGL offers no OpenGL 3.3 context");
  return context;
}

}  // namespace

// EGL has one display a platform and process, and counts no users: terminating it here would take it from
// another context, and make Mesa load its driver again for the next one.
EglContext::EglContext() : display_(open_display()), context_(make_context(display_)) {
  if (eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_TRUE) return;
  eglDestroyContext(display_, context_);
  fail("EGL could not use its OpenGL context without a surface");
}

EglContext::~EglContext() {
  eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  eglDestroyContext(display_, context_);
}

Gl EglContext::load() const { return load_gl(eglGetProcAddress); }

}  // namespace gradflow::platform
