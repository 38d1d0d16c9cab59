// A folder that one run of the program has for itself, for as long as it lives: what it holds when a later
// run takes it over was left by a run that broke off.
//
//   FOLDER/1/lock             held by the run (flock), which the system lets go however the run ends
//   FOLDER/1/session.json     the scene as edited last
//   FOLDER/1/restored.json    what this run was started from, until it has proved to last
//   FOLDER/1/set-aside.json   what could not be restored
#pragma once

#include <filesystem>
#include <optional>

#include "core/io/descriptor.h"

namespace gradflow::session {

class Slot {
 public:
  std::filesystem::path session() const;
  std::filesystem::path restored() const { return folder_ / "restored.json"; }
  std::filesystem::path set_aside() const { return folder_ / "set-aside.json"; }
  /// Whether an earlier run has left something here to take care of.
  bool has_leftovers() const;

  /// Of the slots below `folder` that are nobody's and have leftovers, the one written last. Throws
  /// InputError.
  static std::optional<Slot> abandoned(const std::filesystem::path& folder);
  /// The first slot that is nobody's and empty, made where there is none. Throws InputError.
  static Slot fresh(const std::filesystem::path& folder);

 private:
  Slot(std::filesystem::path folder, Descriptor lock);
  /// Nothing where another run holds it.
  static std::optional<Slot> take(const std::filesystem::path& folder);

  std::filesystem::path folder_;
  Descriptor lock_;
};

}  // namespace gradflow::session
