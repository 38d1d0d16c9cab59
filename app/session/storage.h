// The session's files: the one it is saved in, those opened last, and the autosave.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/autosave.h"
#include "app/session/folders.h"
#include "app/session/scene_file.h"

namespace gradflow::session {

class Storage {
 public:
  /// Keeps nothing by itself: no autosave, no recent files. What tests and pictures use.
  Storage() = default;
  /// Where a folder cannot be used, that part is missing and take_problem() says why.
  Storage(Folders folders, Rescue rescue);

  std::optional<Scene> take_rescued();
  std::string take_problem();

  /// The session file that Ctrl+S writes to, once there is one.
  const std::optional<std::filesystem::path>& file() const { return file_; }
  /// The scene is that of this file from now on, or of none.
  void set_file(std::optional<std::filesystem::path> file);
  const std::vector<std::filesystem::path>& recent() const { return recent_; }

  /// A name for a session that has none yet, that no file has; nothing where there is no folder for it.
  std::optional<std::filesystem::path> proposal() const;
  /// Writes to `path`, "~" and all, which becomes the session's file; returns it whole. Throws InputError.
  std::filesystem::path save(const Scene& scene, const std::filesystem::path& path);
  /// As open_files(); a session becomes the session's file, a figure's has none. Weights are only remembered.
  Scene open(const std::vector<std::filesystem::path>& files, const Scene& before);

  /// Whether the first steps need not be shown again; without folders nobody knows.
  bool knows_first_steps() const;
  /// Keeps that for runs to come; where it cannot, take_problem() says why.
  void keep_first_steps();

  /// The scene was edited.
  void keep(const Scene& scene);
  /// The user has closed the window.
  void end_cleanly();

 private:
  void remember(const std::filesystem::path& file);
  std::filesystem::path recent_list() const { return folders_->state / "recent-files"; }

  std::filesystem::path hints() const { return folders_->state / "hints.json"; }

  std::optional<Folders> folders_;
  std::optional<std::filesystem::path> file_;
  std::vector<std::filesystem::path> recent_;
  std::unique_ptr<Autosave> autosave_;
  std::string problem_;
};

}  // namespace gradflow::session
