// The first steps: a card that goes on by doing, and that is gone for good once it was dismissed.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/lessons/course.h"
#include "app/tests/driver.h"
#include "core/io/file.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow::testing {
namespace {

using test::TemporaryFolder;

Stage stage_in(const TemporaryFolder& folder) {
  Stage stage{.width = 1280, .height = 800};
  stage.storage = [&folder] {
    return session::Storage({folder / "data", folder / "state"}, session::Rescue::take);
  };
  return stage;
}

/// The first run, as the program starts it.
void greet(Driver& driver) {
  driver.front().greet();
  driver.settle();
}

constexpr const char* kFile = "state/hints.json";

/// Which step the card shows, by its picture.
platform::Image card(Driver& driver) {
  driver.move_away();
  driver.settle();
  return picture_of(driver, "hint.panel");
}

TEST(Hint, GoesOnByDoingAndIsThenKnown) {
  const TemporaryFolder folder;
  {
    Driver driver(stage_in(folder));
    greet(driver);
    const auto first = card(driver);
    driver.click("stack.0.attention.residual");
    driver.settle();
    EXPECT_EQ(difference(first, card(driver)), 0U) << "a wire is not what the first step asks for";
    driver.drag("depth.slider", 12, 30);
    const auto second = card(driver);
    EXPECT_GT(difference(first, second), 100U);
    driver.key(ui::Key::right);
    EXPECT_EQ(difference(second, card(driver)), 0U) << "the depth is not what the second step asks for";
    driver.click("stack.0.ffn.norm.post");
    const auto third = card(driver);
    EXPECT_GT(difference(second, third), 100U);
    EXPECT_FALSE(std::filesystem::exists(folder / kFile));
    driver.move_to("verdict.1");
    driver.frames(60);
    EXPECT_FALSE(driver.has("hint.panel"));
    driver.front().end_cleanly();
  }
  Driver again(stage_in(folder));
  greet(again);
  EXPECT_FALSE(again.has("hint.panel"));
}

TEST(Hint, WaitsUntilTheHandLetsGo) {
  const TemporaryFolder folder;
  Driver driver(stage_in(folder));
  greet(driver);
  const ui::Landmark slider = driver.landmark("depth.slider");
  driver.press_at(slider.x->x_of(12), slider.rect.center_y());
  driver.move(slider.x->x_of(20), slider.rect.center_y());
  const auto held = picture_of(driver, "hint.panel");
  driver.move(slider.x->x_of(21), slider.rect.center_y());
  EXPECT_EQ(difference(held, picture_of(driver, "hint.panel")), 0U);
  driver.release();
  EXPECT_GT(difference(held, picture_of(driver, "hint.panel")), 100U);
}

TEST(Hint, NextGoesThroughAllSteps) {
  const TemporaryFolder folder;
  Driver driver(stage_in(folder));
  greet(driver);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(driver.has("hint.panel")) << i;
    EXPECT_EQ(driver.has("hint.dismiss"), i < 2) << i;
    driver.click("hint.next");
  }
  EXPECT_FALSE(driver.has("hint.panel"));
  EXPECT_TRUE(std::filesystem::exists(folder / kFile));
}

TEST(Hint, IsDismissedForGoodByKeyboardToo) {
  const TemporaryFolder folder;
  {
    Driver driver(stage_in(folder));
    greet(driver);
    driver.tab_to("hint.dismiss");
    driver.key(ui::Key::enter);
    driver.frames(2);
    EXPECT_FALSE(driver.has("hint.panel"));
    driver.front().end_cleanly();
  }
  Driver again(stage_in(folder));
  greet(again);
  EXPECT_FALSE(again.has("hint.panel"));
}

TEST(Hint, TheMenuOfHelpShowsItAgain) {
  Driver driver({.width = 1280, .height = 800});
  driver.settle();
  EXPECT_FALSE(driver.has("hint.panel")) << "pictures and tests have none by themselves";
  driver.click("header.help");
  driver.frames(2);
  driver.click("help.hint");
  driver.frames(2);
  EXPECT_TRUE(driver.has("hint.panel"));
}

TEST(Hint, WithoutAFolderNothingIsWrittenAndTheCardGoesAllTheSame) {
  Driver driver({.width = 1280, .height = 800});
  greet(driver);
  driver.click("hint.dismiss");
  EXPECT_FALSE(driver.has("hint.panel"));
  EXPECT_FALSE(driver.has("header.notice"));
}

TEST(Hint, AFolderThatCannotBeWrittenIsSaid) {
  const TemporaryFolder folder;
  write_file(folder / "state", "a file in the folder's place");
  Driver driver(stage_in(folder));
  while (driver.has("header.notice")) driver.click("header.notice");
  greet(driver);
  driver.click("hint.dismiss");
  driver.frames(2);
  EXPECT_FALSE(driver.has("hint.panel"));
  EXPECT_TRUE(driver.has("header.notice"));
}

TEST(Hint, ABrokenFileShowsTheStepsOnceMoreAndIsWrittenAnew) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "state");
  write_file(folder / kFile, "{");
  {
    Driver driver(stage_in(folder));
    greet(driver);
    driver.click("hint.dismiss");
    driver.frames(2);
    driver.front().end_cleanly();
  }
  Driver again(stage_in(folder));
  greet(again);
  EXPECT_FALSE(again.has("hint.panel"));
}

TEST(Hint, DoesNotGreetWhereThereIsSomethingToGoOnWith) {
  const TemporaryFolder folder;
  Stage stage = stage_in(folder);
  stage.scene.stacks[0].num_layers = 24;
  Driver driver(stage);
  greet(driver);
  EXPECT_FALSE(driver.has("hint.panel"));
}

TEST(Hint, ALessonsSceneIsNoStepAndTheMenuOfLessonsIsTheLast) {
  Driver driver({.width = 1280, .height = 800});
  driver.front().teach(lessons::Walk(lessons::built_in_course(), {}));
  greet(driver);
  const auto first = card(driver);
  driver.front().open_page({lessons::Book::course, 1, 4});  // 48 layers deep
  driver.settle();
  EXPECT_FALSE(driver.has("hint.panel"));
  driver.click("lesson.leave");
  EXPECT_EQ(difference(first, card(driver)), 0U);
  driver.click("hint.next");
  driver.click("hint.next");
  driver.move_away();
  driver.frames(3);
  ASSERT_TRUE(driver.has("hint.panel"));
  driver.click("header.lessons");
  driver.frames(2);
  EXPECT_FALSE(driver.has("hint.panel"));
}

TEST(Hint, IsNotThereInTheTrainingViewNorWhereThePlotHasNoRoom) {
  Driver driver({.width = 1280, .height = 800});
  greet(driver);
  driver.click("plot.view.training");
  driver.settle();
  EXPECT_FALSE(driver.has("hint.panel"));
  driver.click("plot.view.heat-map");
  driver.settle();
  EXPECT_TRUE(driver.has("hint.panel"));
  driver.resize(640, 420);
  driver.settle();
  EXPECT_FALSE(driver.has("hint.panel"));
}

}  // namespace
}  // namespace gradflow::testing
