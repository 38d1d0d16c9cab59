#include "app/platform/framebuffer.h"

#include <algorithm>
#include <string>

#include "app/platform/error.h"

namespace gradflow::platform {
namespace {

void check_size(const Gl& gl, int width, int height) {
  GLint limit = 0;
  gl.get_integer(GL_MAX_RENDERBUFFER_SIZE, &limit);
  if (width >= 1 && height >= 1 && width <= limit && height <= limit) return;
  throw PlatformError("the picture's size is " + std::to_string(width) + "x" + std::to_string(height) +
                      "; allowed here is 1x1 to " + std::to_string(limit) + "x" + std::to_string(limit));
}

}  // namespace

Framebuffer::Framebuffer(const Gl& gl, int width, int height) : gl_(gl), width_(width), height_(height) {
  check_size(gl_, width, height);
  gl_.gen_framebuffers(1, &framebuffer_);
  bind();
  gl_.gen_renderbuffers(1, &color_);
  gl_.bind_renderbuffer(GL_RENDERBUFFER, color_);
  gl_.renderbuffer_storage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  gl_.framebuffer_renderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color_);
  if (gl_.check_framebuffer_status(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE) return;
  gl_.delete_renderbuffers(1, &color_);
  gl_.delete_framebuffers(1, &framebuffer_);
  throw PlatformError("the graphics driver cannot draw a picture of " + std::to_string(width) + "x" +
                      std::to_string(height));
}

Framebuffer::~Framebuffer() {
  gl_.delete_renderbuffers(1, &color_);
  gl_.delete_framebuffers(1, &framebuffer_);
}

void Framebuffer::bind() const { gl_.bind_framebuffer(GL_FRAMEBUFFER, framebuffer_); }

Image Framebuffer::read() const {
  bind();
  Image image{width_, height_, {}};
  const std::size_t row = static_cast<std::size_t>(width_) * 3;
  image.rgb.resize(row * static_cast<std::size_t>(height_));
  gl_.pixel_store(GL_PACK_ALIGNMENT, 1);
  gl_.read_pixels(0, 0, width_, height_, GL_RGB, GL_UNSIGNED_BYTE, image.rgb.data());
  std::uint8_t* top = image.rgb.data();  // OpenGL's first row is the bottom one
  std::uint8_t* bottom = top + row * static_cast<std::size_t>(height_ - 1);
  for (; top < bottom; top += row, bottom -= row) std::swap_ranges(top, top + row, bottom);
  return image;
}

}  // namespace gradflow::platform
