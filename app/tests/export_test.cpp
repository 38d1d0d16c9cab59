// Export in the window: by key and by menu, with its warnings; and the command line makes the same bytes.
#include <gtest/gtest.h>

#include "app/cli/tests/process.h"
#include "app/session/scene_file.h"
#include "app/tests/driver.h"
#include "core/io/figure_file.h"
#include "core/io/file.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow::testing {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

std::string content(const fs::path& path) { return read_file(path, kMaxFigureFileBytes); }

/// Asks for the figure at this path by keyboard alone.
void export_to(Driver& driver, const fs::path& path) {
  driver.key_with_ctrl(ui::Key::e);
  driver.frames(3);
  ASSERT_TRUE(driver.has("file.path.box"));
  driver.key_with_ctrl(ui::Key::a);
  driver.type(path.string());
  driver.key(ui::Key::enter);
  driver.settle();
}

/// A session that has something of everything: two depths, a cut residual, a layer of its own, a stack that
/// is hidden, a ghost.
session::Scene rich_scene() {
  session::Scene scene;
  scene.depth_linked = false;
  scene.stacks[0].num_layers = 9;
  scene.stacks[0].overrides.resize(1);
  scene.stacks[0].overrides[0].layers = {3, 4};
  scene.stacks[0].overrides[0].attention.residual = false;
  scene.stacks.push_back(scene.stacks[1]);
  scene.stacks[2].name = "ohne Residuum 😀";
  scene.stacks[2].sublayers.ffn.residual = false;
  scene.stacks.push_back(scene.stacks[0]);
  scene.hidden = {false, false, false, true};
  scene.pinned = {scene.stacks[0]};
  scene.pinned[0]->num_layers = 5;
  scene.race.training.steps = 25;
  scene.race.training.warmup = 9;
  scene.race.step = 7;
  return scene;
}

TEST(ExportInTheWindow, TheCommandLineMakesTheSameBytesFromTheSavedSession) {
  for (const auto& view : kNames<session::View>) {
    const TemporaryFolder folder;
    session::Scene scene = rich_scene();
    scene.view = view.value;
    const bool banded = view.value == session::View::forward || view.value == session::View::depth_law;
    if (banded) scene.seeds = 3;
    Driver driver({.scene = scene});
    driver.settle();
    session::write_scene(driver.scene(), folder / "s.json");
    for (const char* ending : {".svg", ".pdf", ".png"}) {
      const fs::path window = folder / ("window" + std::string(ending));
      export_to(driver, window);
      if (driver.has("file.path")) {  // the table of the format before is there
        driver.key(ui::Key::enter);
        driver.settle();
      }
      ASSERT_TRUE(fs::exists(window)) << ending;
      const fs::path cli = folder / ("cli" + std::string(ending));
      const test::Outcome outcome =
          test::run_program(GRADFLOW_CLI, {"figure", (folder / "s.json").string(), "--output", cli.string()});
      ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
      EXPECT_TRUE(content(window) == content(cli)) << view.key << ending;
    }
    const fs::path cli = folder / "cli.csv";
    test::run_program(GRADFLOW_CLI, {"figure", (folder / "s.json").string(), "--output", cli.string()});
    EXPECT_TRUE(content(folder / "window.csv") == content(cli)) << view.key;
    const bool seeds = content(cli).find("\nPost-LN,3,") != std::string::npos;
    EXPECT_EQ(seeds, banded);
  }
}

TEST(ExportInTheWindow, FewerSeedsAreThoseThatTheTableHas) {
  const TemporaryFolder folder;
  session::Scene scene;
  scene.seeds = 5;
  Driver driver({.scene = scene});
  driver.settle();
  scene.seeds = 2;
  session::write_scene(scene, folder / "s.json");
  driver.front().open({folder / "s.json"});
  driver.settle();
  export_to(driver, folder / "window.svg");
  ASSERT_EQ(test::run_program(GRADFLOW_CLI, {"figure", (folder / "s.json").string(), "--output",
                                             (folder / "cli.csv").string()})
                .exit_code,
            0);
  EXPECT_TRUE(content(folder / "window.csv") == content(folder / "cli.csv"));
  EXPECT_NE(content(folder / "cli.csv").find("\nPre-LN,2,"), std::string::npos);
  EXPECT_EQ(content(folder / "cli.csv").find("\nPre-LN,3,"), std::string::npos);
}

TEST(ExportInTheWindow, TheMenuAsksAndTheFigureOpensAgain) {
  const TemporaryFolder folder;
  session::Scene shown;
  {
    Driver driver({.scene = rich_scene()});
    driver.settle();
    driver.click("header.file");
    driver.click("file.export");
    driver.frames(3);
    ASSERT_TRUE(driver.has("file.path.box"));
    driver.key_with_ctrl(ui::Key::a);
    driver.type((folder / "f.pdf").string());
    driver.click("file.path.confirm");
    driver.settle();
    EXPECT_FALSE(driver.has("file.path"));
    EXPECT_TRUE(driver.has("header.remark"));
    shown = driver.scene();
  }
  for (const char* name : {"f.pdf", "f.csv"}) {
    ASSERT_TRUE(fs::exists(folder / name));
    Driver driver;
    driver.settle();
    driver.front().open({folder / name});
    driver.settle();
    EXPECT_EQ(driver.scene(), shown) << name;
    driver.key_with_ctrl(ui::Key::z);
    driver.settle();
    EXPECT_EQ(driver.scene(), session::Scene()) << "opening is one step of the history";
  }
}

TEST(ExportInTheWindow, AFileThatIsThereIsReplacedOnlyAfterAWarning) {
  const TemporaryFolder folder;
  write_file(folder / "f.csv", "precious");
  Driver driver;
  driver.settle();
  export_to(driver, folder / "f.svg");
  EXPECT_TRUE(driver.has("file.path")) << "asks again";
  EXPECT_FALSE(fs::exists(folder / "f.svg"));
  EXPECT_EQ(content(folder / "f.csv"), "precious");
  driver.key(ui::Key::enter);
  driver.settle();
  EXPECT_FALSE(driver.has("file.path"));
  EXPECT_TRUE(fs::exists(folder / "f.svg"));
  EXPECT_NE(content(folder / "f.csv"), "precious");
}

TEST(ExportInTheWindow, WhatCannotBeWrittenIsAskedForAgain) {
  const TemporaryFolder folder;
  Driver driver;
  driver.settle();
  for (const fs::path& path : {folder / "f.jpg", folder / "no/such/folder/f.svg", folder / "f"}) {
    export_to(driver, path);
    EXPECT_TRUE(driver.has("file.path")) << path;
    EXPECT_FALSE(driver.has("header.remark")) << path;
    driver.key(ui::Key::escape);
    driver.key(ui::Key::escape);
    driver.frames(2);
  }
  EXPECT_EQ(folder.count(), 0);
}

TEST(ExportInTheWindow, ADamagedFigureChangesNothingAndSaysWhy) {
  const TemporaryFolder folder;
  Driver driver({.scene = rich_scene()});
  driver.settle();
  export_to(driver, folder / "f.png");
  const std::string png = content(folder / "f.png");
  write_file(folder / "cut.png", png.substr(0, 400));
  const session::Scene before = driver.scene();
  driver.front().open({folder / "cut.png"});
  driver.settle();
  EXPECT_EQ(driver.scene(), before);
  ASSERT_FALSE(driver.front().window().notices().empty());
  EXPECT_NE(driver.front().window().notices().back().find("cut short"), std::string::npos);
}

}  // namespace
}  // namespace gradflow::testing
