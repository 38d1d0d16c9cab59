// The list of stacks: adding, copying, removing, ordering, and who is selected afterwards.
#include "app/session/scene_edits.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gradflow::session {
namespace {

Scene with_names(const std::vector<std::string>& names) {
  Scene scene;
  scene.stacks.assign(names.size(), {});
  for (std::size_t i = 0; i < names.size(); ++i) scene.stacks[i].name = names[i];
  return scene;
}

std::vector<std::string> names(const Scene& scene) {
  std::vector<std::string> list;
  for (const StackSpec& stack : scene.stacks) list.push_back(stack.name);
  return list;
}

using Names = std::vector<std::string>;

TEST(SceneEdits, ANameThatIsFreeIsTakenAsItIs) {
  EXPECT_EQ(unique_name(with_names({"A"}), "B"), "B");
  EXPECT_EQ(unique_name(with_names({"A"}), "GPT-2 2"), "GPT-2 2");
}

TEST(SceneEdits, ANameThatIsTakenIsNumbered) {
  EXPECT_EQ(unique_name(with_names({"Pre-LN"}), "Pre-LN"), "Pre-LN 2");
  EXPECT_EQ(unique_name(with_names({"Pre-LN", "Pre-LN 2"}), "Pre-LN"), "Pre-LN 3");
  EXPECT_EQ(unique_name(with_names({"Pre-LN", "Pre-LN 2"}), "Pre-LN 2"), "Pre-LN 3");
  EXPECT_EQ(unique_name(with_names({"Pre-LN 2"}), "Pre-LN 2"), "Pre-LN 3");
  EXPECT_EQ(unique_name(with_names({"GPT-2"}), "GPT-2"), "GPT-2 2");
  EXPECT_EQ(unique_name(with_names({"7"}), "7"), "7 2");
  EXPECT_EQ(unique_name(with_names({""}), ""), " 2");
}

TEST(SceneEdits, AStackThatIsAddedIsLastNamedAndSelected) {
  Scene scene;
  add_stack(&scene, pre_ln_stack());
  ASSERT_EQ(scene.stacks.size(), 3U);
  EXPECT_EQ(scene.stacks[2].name, pre_ln_stack().name + " 2");
  EXPECT_EQ(scene.selected, 2U);
}

TEST(SceneEdits, LinkedStacksHaveOneDepthAndOthersTheirOwn) {
  StackSpec deep;
  deep.num_layers = 77;
  Scene linked;
  linked.stacks[0].num_layers = linked.stacks[1].num_layers = 9;
  add_stack(&linked, deep);
  replace_stack(&linked, 0, deep);
  EXPECT_EQ(linked.stacks[2].num_layers, 9);
  EXPECT_EQ(linked.stacks[0].num_layers, 9);
  Scene own;
  own.depth_linked = false;
  add_stack(&own, deep);
  replace_stack(&own, 0, deep);
  EXPECT_EQ(own.stacks[2].num_layers, 77);
  EXPECT_EQ(own.stacks[0].num_layers, 77);
}

TEST(SceneEdits, ThereAreNeverMoreThanSixStacks) {
  Scene scene = with_names({"1", "2", "3", "4", "5", "6"});
  const Scene full = scene;
  add_stack(&scene, {});
  duplicate_stack(&scene, 0);
  EXPECT_EQ(scene, full);
}

TEST(SceneEdits, ACopyStandsBehindItsOriginalAndDiffersInItsNameAlone) {
  Scene scene = with_names({"A", "B"});
  scene.stacks[0].seed = 99;
  duplicate_stack(&scene, 0);
  EXPECT_EQ(names(scene), (Names{"A", "A 2", "B"}));
  EXPECT_EQ(scene.selected, 1U);
  scene.stacks[1].name = "A";
  EXPECT_EQ(scene.stacks[1], scene.stacks[0]);
}

TEST(SceneEdits, TheSelectionStaysOnItsStackWhenAnotherGoes) {
  for (std::size_t removed = 0; removed < 3; ++removed) {
    for (std::size_t selected = 0; selected < 3; ++selected) {
      Scene scene = with_names({"A", "B", "C"});
      scene.selected = selected;
      const std::string name = scene.stacks[selected].name;
      remove_stack(&scene, removed);
      ASSERT_LT(scene.selected, scene.stacks.size());
      if (removed == selected) continue;
      EXPECT_EQ(scene.stacks[scene.selected].name, name);
    }
  }
}

TEST(SceneEdits, TheLastStackStays) {
  Scene scene = with_names({"A"});
  remove_stack(&scene, 0);
  EXPECT_EQ(names(scene), Names{"A"});
}

TEST(SceneEdits, AMoveKeepsTheOthersInOrderAndTheSelectionOnItsStack) {
  for (std::size_t from = 0; from < 4; ++from) {
    for (std::size_t to = 0; to < 4; ++to) {
      for (std::size_t selected = 0; selected < 4; ++selected) {
        Scene scene = with_names({"A", "B", "C", "D"});
        scene.selected = selected;
        Names expected = names(scene);
        const std::string moved = expected[from], kept = expected[selected];
        expected.erase(expected.begin() + static_cast<std::ptrdiff_t>(from));
        expected.insert(expected.begin() + static_cast<std::ptrdiff_t>(to), moved);
        move_stack(&scene, from, to);
        EXPECT_EQ(names(scene), expected);
        EXPECT_EQ(scene.stacks[scene.selected].name, kept);
      }
    }
  }
}

TEST(SceneEdits, AReplacedStackMayKeepItsOwnName) {
  Scene scene = with_names({"Pre-LN", "Post-LN"});
  StackSpec other;
  other.name = "Pre-LN";
  other.seed = 5;
  replace_stack(&scene, 0, other);
  EXPECT_EQ(names(scene), (Names{"Pre-LN", "Post-LN"}));
  EXPECT_EQ(scene.stacks[0].seed, 5U);
  replace_stack(&scene, 1, other);
  EXPECT_EQ(names(scene), (Names{"Pre-LN", "Pre-LN 2"}));
}

TEST(SceneEdits, PlacesThatAreNotThereChangeNothing) {
  Scene scene = with_names({"A", "B"});
  const Scene before = scene;
  duplicate_stack(&scene, 2);
  remove_stack(&scene, 2);
  move_stack(&scene, 0, 2);
  move_stack(&scene, 2, 0);
  replace_stack(&scene, 2, {});
  EXPECT_EQ(scene, before);
}

TEST(SceneEdits, TheLegendHidesThenShowsAloneThenShowsAll) {
  Scene scene = with_names({"A", "B", "C"});
  const Scene usual = scene;
  click_legend(&scene, 1);
  EXPECT_EQ(scene.hidden, (std::vector<bool>{false, true}));
  click_legend(&scene, 1);
  EXPECT_EQ(scene.hidden, (std::vector<bool>{true, false, true}));
  click_legend(&scene, 1);
  EXPECT_EQ(scene, usual);
  click_legend(&scene, 0);
  click_legend(&scene, 0);
  click_legend(&scene, 2);
  EXPECT_EQ(scene.hidden, (std::vector<bool>{true, true})) << "another one alone";
  Scene one = with_names({"A"});
  click_legend(&one, 0);
  EXPECT_TRUE(is_hidden(one, 0));
  click_legend(&one, 0);
  EXPECT_FALSE(is_hidden(one, 0));
}

TEST(SceneEdits, APinKeepsTheStackAsItWas) {
  Scene scene = with_names({"A", "B"});
  const Scene before = scene;
  EXPECT_EQ(pin_of(scene, 1), nullptr);
  pin_stack(&scene, 1);
  scene.stacks[1].num_layers = 77;
  ASSERT_NE(pin_of(scene, 1), nullptr);
  EXPECT_EQ(*pin_of(scene, 1), before.stacks[1]);
  EXPECT_EQ(pin_of(scene, 0), nullptr);
  pin_stack(&scene, 1);
  EXPECT_EQ(pin_of(scene, 1)->num_layers, 77) << "pinned anew";
  unpin_stack(&scene, 1);
  scene.stacks[1] = before.stacks[1];
  EXPECT_EQ(scene, before);
}

/// C hidden, B pinned, whatever else happens.
Scene with_pin() {
  Scene scene = with_names({"A", "B", "C"});
  set_hidden(&scene, 2, true);
  pin_stack(&scene, 1);
  return scene;
}

std::string hidden_names(const Scene& scene) {
  std::string list;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i)
    list += is_hidden(scene, i) ? scene.stacks[i].name : "";
  return list;
}

std::string pinned_names(const Scene& scene) {
  std::string list;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) {
    if (pin_of(scene, i) == nullptr) continue;
    EXPECT_EQ(pin_of(scene, i)->name, scene.stacks[i].name);
    list += scene.stacks[i].name;
  }
  return list;
}

TEST(SceneEdits, WhatIsHiddenAndPinnedGoesWithItsStack) {
  for (std::size_t from = 0; from < 3; ++from) {
    for (std::size_t to = 0; to < 3; ++to) {
      Scene scene = with_pin();
      move_stack(&scene, from, to);
      EXPECT_EQ(hidden_names(scene), "C");
      EXPECT_EQ(pinned_names(scene), "B");
    }
  }
  Scene scene = with_pin();
  remove_stack(&scene, 0);
  EXPECT_EQ(hidden_names(scene), "C");
  EXPECT_EQ(pinned_names(scene), "B");
  remove_stack(&scene, 1);
  EXPECT_TRUE(scene.hidden.empty());
  EXPECT_EQ(pinned_names(scene), "B");
}

TEST(SceneEdits, ACopyIsShownAndNotPinned) {
  for (std::size_t original = 0; original < 3; ++original) {
    Scene scene = with_pin();
    duplicate_stack(&scene, original);
    EXPECT_EQ(hidden_names(scene), "C");
    EXPECT_EQ(pinned_names(scene), "B");
  }
}

TEST(SceneEdits, AnotherStackInItsPlaceLeavesThePinForComparison) {
  Scene scene = with_pin();
  replace_stack(&scene, 1, post_ln_stack());
  ASSERT_NE(pin_of(scene, 1), nullptr);
  EXPECT_EQ(pin_of(scene, 1)->name, "B");
}

TEST(SceneEdits, WhatIsNotThereIsNeitherHiddenNorPinned) {
  Scene scene = with_names({"A", "B"});
  const Scene before = scene;
  set_hidden(&scene, 2, true);
  pin_stack(&scene, 2);
  unpin_stack(&scene, 0);
  click_legend(&scene, 2);
  EXPECT_EQ(scene, before);
}

TEST(SceneEdits, WeightsOfAFileKeepTheirDepthAndLendItOnlyWhereThereIsNoOther) {
  Scene scene;
  scene.stacks = {pre_ln_stack(), post_ln_stack()};
  scene.stacks[0].init.weights = "/w";
  scene.stacks[0].num_layers = 3;
  EXPECT_EQ(linked_stack(scene), 1U);
  add_stack(&scene, pre_ln_stack());
  EXPECT_EQ(scene.stacks[2].num_layers, 12) << "the depth of the linked ones";
  StackSpec trained = pre_ln_stack();
  trained.init.weights = "/v";
  trained.num_layers = 5;
  add_stack(&scene, trained);
  EXPECT_EQ(scene.stacks[3].num_layers, 5);
  scene.stacks = {trained};
  add_stack(&scene, pre_ln_stack());
  EXPECT_EQ(scene.stacks[1].num_layers, 5) << "beside its initial self";
}

}  // namespace
}  // namespace gradflow::session
