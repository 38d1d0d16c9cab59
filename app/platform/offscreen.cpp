#include "app/platform/offscreen.h"

#include <imgui.h>

#include <utility>

namespace gradflow::platform {

Offscreen::Offscreen(int width, int height, float scale) : gl_(context_.load()), gui_(gl_), scale_(scale) {
  ui::compat::prepare_scripted_input(ImGui::GetIO());
  resize(width, height);
}

void Offscreen::resize(int width, int height) {
  framebuffer_ = std::make_unique<Framebuffer>(gl_, width, height);
  width_ = width;
  height_ = height;
  painted_ = true;
}

void Offscreen::frame(View& view, const Input& input) {
  gui_.prepare(view, scale_);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width_), static_cast<float>(height_)};
  io.DeltaTime = 1.0F / 60.0F;
  feed(input);
  gui_.build(view);
  painted_ = false;
}

Image Offscreen::pixels() {
  if (!std::exchange(painted_, true)) {
    framebuffer_->bind();
    gui_.paint(width_, height_);
  }
  return framebuffer_->read();
}

}  // namespace gradflow::platform
