#include "app/platform/gl.h"

#include <string>

#include "app/platform/error.h"

namespace gradflow::platform {
namespace {

template <class Function>
void load(GlLoader loader, const char* name, Function* function) {
  *function = reinterpret_cast<Function>(loader(name));
  if (*function != nullptr) return;
  throw PlatformError("the graphics driver has no " + std::string(name) + "; gradflow needs OpenGL 3.3");
}

}  // namespace

Gl load_gl(GlLoader loader) {
  Gl gl;
  load(loader, "glViewport", &gl.viewport);
  load(loader, "glClearColor", &gl.clear_color);
  load(loader, "glClear", &gl.clear);
  load(loader, "glGenFramebuffers", &gl.gen_framebuffers);
  load(loader, "glDeleteFramebuffers", &gl.delete_framebuffers);
  load(loader, "glBindFramebuffer", &gl.bind_framebuffer);
  load(loader, "glGenRenderbuffers", &gl.gen_renderbuffers);
  load(loader, "glDeleteRenderbuffers", &gl.delete_renderbuffers);
  load(loader, "glBindRenderbuffer", &gl.bind_renderbuffer);
  load(loader, "glRenderbufferStorage", &gl.renderbuffer_storage);
  load(loader, "glFramebufferRenderbuffer", &gl.framebuffer_renderbuffer);
  load(loader, "glCheckFramebufferStatus", &gl.check_framebuffer_status);
  load(loader, "glPixelStorei", &gl.pixel_store);
  load(loader, "glReadPixels", &gl.read_pixels);
  load(loader, "glGetIntegerv", &gl.get_integer);
  return gl;
}

}  // namespace gradflow::platform
