// The scene in the window: undo and redo, the list of stacks, sessions, and what a run that broke off leaves;
// by mouse and by keyboard alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "app/tests/driver.h"
#include "core/io/file.h"
#include "core/io/stack_file.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow::testing {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

std::vector<std::string> names(const Driver& driver) {
  std::vector<std::string> list;
  for (const StackSpec& stack : driver.scene().stacks) list.push_back(stack.name);
  return list;
}

using Names = std::vector<std::string>;

/// Tab until the control has the keyboard.
void tab_to(Driver& driver, std::string_view name) {
  for (int tabs = 0; tabs < 100; ++tabs) {
    driver.key(ui::Key::tab);
    if (driver.focus() == name) return;
  }
  FAIL() << name << " is not reached by Tab";
}

/// The arrow keys to the entry of the open list, and Enter; `steps` down from the first.
void pick_with_keys(Driver& driver, int steps) {
  driver.frames(1);
  for (int i = 0; i < steps; ++i) driver.key(ui::Key::down);
  driver.key(ui::Key::enter);
  driver.frames(2);
}

Stage stage_in(const TemporaryFolder& folder, session::Rescue rescue = session::Rescue::take) {
  Stage stage;
  stage.storage = [&folder, rescue] { return session::Storage({folder / "data", folder / "state"}, rescue); };
  return stage;
}

// Undo and redo

/// What edits change; which stack is selected is no step of its own.
session::Scene edited_part(session::Scene scene) {
  scene.selected = 0;
  return scene;
}

TEST(Undo, EveryKindOfControlIsUndoneAndRedoneByKey) {
  Driver driver;
  driver.settle();
  std::vector<session::Scene> scenes{driver.scene()};
  const auto edited = [&] {
    driver.frames(2);
    EXPECT_NE(driver.scene(), scenes.back());
    scenes.push_back(driver.scene());
  };
  driver.click("stack.0.attention.residual");
  edited();
  driver.choose("stack.1.wiring", "none");
  edited();
  driver.enter("stack.0.name", "mine");
  edited();
  driver.drag("depth.slider", 12, 48);
  edited();
  driver.enter("input.seed", "7");
  edited();
  driver.choose("plot.quantity", "stream_grad_norm");
  edited();
  for (std::size_t i = scenes.size() - 1; i-- > 0;) {
    driver.key_with_ctrl(ui::Key::z);
    EXPECT_EQ(edited_part(driver.scene()), edited_part(scenes[i])) << i;
  }
  driver.key_with_ctrl(ui::Key::z);  // nothing left
  EXPECT_EQ(edited_part(driver.scene()), edited_part(scenes[0]));
  for (std::size_t i = 1; i < scenes.size(); ++i) {
    if (i % 2 == 0) {
      driver.key_with_ctrl(ui::Key::y);
    } else {
      driver.key_with_ctrl_and_shift(ui::Key::z);
    }
    EXPECT_EQ(edited_part(driver.scene()), edited_part(scenes[i])) << i;
  }
}

TEST(Undo, WhatIsUndoneIsMeasuredAgain) {
  Driver driver;
  driver.settle();
  const auto before = driver.report(0).scalars;
  driver.click("stack.0.final_norm");
  driver.settle();
  EXPECT_NE(driver.report(0).scalars, before);
  driver.key_with_ctrl(ui::Key::z);
  driver.settle();
  EXPECT_EQ(driver.report(0).scalars, before);
}

TEST(Undo, ADragIsOneStep) {
  Driver driver;
  driver.settle();
  const session::Scene before = driver.scene();
  driver.drag("depth.slider", 12, 90, 40);
  ASSERT_NEAR(driver.stack(0).num_layers, 90, 1);  // a pixel of the track is more than a layer
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.scene(), before);
}

TEST(Undo, AHeldArrowKeyIsOneStepAndTwoPressesAreTwo) {
  Driver driver;
  driver.settle();
  driver.hold(ui::Key::right, 60);  // repeats
  const int held = driver.stack(0).num_layers;
  ASSERT_GT(held, 14);
  driver.key(ui::Key::right);
  driver.key(ui::Key::right);
  ASSERT_EQ(driver.stack(0).num_layers, held + 2);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.stack(0).num_layers, held + 1);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.stack(0).num_layers, held);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.stack(0).num_layers, 12);
}

TEST(Undo, ATurnOfTheWheelIsOneStep) {
  Driver driver;
  driver.settle();
  for (int notch = 0; notch < 5; ++notch) driver.wheel("depth.slider", 1);
  ASSERT_EQ(driver.stack(0).num_layers, 17);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.stack(0).num_layers, 12);
}

TEST(Undo, TypingIntoOneBoxIsOneStep) {
  Driver driver;
  driver.settle();
  const session::Scene before = driver.scene();
  driver.click("input.text");
  driver.key_with_ctrl(ui::Key::a);
  driver.type("one two three");
  driver.key(ui::Key::tab);  // leaves the box
  driver.settle();
  ASSERT_EQ(driver.stack(0).input.text, "one two three");
  driver.key(ui::Key::escape);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.scene(), before);
}

TEST(Undo, ATypedNumberAndTheTextTypedAfterItAreTwoSteps) {
  Driver driver;
  driver.settle();
  driver.click("input.seed");
  driver.key_with_ctrl(ui::Key::a);
  driver.type("7");
  driver.click("input.text");  // takes the number over on the way
  driver.key_with_ctrl(ui::Key::a);
  driver.type("abc");
  driver.click("header.status");
  driver.frames(2);
  ASSERT_EQ(driver.stack(0).input.text, "abc");
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_NE(driver.stack(0).input.text, "abc");
  EXPECT_EQ(driver.stack(0).seed, 7U);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.stack(0).seed, 1U);
}

TEST(Undo, ABoxThatIsTypedIntoKeepsItsOwnUndo) {
  Driver driver;
  driver.settle();
  driver.click("stack.0.final_norm");
  const session::Scene edited = driver.scene();
  driver.click("input.text");
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.scene(), edited);
}

TEST(Undo, TheMenuDoesIt) {
  Driver driver;
  driver.settle();
  const session::Scene before = driver.scene();
  driver.click("header.edit");
  driver.click("edit.undo");  // nothing to undo: stays open
  EXPECT_TRUE(driver.has("edit.undo"));
  driver.key(ui::Key::escape);
  driver.click("stack.0.final_norm");
  const session::Scene edited = driver.scene();
  driver.click("header.edit");
  driver.click("edit.undo");
  EXPECT_EQ(driver.scene(), before);
  tab_to(driver, "header.edit");
  driver.key(ui::Key::space);
  pick_with_keys(driver, 1);
  EXPECT_EQ(driver.scene(), edited);
}

// The list of stacks

TEST(StackList, AClickSelects) {
  Driver driver;
  driver.settle();
  driver.click("list.1");
  EXPECT_EQ(driver.scene().selected, 1U);
  driver.click("list.0");
  EXPECT_EQ(driver.scene().selected, 0U);
}

TEST(StackList, APresetIsAddedAndMeasured) {
  Driver driver;
  driver.settle();
  driver.choose("list.add", "gpt-2");
  driver.settle();
  ASSERT_EQ(driver.scene().stacks.size(), 3U);
  EXPECT_EQ(driver.scene().selected, 2U);
  EXPECT_EQ(driver.stack(2).activation, Activation::gelu_tanh);
  EXPECT_EQ(driver.stack(2).num_layers, 12);  // the depth is linked
  EXPECT_EQ(driver.report(2).error, "");
}

TEST(StackList, EveryStackThatIsOfferedCanBeMeasured) {
  Driver driver;
  driver.settle();
  for (const session::Offer& offer : stack_offers()) {
    SCOPED_TRACE(offer.key);
    driver.choose("list.add", offer.key);
    driver.settle();
    ASSERT_EQ(driver.scene().stacks.size(), 3U);
    EXPECT_EQ(driver.report(2).error, "");
    driver.key_with_ctrl(ui::Key::z);
  }
}

TEST(StackList, ThereAreSixAtMost) {
  Driver driver;
  driver.settle();
  for (int i = 0; i < 4; ++i) driver.choose("list.add", "pre-ln");
  driver.settle();
  ASSERT_EQ(driver.scene().stacks.size(), session::kMaxStacks);
  EXPECT_FALSE(driver.has("list.add"));
  EXPECT_EQ(names(driver), (Names{"Pre-LN", "Post-LN", "Pre-LN 2", "Pre-LN 3", "Pre-LN 4", "Pre-LN 5"}));
}

TEST(StackList, TheMenuOfARowEditsThatRow) {
  Driver driver;
  driver.settle();
  const auto pick = [&](std::string_view row, std::string_view entry) {
    driver.click(std::string(row) + ".more");
    driver.click("list.menu." + std::string(entry));
    driver.frames(2);
  };
  pick("list.0", "duplicate");
  EXPECT_EQ(names(driver), (Names{"Pre-LN", "Pre-LN 2", "Post-LN"}));
  pick("list.2", "up");
  EXPECT_EQ(names(driver), (Names{"Pre-LN", "Post-LN", "Pre-LN 2"}));
  pick("list.0", "down");
  EXPECT_EQ(names(driver), (Names{"Post-LN", "Pre-LN", "Pre-LN 2"}));
  pick("list.1", "remove");
  EXPECT_EQ(names(driver), (Names{"Post-LN", "Pre-LN 2"}));
  pick("list.0", "reset");
  driver.click("list.reset.bert-base");
  driver.settle();
  EXPECT_EQ(driver.stack(0).activation, Activation::gelu);
  EXPECT_EQ(driver.report(0).error, "");
  for (int i = 0; i < 5; ++i) driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.scene(), session::Scene());
}

TEST(StackList, TheRightButtonOpensTheMenuToo) {
  Driver driver;
  driver.settle();
  driver.click_right("list.1");
  driver.click("list.menu.remove");
  driver.frames(2);
  EXPECT_EQ(names(driver), Names{"Pre-LN"});
}

TEST(StackList, TheLastStackStays) {
  Driver driver;
  driver.settle();
  driver.click_right("list.1");
  driver.click("list.menu.remove");
  driver.frames(2);
  driver.click_right("list.0");
  driver.click("list.menu.remove");
  driver.frames(2);
  EXPECT_EQ(names(driver), Names{"Pre-LN"});
}

TEST(StackList, ADoubleClickRenames) {
  Driver driver;
  driver.settle();
  driver.double_click("list.1");
  driver.frames(3);
  driver.key_with_ctrl(ui::Key::a);
  driver.type("größer");
  driver.key(ui::Key::enter);
  driver.frames(2);
  EXPECT_EQ(names(driver), (Names{"Pre-LN", "größer"}));
  EXPECT_FALSE(driver.has("list.1.name"));
}

TEST(StackList, EscapeKeepsTheOldNameAndSoDoesAnEmptyOne) {
  Driver driver;
  driver.settle();
  driver.double_click("list.0");
  driver.frames(3);
  driver.type("x");
  driver.key(ui::Key::escape);
  driver.frames(2);
  EXPECT_FALSE(driver.has("list.0.name"));
  driver.frames(60);
  driver.double_click("list.0");
  driver.frames(3);
  driver.key_with_ctrl(ui::Key::a);
  driver.key(ui::Key::backspace);
  driver.key(ui::Key::enter);
  driver.frames(2);
  EXPECT_EQ(names(driver), (Names{"Pre-LN", "Post-LN"}));
}

TEST(StackList, TheKeyboardAloneDoesEverything) {
  Driver driver;
  driver.settle();
  tab_to(driver, "list.1");
  driver.key(ui::Key::space);
  EXPECT_EQ(driver.scene().selected, 1U);
  driver.key(ui::Key::f2);
  driver.frames(3);
  driver.key_with_ctrl(ui::Key::a);
  driver.type("mine");
  driver.key(ui::Key::enter);
  driver.frames(2);
  EXPECT_EQ(names(driver), (Names{"Pre-LN", "mine"}));
  EXPECT_EQ(driver.focus(), "list.1");
  tab_to(driver, "list.1.more");
  driver.key(ui::Key::space);
  pick_with_keys(driver, 1);
  EXPECT_EQ(names(driver), (Names{"Pre-LN", "mine", "mine 2"}));
  tab_to(driver, "list.0");
  driver.key(ui::Key::del);
  driver.frames(2);
  EXPECT_EQ(names(driver), (Names{"mine", "mine 2"}));
  tab_to(driver, "list.add");
  driver.key(ui::Key::enter);
  pick_with_keys(driver, 0);
  EXPECT_EQ(names(driver), (Names{"mine", "mine 2", "Pre-LN"}));
}

TEST(StackList, RemovingWhileEverythingIsMeasuredLeavesTheRightAnswers) {
  Driver driver;
  driver.settle();
  driver.choose("list.add", "gemma");
  driver.drag("depth.slider", 12, 30);
  driver.click_right("list.0");
  driver.click("list.menu.remove");
  driver.settle();
  ASSERT_EQ(driver.scene().stacks.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(driver.report(i).spec, driver.stack(i));
}

// Sessions

TEST(Session, CtrlSSavesWhereTheSessionCameFromAndSaysWhere) {
  const TemporaryFolder folder;
  session::Scene scene;
  scene.stacks[0].name = "from a file";
  session::write_scene(scene, folder / "s.json");
  Driver driver(stage_in(folder));
  driver.front().open({folder / "s.json"});
  driver.settle();
  EXPECT_EQ(driver.scene(), scene);
  driver.click("stack.0.final_norm");
  driver.key_with_ctrl(ui::Key::s);
  driver.frames(2);
  EXPECT_TRUE(driver.has("header.remark"));
  EXPECT_EQ(session::open_files({folder / "s.json"}, {}).scene, driver.scene());
  driver.click("stack.0.final_norm");
  driver.frames(2);
  EXPECT_FALSE(driver.has("header.remark"));  // the next edit is not saved
}

TEST(Session, ASessionWithoutAFileIsSavedAmongTheUsersData) {
  const TemporaryFolder folder;
  Driver driver(stage_in(folder));
  driver.settle();
  driver.click("stack.1.ffn.residual");
  driver.click("header.file");
  driver.click("file.save");
  driver.frames(2);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder / "data")) files.push_back(entry.path());
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(session::open_files(files, {}).scene, driver.scene());
  driver.click("stack.1.ffn.residual");
  driver.key_with_ctrl(ui::Key::s);  // into the same file
  driver.frames(2);
  EXPECT_EQ(session::open_files(files, {}).scene, driver.scene());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / "data"), fs::directory_iterator()), 1);
}

TEST(Session, CtrlSSavesWhileABoxIsTypedInto) {
  const TemporaryFolder folder;
  Driver driver(stage_in(folder));
  driver.settle();
  driver.click("input.text");
  driver.type("x");
  driver.key_with_ctrl(ui::Key::s);
  driver.frames(2);
  EXPECT_TRUE(driver.has("header.remark"));
}

TEST(Session, AFileThatIsDroppedWhileABoxIsTypedIntoIsNotTypedOver) {
  const TemporaryFolder folder;
  session::Scene scene;
  for (StackSpec& stack : scene.stacks) stack.input.text = "of the file";
  session::write_scene(scene, folder / "s.json");
  Driver driver;
  driver.settle();
  driver.click("input.text");
  driver.type("typed");
  driver.front().open({folder / "s.json"});
  driver.settle();
  EXPECT_EQ(driver.scene(), scene);
}

TEST(Session, NewIsTheUsualSceneAndCanBeUndone) {
  Driver driver;
  driver.settle();
  driver.click("stack.0.final_norm");
  const session::Scene edited = driver.scene();
  driver.key_with_ctrl(ui::Key::n);
  driver.settle();
  EXPECT_EQ(driver.scene(), session::Scene());
  driver.key_with_ctrl(ui::Key::z);
  driver.settle();
  EXPECT_EQ(driver.scene(), edited);
}

TEST(Session, SaveAsAndOpenAskForAPathByKeyboardAlone) {
  const TemporaryFolder folder;
  const std::string path = (folder / "lecture.json").string();
  Driver driver(stage_in(folder));
  driver.settle();
  driver.click("stack.0.final_norm");
  const session::Scene saved = driver.scene();
  driver.key_with_ctrl_and_shift(ui::Key::s);
  driver.frames(3);
  ASSERT_TRUE(driver.has("file.path.box"));
  driver.key_with_ctrl(ui::Key::a);
  driver.type(path);
  driver.key(ui::Key::enter);
  driver.frames(3);
  EXPECT_FALSE(driver.has("file.path"));
  EXPECT_EQ(session::open_files({path}, {}).scene, saved);
  driver.key_with_ctrl(ui::Key::n);
  driver.key_with_ctrl(ui::Key::o);
  driver.frames(3);
  driver.key_with_ctrl(ui::Key::a);
  driver.type(path);
  driver.key(ui::Key::enter);
  driver.settle();
  EXPECT_EQ(driver.scene(), saved);
}

TEST(Session, APathIsConfirmedAndCancelledByMouse) {
  const TemporaryFolder folder;
  Driver driver(stage_in(folder));
  driver.settle();
  for (const char* button : {"file.path.cancel", "file.path.confirm"}) {
    driver.click("header.file");
    driver.click("file.save_as");
    driver.frames(3);
    driver.key_with_ctrl(ui::Key::a);
    driver.type((folder / "by-mouse.json").string());
    EXPECT_FALSE(fs::exists(folder / "by-mouse.json"));
    driver.click(button);
    driver.frames(3);
    EXPECT_FALSE(driver.has("file.path"));
  }
  EXPECT_TRUE(fs::exists(folder / "by-mouse.json"));
}

TEST(Session, AFileThatIsThereIsReplacedOnlyAfterAWarning) {
  const TemporaryFolder folder;
  write_file(folder / "precious.txt", "precious");
  Driver driver(stage_in(folder));
  driver.settle();
  driver.key_with_ctrl_and_shift(ui::Key::s);
  driver.frames(3);
  driver.key_with_ctrl(ui::Key::a);
  driver.type((folder / "precious.txt").string());
  driver.key(ui::Key::enter);
  driver.frames(4);
  EXPECT_TRUE(driver.has("file.path")) << "asks again";
  EXPECT_EQ(read_file(folder / "precious.txt", 100), "precious");
  driver.key(ui::Key::escape);
  driver.key(ui::Key::escape);
  driver.frames(2);
  EXPECT_EQ(read_file(folder / "precious.txt", 100), "precious");
}

TEST(Session, APathThatCannotBeOpenedIsAskedForAgain) {
  const TemporaryFolder folder;
  Driver driver(stage_in(folder));
  driver.settle();
  const session::Scene before = driver.scene();
  driver.key_with_ctrl(ui::Key::o);
  driver.frames(3);
  driver.type((folder / "nowhere.json").string());
  driver.key(ui::Key::enter);
  driver.frames(4);
  EXPECT_TRUE(driver.has("file.path"));
  EXPECT_EQ(driver.scene(), before);
}

TEST(Session, RecentFilesAreOpenedFromTheMenu) {
  const TemporaryFolder folder;
  session::Scene scene;
  scene.stacks[0].name = "recent";
  session::write_scene(scene, folder / "r.json");
  {
    Driver first(stage_in(folder));
    first.front().open({folder / "r.json"});
    first.frames(2);
    first.front().end_cleanly();
  }
  Driver driver(stage_in(folder));
  driver.settle();
  driver.click("header.file");
  driver.click("file.recent.0");
  driver.settle();
  EXPECT_EQ(driver.scene(), scene);
}

TEST(Session, ADroppedSessionCanBeUndone) {
  const TemporaryFolder folder;
  session::Scene scene;
  scene.stacks.resize(1);
  session::tidy(&scene);
  scene.depth_linked = false;
  session::write_scene(scene, folder / "s.json");
  Driver driver;
  driver.settle();
  driver.front().open({folder / "s.json"});
  driver.settle();
  EXPECT_EQ(driver.scene(), scene);
  driver.key_with_ctrl(ui::Key::z);
  driver.settle();
  EXPECT_EQ(driver.scene(), session::Scene());
}

// A run that broke off

TEST(Rescue, EveryEditOfARunThatBrokeOffIsThereAgainAndCanBeUndone) {
  const TemporaryFolder folder;
  session::Scene edited;
  {
    Driver driver(stage_in(folder));
    driver.settle();
    driver.choose("list.add", "olmo-2");
    driver.click("stack.2.attention.residual");
    driver.drag("depth.slider", 12, 40);
    driver.click("stack.2.final_norm");
    driver.key_with_ctrl(ui::Key::z);  // what was undone is undone
    edited = driver.scene();
  }
  Driver driver(stage_in(folder));
  driver.settle();
  EXPECT_EQ(driver.scene(), edited);
  EXPECT_TRUE(driver.has("header.notice"));
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.scene(), session::Scene());
}

TEST(Rescue, ARunThatEndsCleanlyStartsAfresh) {
  const TemporaryFolder folder;
  {
    Driver driver(stage_in(folder));
    driver.settle();
    driver.click("stack.0.final_norm");
    driver.front().end_cleanly();
  }
  Driver driver(stage_in(folder));
  driver.settle();
  EXPECT_EQ(driver.scene(), session::Scene());
  EXPECT_FALSE(driver.has("header.notice"));
}

TEST(Rescue, ARestoredSceneThatCouldBeMeasuredIsRestoredAgain) {
  const TemporaryFolder folder;
  session::Scene edited;
  {
    Driver driver(stage_in(folder));
    driver.settle();
    driver.click("stack.0.final_norm");
    edited = driver.scene();
  }
  {
    Driver driver(stage_in(folder));
    driver.settle();
    driver.frames(2);
  }
  Driver driver(stage_in(folder));
  driver.settle();
  EXPECT_EQ(driver.scene(), edited);
}

}  // namespace
}  // namespace gradflow::testing
