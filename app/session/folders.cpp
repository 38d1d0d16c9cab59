#include "app/session/folders.h"

#include <cstdlib>
#include <string>

namespace gradflow::session {
namespace {

namespace fs = std::filesystem;

/// A folder that the environment names; the specification has relative paths ignored.
std::optional<fs::path> folder_of(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr || !fs::path(value).is_absolute()) return std::nullopt;
  return fs::path(value);
}

std::optional<fs::path> folder_of(const char* variable, const char* below_home) {
  if (auto folder = folder_of(variable)) return *folder / "gradflow";
  if (const auto home = folder_of("HOME")) return *home / below_home / "gradflow";
  return std::nullopt;
}

}  // namespace

std::optional<Folders> usual_folders() {
  auto data = folder_of("XDG_DATA_HOME", ".local/share");
  auto state = folder_of("XDG_STATE_HOME", ".local/state");
  if (!data || !state) return std::nullopt;
  return Folders{std::move(*data), std::move(*state)};
}

fs::path with_home(const fs::path& path) {
  const std::string& text = path.native();
  const auto home = folder_of("HOME");
  if (!home || (text != "~" && !text.starts_with("~/"))) return path;
  return text.size() <= 2 ? *home : *home / text.substr(2);
}

}  // namespace gradflow::session
