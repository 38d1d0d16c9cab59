#include "app/platform/desktop.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/platform/error.h"

namespace gradflow::platform {
namespace {

// Dear ImGui needs a frame to take an event in, one to lay out what it changed and one to show hover and
// focus.
constexpr int kFramesAfterEvent = 3;
// Longer than Dear ImGui's double-click time (0.3 s), so that clicks before and after a sleep stay two
// clicks; short enough that nothing that moves makes a leap after a night.
constexpr float kLongestStep = 1.0F;
constexpr Size kSmallestWindow{480, 320};
constexpr int kUsualRefreshRate = 60;

/// GLFW's own words for what went wrong last.
std::string reason() {
  const char* description = nullptr;
  glfwGetError(&description);
  return description == nullptr ? "GLFW gives no reason" : description;
}

Size largest_window() {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (monitor == nullptr) return {1 << 14, 1 << 14};
  Size size;
  glfwGetMonitorWorkarea(monitor, nullptr, nullptr, &size.width, &size.height);
  return size;
}

Size first_size(const DesktopOptions& options) {
  if (options.exact_size) return *options.exact_size;
  float scale = 1;
  if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) glfwGetMonitorContentScale(monitor, &scale, nullptr);
  const Size largest = largest_window();
  const auto scaled = [scale](int length) {
    return static_cast<int>(std::lround(static_cast<float>(length) * scale));
  };
  return {std::min(scaled(options.design_size.width), largest.width),
          std::min(scaled(options.design_size.height), largest.height)};
}

double refresh_interval() {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
  return 1.0 / (mode == nullptr || mode->refreshRate <= 0 ? kUsualRefreshRate : mode->refreshRate);
}

}  // namespace

Desktop::Library::Library() {
  if (glfwInit() != GLFW_TRUE)
    throw PlatformError("there is no display to open a window on (" + reason() + ")");
}

Desktop::Library::~Library() { glfwTerminate(); }

void Desktop::Close::operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }

Desktop::Backend::Backend(GLFWwindow* window) {
  ImGui_ImplGlfw_InitForOpenGL(window, true);  // true: chains the callbacks that listen() has set
}

Desktop::Backend::~Backend() { ImGui_ImplGlfw_Shutdown(); }

std::unique_ptr<GLFWwindow, Desktop::Close> Desktop::open(const DesktopOptions& options, Events& events) {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, kGlMajor);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, kGlMinor);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "gradflow");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "gradflow");
  const Size size = first_size(options);
  std::unique_ptr<GLFWwindow, Close> window(
      glfwCreateWindow(size.width, size.height, options.title.c_str(), nullptr, nullptr));
  if (window == nullptr) throw PlatformError("no window with OpenGL 3.3 could be opened (" + reason() + ")");
  glfwSetWindowSizeLimits(window.get(), kSmallestWindow.width, kSmallestWindow.height, GLFW_DONT_CARE,
                          GLFW_DONT_CARE);
  glfwMakeContextCurrent(window.get());
  glfwSwapInterval(1);
  glfwSetWindowUserPointer(window.get(), &events);
  listen(window.get());
  return window;
}

template <class... Details>
void Desktop::touch(GLFWwindow* window, Details...) {
  static_cast<Events*>(glfwGetWindowUserPointer(window))->frames_left = kFramesAfterEvent;
}

void Desktop::drop(GLFWwindow* window, int count, const char** paths) {
  auto& dropped = static_cast<Events*>(glfwGetWindowUserPointer(window))->dropped;
  dropped.insert(dropped.end(), paths, paths + count);
  touch(window);
}

void Desktop::listen(GLFWwindow* window) {
  glfwSetKeyCallback(window, touch);
  glfwSetCharCallback(window, touch);
  glfwSetMouseButtonCallback(window, touch);
  glfwSetCursorPosCallback(window, touch);
  glfwSetCursorEnterCallback(window, touch);
  glfwSetScrollCallback(window, touch);
  glfwSetWindowFocusCallback(window, touch);
  glfwSetWindowIconifyCallback(window, touch);
  glfwSetWindowRefreshCallback(window, touch);
  glfwSetFramebufferSizeCallback(window, touch);
  glfwSetWindowContentScaleCallback(window, touch);
  glfwSetDropCallback(window, drop);
}

Desktop::Desktop(const DesktopOptions& options)
    : window_(open(options, events_)),
      gl_(load_gl(glfwGetProcAddress)),
      gui_(gl_),
      backend_(window_.get()),
      // A driver that waits for the screen takes longer than this for a frame; one that does not is held back
      // here.
      shortest_frame_(0.8 * refresh_interval()) {
  events_.frames_left = kFramesAfterEvent;
}

Desktop::~Desktop() = default;

void Desktop::wake() {
  woken_ = true;
  glfwPostEmptyEvent();
}

void Desktop::wait(const View& view) {
  const bool hidden = glfwGetWindowAttrib(window_.get(), GLFW_ICONIFIED) == GLFW_TRUE;
  if (!hidden && (events_.frames_left > 0 || view.wants_frames())) {
    glfwPollEvents();
    for (double left = 0; (left = last_frame_ + shortest_frame_ - glfwGetTime()) > 0;)
      glfwWaitEventsTimeout(left);
  } else {
    glfwWaitEvents();
  }
  if (woken_.exchange(false)) events_.frames_left = kFramesAfterEvent;
}

void Desktop::frame(View& view) {
  Size window;
  Size pixels;
  glfwGetWindowSize(window_.get(), &window.width, &window.height);
  glfwGetFramebufferSize(window_.get(), &pixels.width, &pixels.height);
  if (window.width <= 0 || pixels.width <= 0 || pixels.height <= 0) return;
  float scale = 1;
  glfwGetWindowContentScale(window_.get(), &scale, nullptr);
  // Where a window's unit is more than a pixel (Wayland), part of the monitor's scale is in the unit already.
  const float unit = static_cast<float>(pixels.width) / static_cast<float>(window.width);
  gui_.prepare(view, scale / unit);
  ImGui_ImplGlfw_NewFrame();
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = std::min(io.DeltaTime, kLongestStep);
  gui_.build(view);
  gui_.paint(pixels.width, pixels.height);
  glfwSwapBuffers(window_.get());
}

void Desktop::run(View& view) {
  while (true) {
    wait(view);
    if (glfwWindowShouldClose(window_.get()) == GLFW_TRUE) break;
    if (!events_.dropped.empty()) view.open(std::exchange(events_.dropped, {}));
    if (events_.frames_left == 0 && !view.wants_frames()) continue;
    last_frame_ = glfwGetTime();
    events_.frames_left = std::max(events_.frames_left - 1, 0);
    frame(view);
  }
  glfwHideWindow(window_.get());
  glfwPollEvents();
}

}  // namespace gradflow::platform
