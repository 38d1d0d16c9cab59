// Scenes by lines "key = value".
#include "app/lessons/scene_block.h"

#include <gtest/gtest.h>

#include <map>

#include "app/lessons/fields.h"
#include "app/session/scene_edits.h"
#include "app/session/scene_file.h"

namespace gradflow::lessons {
namespace {

session::Scene scene_of(const std::string& text) {
  Problems problems;
  const session::Scene scene = scene_from(read_settings(text, 1, &problems), 1, &problems);
  for (const Problem& problem : problems) ADD_FAILURE() << said(problem, "scene");
  return scene;
}

TEST(SceneBlock, WithoutStacksHasTheUsualOnes) {
  EXPECT_EQ(scene_of(""), session::Scene());
  EXPECT_EQ(scene_of("depth = 48").stacks.at(1).num_layers, 48);
}

TEST(SceneBlock, NamesStacksAndChangesThemAsTheCommandLineDoes) {
  const session::Scene scene = scene_of(
      "# a comment\nA = gpt-2\nB = post-ln\nC = post-ln\nB.sublayers.ffn.norm = pre,branch\n"
      "C.overrides = [{\"layers\": [3], \"sublayers\": {\"ffn\": {\"residual\": false}}}]\nC.name = Mine");
  ASSERT_EQ(scene.stacks.size(), 3U);
  EXPECT_EQ(scene.stacks[1].sublayers.ffn.norm, (SiteSet{Site::pre, Site::branch}));
  EXPECT_EQ(scene.stacks[2].overrides.at(0).layers, std::vector<int>{3});
  EXPECT_EQ(scene.stacks[2].name, "Mine");
}

TEST(SceneBlock, StacksOfOneKindGetNamesOfTheirOwn) {
  EXPECT_EQ(scene_of("A = pre-ln\nB = pre-ln").stacks.at(1).name, "Pre-LN 2");
}

TEST(SceneBlock, SaysHowItIsLookedAt) {
  const session::Scene scene = scene_of(
      "view = forward\nforward_quantity = token_cosine\nseeds = 20\nselected = B\nhidden = A\npinned = B");
  EXPECT_EQ(scene.view, session::View::forward);
  EXPECT_EQ(scene.forward_quantity, "token_cosine");
  EXPECT_EQ(scene.seeds, 20U);
  EXPECT_EQ(scene.selected, 1U);
  EXPECT_TRUE(session::is_hidden(scene, 0));
  EXPECT_NE(session::pin_of(scene, 1), nullptr);
}

TEST(SceneBlock, SetsUpTheRace) {
  const session::Scene scene =
      scene_of("view = training\nrace_lanes = A, B warmup\nrace_steps = 250\nrace_learning_rate = 1e-3");
  const std::vector<session::Lane> lanes = session::lanes_of(scene);
  ASSERT_EQ(lanes.size(), 2U);
  EXPECT_EQ(session::letter_of(lanes[1]), "B with warmup");
  EXPECT_EQ(lanes[0].training.steps, 250);
  EXPECT_EQ(lanes[0].training.learning_rate, 1e-3);
}

/// A value that a key can have, as a scene block writes it.
std::string value_for(const std::string& key) {
  const std::map<std::string, std::string> words{
      {"view", "forward"},       {"race_task", "text"},     {"race_schedule", "cosine"},
      {"race_optimizer", "sgd"}, {"depth_linked", "false"}, {"hidden", "[]"},
      {"pinned", "[]"},          {"race_left_out", "[]"},   {"race_warmed", "[]"}};
  const auto word = words.find(key);
  return word == words.end() ? "1" : word->second;
}

TEST(SceneBlock, TakesEveryKeyOfASessionFile) {
  for (const std::string& key : session::scene_keys()) {
    session::Scene scene;
    EXPECT_NO_THROW(session::set_scene_value(&scene, key, value_for(key))) << key;
  }
}

TEST(SceneBlock, ASceneThatCannotBeShownChangesNothing) {
  Problems problems;
  const std::vector<Setting> settings = read_settings("A.num_heads = 5", 7, &problems);
  const session::Scene scene = changed(session::Scene(), settings, 6, &problems);
  EXPECT_EQ(scene, session::Scene());
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].line, 7);
}

}  // namespace
}  // namespace gradflow::lessons
