#include "app/platform/gui.h"

#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include "app/platform/error.h"

namespace gradflow::platform {

Gui::Gui(const Gl& gl) : gl_(gl) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // window layout is the program's, and nothing is written behind the user's back
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  if (!ImGui_ImplOpenGL3_Init(kGlslVersion)) {
    ImGui::DestroyContext();
    throw PlatformError("the graphics driver offers no usable OpenGL 3.3");
  }
}

Gui::~Gui() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext();
}

void Gui::prepare(View& view, float scale) {
  const bool fonts_changed = view.prepare(scale);
#if IMGUI_VERSION_NUM < 19200  // later versions upload their glyphs by themselves
  // Before the first frame the backend has no texture yet and will make it from the atlas by itself.
  if (fonts_changed && drawn_) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
#else
  static_cast<void>(fonts_changed);
#endif
}

void Gui::build(View& view) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  view.draw();
  ImGui::Render();
  drawn_ = true;
}

void Gui::paint(int width, int height) {
  gl_.viewport(0, 0, width, height);
  gl_.clear_color(0, 0, 0, 1);
  gl_.clear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace gradflow::platform
