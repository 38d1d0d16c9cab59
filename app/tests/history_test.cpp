// Undo and redo: every edit comes back, a gesture is one step, the memory is bounded.
#include "app/session/history.h"

#include <gtest/gtest.h>

#include <string>

namespace gradflow::session {
namespace {

Scene at_depth(int layers) {
  Scene scene;
  for (StackSpec& stack : scene.stacks) stack.num_layers = layers;
  return scene;
}

TEST(History, TurningToAnotherStackIsNoStep) {
  Scene scene;
  History history(scene);
  scene.selected = 1;
  EXPECT_TRUE(history.follow(scene, kNoGesture)) << "though there is something to keep";
  EXPECT_FALSE(history.can_undo());
  scene.stacks[1].final_norm = true;
  history.follow(scene, kNoGesture);
  scene.selected = 0;
  history.follow(scene, kNoGesture);
  const auto undone = history.undo();
  ASSERT_TRUE(undone);
  EXPECT_FALSE(undone->stacks[1].final_norm);
  EXPECT_FALSE(history.can_undo());
}

TEST(History, StartsWithNothingToUndoOrRedo) {
  History history{Scene()};
  EXPECT_FALSE(history.can_undo());
  EXPECT_FALSE(history.can_redo());
  EXPECT_EQ(history.undo(), std::nullopt);
  EXPECT_EQ(history.redo(), std::nullopt);
}

TEST(History, AFrameWithoutAnEditIsNoStep) {
  const Scene scene;
  History history(scene);
  EXPECT_FALSE(history.follow(scene, kNoGesture));
  EXPECT_FALSE(history.follow(scene, 7));
  EXPECT_FALSE(history.can_undo());
}

TEST(History, EveryFieldOfTheSceneComesBackAndForth) {
  const Scene first;
  Scene edited = first;
  edited.stacks.push_back(edited.stacks[0]);
  edited.stacks[1].overrides.resize(1);
  edited.stacks[1].overrides[0].layers = {3};
  edited.stacks[1].overrides[0].ffn.residual = false;
  edited.stacks[2].input.text = "another text";
  edited.selected = 2;
  edited.depth_linked = false;
  edited.quantity = "stream_rms";
  edited.hidden = {true};
  edited.pinned = {std::nullopt, first.stacks[0]};
  edited.pinned[1]->input.text = "the text of a pin";
  History history(first);
  EXPECT_TRUE(history.follow(edited, kNoGesture));
  EXPECT_EQ(history.undo(), first);
  EXPECT_FALSE(history.can_undo());
  EXPECT_EQ(history.redo(), edited);
  EXPECT_FALSE(history.can_redo());
}

TEST(History, WhatItGaveBackIsNoEdit) {
  History history(at_depth(1));
  history.follow(at_depth(2), kNoGesture);
  const Scene back = history.undo().value();
  EXPECT_FALSE(history.follow(back, kNoGesture));
  EXPECT_TRUE(history.can_redo());
}

TEST(History, EditsOfOneGestureAreOneStep) {
  History history(at_depth(12));
  for (int layers = 13; layers <= 48; ++layers) history.follow(at_depth(layers), 5);
  history.follow(at_depth(48), kNoGesture);
  EXPECT_EQ(history.undo(), at_depth(12));
  EXPECT_FALSE(history.can_undo());
  EXPECT_EQ(history.redo(), at_depth(48));
}

TEST(History, FramesInWhichAHeldHandRestsDoNotEndTheGesture) {
  History history(at_depth(12));
  history.follow(at_depth(13), 5);
  history.follow(at_depth(13), 5);
  history.follow(at_depth(14), 5);
  EXPECT_EQ(history.undo(), at_depth(12));
}

TEST(History, TwoGesturesAreTwoSteps) {
  History history(at_depth(12));
  history.follow(at_depth(13), 5);
  history.follow(at_depth(13), kNoGesture);  // let go
  history.follow(at_depth(14), 5);
  history.follow(at_depth(15), 6);  // from one box straight into the next
  EXPECT_EQ(history.undo(), at_depth(14));
  EXPECT_EQ(history.undo(), at_depth(13));
  EXPECT_EQ(history.undo(), at_depth(12));
}

TEST(History, ClicksWithoutAGestureAreAStepEach) {
  History history(at_depth(1));
  history.follow(at_depth(2), kNoGesture);
  history.follow(at_depth(3), kNoGesture);
  EXPECT_EQ(history.undo(), at_depth(2));
  EXPECT_EQ(history.undo(), at_depth(1));
}

TEST(History, AnEditAfterUndoDropsWhatWasUndone) {
  History history(at_depth(1));
  history.follow(at_depth(2), kNoGesture);
  history.undo();
  history.follow(at_depth(3), kNoGesture);
  EXPECT_FALSE(history.can_redo());
  EXPECT_EQ(history.undo(), at_depth(1));
}

TEST(History, AnEditAfterUndoInTheMiddleOfAGestureIsAStepOfItsOwn) {
  History history(at_depth(1));
  history.follow(at_depth(2), 5);
  history.undo();
  history.follow(at_depth(3), 5);
  EXPECT_EQ(history.undo(), at_depth(1));
  EXPECT_EQ(history.redo(), at_depth(3));
}

TEST(History, ADragBackToWhereItBeganIsNoStep) {
  History history(at_depth(1));
  history.follow(at_depth(2), kNoGesture);
  history.follow(at_depth(3), 5);
  history.follow(at_depth(2), 5);
  history.follow(at_depth(2), kNoGesture);
  EXPECT_EQ(history.undo(), at_depth(1));
  EXPECT_EQ(history.redo(), at_depth(2));
  EXPECT_FALSE(history.can_redo());
}

TEST(History, KeepsTheNewestStepsAndNoMore) {
  History history(at_depth(1));
  const int edits = static_cast<int>(History::kMaxSteps) + 50;
  for (int k = 1; k <= edits; ++k) history.follow(at_depth(1 + k), kNoGesture);
  std::optional<Scene> oldest;
  std::size_t undone = 0;
  for (; history.can_undo(); ++undone) oldest = history.undo();
  EXPECT_EQ(undone, History::kMaxSteps);
  EXPECT_EQ(oldest, at_depth(1 + edits - static_cast<int>(History::kMaxSteps)));
}

TEST(History, TextsThatDoNotChangeAreThereAfterManySteps) {
  Scene scene = at_depth(1);
  for (StackSpec& stack : scene.stacks) stack.input.text = std::string(1000, 'a');
  scene.stacks[1].input.text += "b";
  const Scene first = scene;
  History history(scene);
  for (int k = 0; k < 20; ++k) {
    scene.stacks[0].num_layers += 1;
    if (k == 10) scene.stacks[0].input.text = "changed on the way";
    history.follow(scene, kNoGesture);
  }
  std::optional<Scene> back;
  while (history.can_undo()) back = history.undo();
  EXPECT_EQ(back, first);
  while (history.can_redo()) back = history.redo();
  EXPECT_EQ(back, scene);
}

}  // namespace
}  // namespace gradflow::session
