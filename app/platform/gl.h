// The few OpenGL functions that we call ourselves (Dear ImGui's backend loads its own), loaded from the
// current context: neither GLFW nor EGL links OpenGL.
#pragma once

#include <GL/glcorearb.h>

namespace gradflow::platform {

using GlFunction = void (*)();
using GlLoader = GlFunction (*)(const char* name);

struct Gl {
  PFNGLVIEWPORTPROC viewport = nullptr;
  PFNGLCLEARCOLORPROC clear_color = nullptr;
  PFNGLCLEARPROC clear = nullptr;
  PFNGLGENFRAMEBUFFERSPROC gen_framebuffers = nullptr;
  PFNGLDELETEFRAMEBUFFERSPROC delete_framebuffers = nullptr;
  PFNGLBINDFRAMEBUFFERPROC bind_framebuffer = nullptr;
  PFNGLGENRENDERBUFFERSPROC gen_renderbuffers = nullptr;
  PFNGLDELETERENDERBUFFERSPROC delete_renderbuffers = nullptr;
  PFNGLBINDRENDERBUFFERPROC bind_renderbuffer = nullptr;
  PFNGLRENDERBUFFERSTORAGEPROC renderbuffer_storage = nullptr;
  PFNGLFRAMEBUFFERRENDERBUFFERPROC framebuffer_renderbuffer = nullptr;
  PFNGLCHECKFRAMEBUFFERSTATUSPROC check_framebuffer_status = nullptr;
  PFNGLPIXELSTOREIPROC pixel_store = nullptr;
  PFNGLREADPIXELSPROC read_pixels = nullptr;
  PFNGLGETINTEGERVPROC get_integer = nullptr;
};

/// Throws PlatformError where a function is missing.
Gl load_gl(GlLoader loader);

}  // namespace gradflow::platform
