// Where the program keeps what has no place of its user's choosing (XDG Base Directory Specification 0.8).
#pragma once

#include <filesystem>
#include <optional>

namespace gradflow::session {

struct Folders {
  std::filesystem::path data;  // sessions: $XDG_DATA_HOME/gradflow, or ~/.local/share/gradflow
  std::filesystem::path
      state;  // recent files, autosave: $XDG_STATE_HOME/gradflow, or ~/.local/state/gradflow
  friend bool operator==(const Folders&, const Folders&) = default;
};

/// From the environment; nothing where it names no home. Nothing is created.
std::optional<Folders> usual_folders();

/// "~" and "~/..." with the home put in; every other path as it is.
std::filesystem::path with_home(const std::filesystem::path& path);

}  // namespace gradflow::session
