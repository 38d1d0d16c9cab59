// The training view: the default race, its controls, its moments, what it does when a lane dies.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "app/session/scene_edits.h"
#include "app/session/scene_file.h"
#include "app/tests/driver.h"

namespace gradflow::testing {
namespace {

/// A race that is over in a fraction of a second, in the training view.
Stage small_race() {
  Stage stage{.width = 1280, .height = 1000};
  stage.scene.view = session::View::training;
  for (StackSpec& stack : stage.scene.stacks) {
    stack.d_model = 16;
    stack.num_heads = 2;
    stack.d_ff = 16;
    stack.sequence_length = 6;
  }
  stage.scene.race.num_layers = 2;
  stage.scene.race.batch_size = 2;
  stage.scene.race.training.steps = 40;
  stage.scene.race.training.warmup = 20;
  return stage;
}

std::string words(Driver& driver) {
  driver.key_with_ctrl_and_shift(ui::Key::c);
  driver.frames(2);
  std::string text = driver.clipboard();
  for (char& letter : text) letter = letter == '\n' ? ' ' : letter;
  return text;
}

bool says(Driver& driver, const std::string& sentence) {
  return words(driver).find(sentence) != std::string::npos;
}

// F16 of the project's physics, as a user meets it.
TEST(Race, TheDefaultRaceIsTheCoursesClaim) {
  Driver driver({.width = 1280, .height = 800});
  driver.settle();
  driver.click("plot.view.training");
  driver.frames(2);
  EXPECT_TRUE(says(driver, "not started"));
  driver.click("race.start");
  driver.settle();
  const std::string text = words(driver);
  const std::size_t post = text.find("Stack B: Post-LN");
  ASSERT_NE(post, std::string::npos);
  EXPECT_NE(text.substr(0, post).find("Good: learnt by step"), std::string::npos) << text;
  EXPECT_NE(text.find("Bad: dead: loss at chance since step", post), std::string::npos) << text;
  EXPECT_NE(text.find("Good: with warmup: learnt by step", post), std::string::npos) << text;
  for (const char* name : {"plot.area", "moment.area", "verdict.0", "verdict.1", "verdict.2"}) {
    EXPECT_TRUE(driver.landmark(name).visible) << name;
  }
}

TEST(Race, IsRunByMouse) {
  Driver driver(small_race());
  driver.settle();
  driver.click("race.step");
  driver.settle();
  EXPECT_TRUE(says(driver, "Last, step 1:"));
  driver.click("race.step");
  driver.settle();
  EXPECT_TRUE(says(driver, "Last, step 2:"));
  driver.click("race.start");  // go on
  driver.settle();
  EXPECT_TRUE(says(driver, "Last, step 40"));
  const std::uint64_t seed = driver.scene().race.seed;
  driver.click("race.again");
  driver.settle();
  EXPECT_EQ(driver.scene().race.seed, seed + 1);
  EXPECT_TRUE(says(driver, "Last, step 40"));
}

TEST(Race, IsRunByKeyboardAlone) {
  Stage stage = small_race();
  stage.scene.view = session::View::gradients;
  Driver driver(stage);
  driver.settle();
  driver.tab_to("plot.view.training");
  driver.key(ui::Key::enter);
  driver.key(ui::Key::escape);
  driver.key(ui::Key::space);
  driver.settle();
  EXPECT_TRUE(says(driver, "Last, step 40"));
  driver.tab_to("race.moment");
  driver.key(ui::Key::home);
  EXPECT_EQ(driver.scene().race.step, 1);
  driver.key(ui::Key::right);
  EXPECT_EQ(driver.scene().race.step, 2);
  driver.key(ui::Key::end);
  EXPECT_EQ(driver.scene().race.step, 0) << "follows the race again";
  driver.tab_to("race.again");
  driver.key(ui::Key::space);
  driver.settle();
  EXPECT_EQ(driver.scene().race.seed, 2U);
}

TEST(Race, ADragBackShowsThatMomentAndTheWiresFollow) {
  Driver driver(small_race());
  driver.settle();
  driver.click("race.start");
  driver.settle();
  const platform::Image newest = picture_of(driver, "moment.area");
  const platform::Image wires = picture_of(driver, "block.diagram");
  driver.drag("race.moment", 40, 3);
  driver.move_away();
  driver.settle();
  EXPECT_EQ(driver.scene().race.step, 3);
  EXPECT_GT(difference(picture_of(driver, "moment.area"), newest), 50U);
  EXPECT_GT(difference(picture_of(driver, "block.diagram"), wires), 5U);
  driver.key_with_ctrl(ui::Key::z);
  driver.settle();
  EXPECT_EQ(driver.scene().race.step, 0) << "the drag was one step";
  driver.key_with_ctrl_and_shift(ui::Key::z);
  EXPECT_EQ(driver.scene().race.step, 3);
  const session::Scene before = driver.scene();
  driver.enter("race.warmup", "11");
  driver.settle();
  EXPECT_EQ(driver.scene().race.step, 0) << "a race that starts again is followed";
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.scene().race.training.warmup, before.race.training.warmup);
}

TEST(Race, AChangeStartsItAgain) {
  Driver driver(small_race());
  driver.settle();
  driver.enter("race.depth", "3");
  driver.frames(3);
  EXPECT_TRUE(says(driver, "not started")) << "what has not been started is not";
  driver.click("race.start");
  driver.settle();
  driver.click("race.lane.1.warmup");
  driver.settle();
  EXPECT_FALSE(session::races(driver.scene(), 1, true));
  EXPECT_FALSE(driver.has("verdict.2"));
  driver.click("race.lane.0.warmup");
  driver.settle();
  EXPECT_TRUE(driver.has("verdict.2"));
  EXPECT_TRUE(says(driver, "with warmup: "));
  driver.click("stack.0.attention.residual");  // rewired while it runs
  driver.settle();
  EXPECT_FALSE(driver.stack(0).sublayers.attention.residual);
  EXPECT_TRUE(says(driver, "Last, step 40"));
}

TEST(Race, EveryControlSetsItsValue) {
  Driver driver(small_race());
  driver.settle();
  driver.click("race.more");
  driver.frames(3);
  const auto race = [&]() -> const session::Race& { return driver.scene().race; };
  driver.enter("race.learning_rate", "0.02");
  EXPECT_EQ(race().training.learning_rate, 0.02);
  driver.drag("race.learning_rate.slider", -2, -3);
  EXPECT_DOUBLE_EQ(race().training.learning_rate, 0.001);
  driver.enter("race.warmup", "7");
  EXPECT_EQ(race().training.warmup, 7);
  driver.choose("race.schedule", "cosine");
  EXPECT_EQ(race().training.schedule, Schedule::cosine);
  driver.enter("race.clip", "0.5");
  EXPECT_EQ(race().training.clip, 0.5);
  driver.enter("race.clip", "0");
  EXPECT_EQ(race().training.clip, std::nullopt);
  driver.enter("race.beta2", "0.999");
  EXPECT_EQ(race().training.beta2, 0.999);
  driver.choose("race.optimizer", "sgd");
  driver.frames(2);
  driver.enter("race.momentum", "0.5");
  EXPECT_EQ(race().training.momentum, 0.5);
  driver.choose("race.optimizer", "adamw");
  driver.frames(2);
  driver.enter("race.weight_decay", "0.1");
  EXPECT_EQ(race().training.weight_decay, 0.1);
  driver.enter("race.symbols", "5");
  EXPECT_EQ(race().training.symbols, 5);
  driver.enter("race.steps", "12");
  EXPECT_EQ(race().training.steps, 12);
  driver.enter("race.batch_size", "3");
  EXPECT_EQ(race().batch_size, 3);
  driver.enter("race.seed", "9");
  EXPECT_EQ(race().seed, 9U);
  driver.choose("race.task", "text");
  EXPECT_EQ(race().training.task, Task::text);
  driver.settle();
  driver.click("race.start");
  driver.settle();
  EXPECT_TRUE(says(driver, "Last, step 12"));
}

TEST(Race, WhatCannotBeTrainedSaysWhyAndLosesNothing) {
  Driver driver(small_race());
  driver.settle();
  driver.click("race.start");
  driver.settle();
  for (const auto& [name, value, sentence] :
       {std::tuple{"race.learning_rate", "0", "learning_rate is 0; allowed is any number above 0"},
        std::tuple{"race.learning_rate", "-1", "learning_rate is -1; allowed is any number above 0"},
        std::tuple{"race.warmup", "41", "warmup is 41 steps; allowed is 0 to the 40 steps"},
        std::tuple{"race.depth", "0", "num_layers is 0; allowed is 1 to 4096"}}) {
    driver.enter(name, value);
    driver.settle();
    EXPECT_TRUE(says(driver, sentence)) << words(driver);
    driver.key_with_ctrl(ui::Key::z);
    driver.settle();
    EXPECT_TRUE(says(driver, "Last, step 40")) << words(driver);
  }
  driver.enter("race.learning_rate", "1e30");
  driver.settle();
  EXPECT_TRUE(says(driver, "broke down at step"));
}

TEST(Race, ALaneThatOverflowsAtStepOneEndsWithAMarkAndTheOthersRunOn) {
  Stage stage = small_race();
  stage.scene.stacks[1].sublayers.attention.norm = stage.scene.stacks[1].sublayers.ffn.norm = {};
  stage.scene.stacks[1].init.gain = 1e6;
  stage.scene.race.num_layers = 4;
  Driver driver(stage);
  driver.settle();
  driver.click("race.start");
  driver.settle();
  const std::string text = words(driver);
  EXPECT_NE(text.find("Bad: broke down at step 1"), std::string::npos) << text;
  EXPECT_NE(text.find("Last, step 40"), std::string::npos) << text;
}

TEST(Race, ClosingTheWindowInMidRunDoesNotWait) {
  Stage stage = small_race();
  stage.scene.race.training.steps = kMaxTrainingSteps;
  const auto begin = std::chrono::steady_clock::now();
  {
    Driver driver(stage);
    driver.frames(3);
    driver.click("race.start");
    driver.frames(10);
    driver.click("race.start");  // paused
    driver.settle();
    driver.click("race.start");
    driver.frames(2);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Race, IsInTheSessionFile) {
  session::Scene scene = small_race().scene;
  session::set_races(&scene, 0, true, true);
  session::set_races(&scene, 1, false, false);
  scene.race.training.clip = 0.25;
  scene.race.training.optimizer = OptimizerKind::adamw;
  scene.race.seed = 77;
  scene.race_quantity = "gradient_norm";
  EXPECT_EQ(session::parse_scene(session::scene_json(scene), "s.json"), scene);
  scene.race.warmed.clear();
  EXPECT_EQ(session::parse_scene(session::scene_json(scene), "s.json"), scene) << "no lane with warmup";
  const std::string usual = session::scene_json(session::Scene());
  EXPECT_EQ(usual.find("race"), std::string::npos) << "what is as usual is not written";
}

TEST(Race, LanesGoWithTheirStacks) {
  session::Scene scene;
  session::move_stack(&scene, 0, 1);
  EXPECT_TRUE(session::races(scene, 0, true));
  EXPECT_FALSE(session::races(scene, 1, true));
  session::duplicate_stack(&scene, 0);
  EXPECT_TRUE(session::races(scene, 0, true));
  session::remove_stack(&scene, 0);
  for (const session::Lane& lane : session::lanes_of(scene)) EXPECT_LT(lane.stack, scene.stacks.size());
}

TEST(Race, EveryQuantityIsShownRunningAndFinished) {
  Driver driver(small_race());
  driver.settle();
  for (const char* quantity : {"loss", "gradient_norm", "learning_rate", "update_ratio", "layer_gradients",
                               "layer_updates", "layer_cosines"}) {
    driver.choose("plot.quantity", quantity);
    driver.click("race.start");
    driver.frames(4);
    driver.settle();
    EXPECT_EQ(driver.scene().race_quantity, quantity);
    EXPECT_TRUE(driver.landmark("plot.area").visible) << quantity;
  }
}

}  // namespace
}  // namespace gradflow::testing
