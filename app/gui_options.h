// The command line of gradflow, as a plain value.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/lessons/walk.h"
#include "app/platform/desktop.h"
#include "app/session/autosave.h"
#include "app/session/scene.h"
#include "app/ui/options.h"

namespace gradflow {

struct GuiOptions {
  std::string message;                                // help or version: print it and do no more
  session::Scene scene;                               // that was named, or the default one
  session::Rescue rescue = session::Rescue::take;     // leave: the command line says what to show
  std::optional<std::filesystem::path> session{};     // the file the scene came from, where it is a session
  std::optional<std::filesystem::path> screenshot{};  // draw into this file instead of opening a window
  std::optional<platform::Size> size{};               // in pixels
  std::optional<std::filesystem::path> lessons{};     // the folder of the course; else the built-in one
  std::vector<lessons::CourseEntry> course{};         // either, read
  std::optional<lessons::Place> page{};               // open it at the start
  ui::WindowOptions window;
};

/// Reads the files that are named, too, and chooses the language. Throws std::exception whose what() is one
/// sentence.
GuiOptions parse_gui_options(int argc, const char* const* argv);

}  // namespace gradflow
