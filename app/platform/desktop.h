// The window on a desktop: GLFW and OpenGL 3.3. Sleeps while nothing happens.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/platform/gl.h"
#include "app/platform/gui.h"
#include "app/platform/size.h"
#include "app/platform/view.h"

struct GLFWwindow;

namespace gradflow::platform {

struct DesktopOptions {
  std::string title = "gradflow";
  Size design_size{1280, 800};          // multiplied by the monitor's scale, kept inside its work area
  std::optional<Size> exact_size = {};  // instead, in pixels
};

class Desktop {
 public:
  /// Opens the window. Throws PlatformError where there is no display or no OpenGL 3.3.
  explicit Desktop(const DesktopOptions& options);
  ~Desktop();
  Desktop(const Desktop&) = delete;
  Desktop& operator=(const Desktop&) = delete;

  /// Draws until the user closes the window, which is gone from the screen when this returns.
  void run(View& view);

  /// Draws soon, although nothing was touched. From any thread.
  void wake();

 private:
  struct Library {  // GLFW between its start and its end
    Library();
    ~Library();
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
  };
  struct Close {
    void operator()(GLFWwindow* window) const;
  };
  struct Backend {  // Dear ImGui's backend for GLFW
    explicit Backend(GLFWwindow* window);
    ~Backend();
    Backend(const Backend&) = delete;
    Backend& operator=(const Backend&) = delete;
  };
  struct Events {  // what has come since the last frame
    int frames_left = 0;
    std::vector<std::filesystem::path> dropped;
  };
  static std::unique_ptr<GLFWwindow, Close> open(const DesktopOptions& options, Events& events);
  static void listen(GLFWwindow* window);
  template <class... Details>
  static void touch(GLFWwindow* window, Details... details);
  static void drop(GLFWwindow* window, int count, const char** paths);

  void wait(const View& view);
  void frame(View& view);

  Library library_;
  Events events_;
  std::unique_ptr<GLFWwindow, Close> window_;
  Gl gl_;
  Gui gui_;
  Backend backend_;
  double shortest_frame_ = 0;  // seconds
  double last_frame_ = 0;      // glfwGetTime
  std::atomic<bool> woken_ = false;
};

}  // namespace gradflow::platform
