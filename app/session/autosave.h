// The scene on disk while it is edited, so that it comes back after a crash.
//
// An edit is written at once, then at most one every kPause, in a thread of its own: keep() only copies the
// scene. A run that ends cleanly leaves nothing behind; what is found at the start was left by one that did
// not. A scene that was restored is not written again before it has proved to last (keep() is called for it,
// too), so that one that ends the program does so once.
//
// Threading rule: every member is called from one thread, the one that built this.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "app/session/scene.h"
#include "app/session/slot.h"
#include "app/session/thread.h"

namespace gradflow::session {

/// What is done about a run that broke off: its scene is taken, or left for a later start.
enum class Rescue : unsigned char { take, leave };

class Autosave {
 public:
  static constexpr std::chrono::milliseconds kPause{150};

  /// Runs that save below the same folder do not touch each other's files. Throws InputError where nothing
  /// can be saved there.
  Autosave(const std::filesystem::path& folder, Rescue rescue);
  /// Writes what is still to be written; it stays, unless end_cleanly() was called.
  ~Autosave();
  Autosave(const Autosave&) = delete;
  Autosave& operator=(const Autosave&) = delete;

  /// The scene of a run that broke off. Once.
  std::optional<Scene> take_rescued();
  /// A sentence about what could not be restored or written; empty where all is well. Once.
  std::string take_problem();

  /// The scene was edited: it is written soon.
  void keep(const Scene& scene);
  /// Blocks until all is written: for tests.
  void wait();
  /// The user has closed the window: nothing is to be restored.
  void end_cleanly();

 private:
  void restore();
  void set_aside(const std::filesystem::path& file, const std::string& why);
  void run(const std::stop_token& stop);
  void write(const Scene& scene);

  Slot slot_;
  std::optional<Scene> rescued_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Scene> pending_;
  bool writing_ = false;
  std::string problem_;
  std::optional<Thread> thread_;  // last: starts when all of the above is there
};

}  // namespace gradflow::session
