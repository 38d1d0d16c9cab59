// What is kept from run to run: the scene of a run that broke off, the session's file, the recent files.
#include "app/session/autosave.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "app/session/recent_files.h"
#include "app/session/storage.h"
#include "core/io/file.h"
#include "core/io/stack_file.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow::session {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

Scene at_depth(int layers) {
  Scene scene;
  for (StackSpec& stack : scene.stacks) stack.num_layers = layers;
  return scene;
}

/// A run that edits the scene and breaks off.
void break_off(const fs::path& folder, const Scene& scene) {
  Autosave autosave(folder, Rescue::take);
  autosave.keep(scene);
  autosave.wait();
}

TEST(Autosave, TheFirstRunHasNothingToRestore) {
  const TemporaryFolder folder;
  Autosave autosave(folder / "autosave", Rescue::take);
  EXPECT_FALSE(autosave.take_rescued());
  EXPECT_EQ(autosave.take_problem(), "");
}

TEST(Autosave, WhatWasEditedComesBackAfterARunBrokeOff) {
  const TemporaryFolder folder;
  break_off(folder.path(), at_depth(33));
  Autosave autosave(folder.path(), Rescue::take);
  EXPECT_EQ(autosave.take_rescued(), at_depth(33));
  EXPECT_EQ(autosave.take_rescued(), std::nullopt);
  EXPECT_EQ(autosave.take_problem(), "");
}

TEST(Autosave, TheLastOfManyEditsIsTheOneThatIsThere) {
  const TemporaryFolder folder;
  {
    Autosave autosave(folder.path(), Rescue::take);
    for (int layers = 1; layers <= 500; ++layers) autosave.keep(at_depth(layers));
  }
  Autosave autosave(folder.path(), Rescue::take);
  EXPECT_EQ(autosave.take_rescued(), at_depth(500));
}

TEST(Autosave, AnEditIsOnDiskWithinAFractionOfASecond) {
  const TemporaryFolder folder;
  Autosave autosave(folder.path(), Rescue::take);
  autosave.keep(at_depth(5));
  autosave.keep(at_depth(6));
  const auto start = std::chrono::steady_clock::now();
  autosave.wait();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
  const fs::path file = folder.path() / "1" / "session.json";
  EXPECT_EQ(parse_scene(read_file(file, 1U << 20U), "s"), at_depth(6));
}

TEST(Autosave, AnEndThatIsCleanLeavesNothing) {
  const TemporaryFolder folder;
  {
    Autosave autosave(folder.path(), Rescue::take);
    autosave.keep(at_depth(9));
    autosave.end_cleanly();
  }
  EXPECT_FALSE(Autosave(folder.path(), Rescue::take).take_rescued());
}

TEST(Autosave, TwoRunsAtTheSameTimeLeaveEachOtherAlone) {
  const TemporaryFolder folder;
  {
    Autosave first(folder.path(), Rescue::take);
    first.keep(at_depth(11));
    first.wait();
    Autosave second(folder.path(), Rescue::take);
    EXPECT_FALSE(second.take_rescued()) << "the first one still runs";
    second.keep(at_depth(22));
    second.wait();
    first.keep(at_depth(12));
  }
  Autosave third(folder.path(), Rescue::take);
  Autosave fourth(folder.path(), Rescue::take);
  const auto one = third.take_rescued();
  const auto other = fourth.take_rescued();
  EXPECT_TRUE((one == at_depth(12) && other == at_depth(22)) ||
              (one == at_depth(22) && other == at_depth(12)));
}

TEST(Autosave, ARunThatIsAskedForOtherStacksLeavesTheSceneForALaterOne) {
  const TemporaryFolder folder;
  break_off(folder.path(), at_depth(33));
  {
    Autosave other(folder.path(), Rescue::leave);
    EXPECT_FALSE(other.take_rescued());
    other.keep(at_depth(44));
    other.end_cleanly();
  }
  EXPECT_EQ(Autosave(folder.path(), Rescue::take).take_rescued(), at_depth(33));
}

TEST(Autosave, ASceneThatEndsTheProgramDoesSoOnce) {
  const TemporaryFolder folder;
  break_off(folder.path(), at_depth(33));
  { const Autosave restored(folder.path(), Rescue::take); }  // breaks off before anything was kept
  Autosave autosave(folder.path(), Rescue::take);
  EXPECT_FALSE(autosave.take_rescued());
  const std::string problem = autosave.take_problem();
  EXPECT_NE(problem.find("set-aside.json"), std::string::npos) << problem;
  EXPECT_EQ(parse_scene(read_file(folder.path() / "1" / "set-aside.json", 1U << 20U), "s"), at_depth(33));
}

TEST(Autosave, ARestoredSceneThatLastedComesBackAgain) {
  const TemporaryFolder folder;
  break_off(folder.path(), at_depth(33));
  break_off(folder.path(), at_depth(33));
  EXPECT_EQ(Autosave(folder.path(), Rescue::take).take_rescued(), at_depth(33));
}

TEST(Autosave, AFileThatCannotBeReadIsSetAsideWithASentence) {
  const TemporaryFolder folder;
  break_off(folder.path(), at_depth(33));
  write_file(folder.path() / "1" / "session.json", "{\"stacks\": [");
  Autosave autosave(folder.path(), Rescue::take);
  EXPECT_FALSE(autosave.take_rescued());
  EXPECT_NE(autosave.take_problem().find("line 1"), std::string::npos);
  EXPECT_TRUE(fs::exists(folder.path() / "1" / "set-aside.json"));
}

TEST(Autosave, HalfWrittenFilesOfARunThatWasKilledAreSweptAway) {
  const TemporaryFolder folder;
  break_off(folder.path(), at_depth(33));
  write_file(folder.path() / "1" / ".gradflow-123-0", "{\"stacks\": [");
  EXPECT_EQ(Autosave(folder.path(), Rescue::take).take_rescued(), at_depth(33));
  EXPECT_FALSE(fs::exists(folder.path() / "1" / ".gradflow-123-0"));
}

TEST(Autosave, WhatCannotBeWrittenIsSaidOnce) {
  const TemporaryFolder folder;
  Autosave autosave(folder.path(), Rescue::take);
  fs::create_directory(folder.path() / "1" / "session.json");  // in the way
  autosave.keep(at_depth(2));
  autosave.wait();
  EXPECT_NE(autosave.take_problem().find("cannot be saved automatically"), std::string::npos);
  EXPECT_EQ(autosave.take_problem(), "");
}

TEST(Storage, ComesUpWithoutAutosaveWhereItsFolderCannotBeUsed) {
  const TemporaryFolder folder;
  write_file(folder / "file", "no folder");
  Storage storage({folder / "data", folder / "file"}, Rescue::take);
  EXPECT_NE(storage.take_problem().find("Nothing is saved automatically"), std::string::npos);
  storage.keep(Scene());
  storage.end_cleanly();
}

TEST(Storage, ASessionIsSavedUnderANameThatNoFileHas) {
  const TemporaryFolder folder;
  Storage storage({folder / "data", folder / "state"}, Rescue::take);
  EXPECT_FALSE(storage.file());
  const fs::path first = storage.save(at_depth(3), storage.proposal().value());
  EXPECT_EQ(first.parent_path(), folder / "data");
  EXPECT_EQ(storage.file(), first);
  const fs::path second = storage.proposal().value();
  EXPECT_NE(second, first);
  storage.save(at_depth(4), second);
  EXPECT_EQ(storage.recent(), (std::vector<fs::path>{second, first}));
  EXPECT_EQ(storage.open({first}, Scene()), at_depth(3));
  EXPECT_EQ(storage.recent(), (std::vector<fs::path>{first, second}));
  EXPECT_EQ(storage.file(), first);
}

TEST(Storage, StackFilesAreNoSessionToSaveInto) {
  const TemporaryFolder folder;
  write_stack_file(post_ln_stack(), folder / "stack.json");
  Storage storage({folder / "data", folder / "state"}, Rescue::take);
  EXPECT_EQ(storage.open({folder / "stack.json"}, Scene()).stacks.size(), 1U);
  EXPECT_FALSE(storage.file());
}

TEST(Storage, WithoutFoldersItSavesWhereItIsTold) {
  const TemporaryFolder folder;
  Storage storage;
  EXPECT_FALSE(storage.proposal());
  storage.save(at_depth(3), folder / "s.json");
  EXPECT_EQ(storage.open({folder / "s.json"}, Scene()), at_depth(3));
  EXPECT_TRUE(storage.recent().empty());
}

TEST(RecentFiles, AreNewestFirstEachOnceAndStillThere) {
  const TemporaryFolder folder;
  const fs::path list = folder / "state" / "recent-files";
  EXPECT_TRUE(read_recent_files(list).empty());
  for (const char* name : {"a", "b", "c", "a"}) {
    write_file(folder / name, "x");
    remember_file(list, folder / name);
  }
  EXPECT_EQ(read_recent_files(list), (std::vector<fs::path>{folder / "a", folder / "c", folder / "b"}));
  fs::remove(folder / "c");
  EXPECT_EQ(read_recent_files(list), (std::vector<fs::path>{folder / "a", folder / "b"}));
}

TEST(RecentFiles, AreNoMoreThanAMenuHolds) {
  const TemporaryFolder folder;
  const fs::path list = folder / "recent-files";
  for (int k = 0; k < 30; ++k) {
    const fs::path file = folder / std::to_string(k);
    write_file(file, "x");
    remember_file(list, file);
  }
  EXPECT_EQ(read_recent_files(list).size(), kMaxRecentFiles);
  EXPECT_EQ(read_recent_files(list).front(), folder / "29");
}

/// The environment as it was, again.
class Environment {
 public:
  explicit Environment(const char* name) : name_(name) {
    if (const char* value = std::getenv(name)) before_ = value;
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() {
    if (before_) {
      ::setenv(name_, before_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(Folders, FollowTheBaseDirectorySpecification) {
  const Environment home("HOME"), data("XDG_DATA_HOME"), state("XDG_STATE_HOME");
  ::setenv("HOME", "/home/ada", 1);
  ::unsetenv("XDG_DATA_HOME");
  ::setenv("XDG_STATE_HOME", "relative/paths/are/ignored", 1);
  EXPECT_EQ(usual_folders(), (Folders{"/home/ada/.local/share/gradflow", "/home/ada/.local/state/gradflow"}));
  ::setenv("XDG_DATA_HOME", "/data", 1);
  ::setenv("XDG_STATE_HOME", "/state", 1);
  EXPECT_EQ(usual_folders(), (Folders{"/data/gradflow", "/state/gradflow"}));
  EXPECT_EQ(with_home("~/a.json"), "/home/ada/a.json");
  EXPECT_EQ(with_home("~ada/a.json"), "~ada/a.json");
  ::unsetenv("HOME");
  ::unsetenv("XDG_DATA_HOME");
  EXPECT_EQ(usual_folders(), std::nullopt);
  EXPECT_EQ(with_home("~/a.json"), "~/a.json");
}

}  // namespace
}  // namespace gradflow::session
