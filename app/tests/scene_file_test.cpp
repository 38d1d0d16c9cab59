// Sessions as files: every field of the scene is kept, stack files and sessions are told apart.
#include "app/session/scene_file.h"

#include <gtest/gtest.h>

#include <utility>

#include "core/io/file.h"
#include "core/io/stack_file.h"
#include "core/io/tests/sentence.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow::session {
namespace {

using test::sentence_of;
using test::TemporaryFolder;

/// No field has its default.
Scene edited_scene() {
  Scene scene;
  scene.stacks.push_back(scene.stacks[0]);
  scene.stacks[2].name = "third";
  scene.stacks[2].num_heads = 5;  // still being edited
  scene.selected = 2;
  scene.depth_linked = false;
  scene.view = View::heat_map;
  scene.quantity = "stream_grad_norm";
  scene.forward_quantity = "token_cosine";
  return scene;
}

TEST(SceneFile, ASceneReadsBackTheSame) {
  EXPECT_EQ(parse_scene(scene_json(edited_scene()), "s.json"), edited_scene());
  EXPECT_EQ(parse_scene(scene_json(Scene()), "s.json"), Scene());
}

TEST(SceneFile, EveryEditOfTheSceneShowsInItsFile) {
  const std::string usual = scene_json(Scene());
  const auto differs = [&](auto edit) {
    Scene scene;
    edit(&scene);
    return scene_json(scene) != usual;
  };
  EXPECT_TRUE(differs([](Scene* scene) { scene->stacks[1].seed = 7; }));
  EXPECT_TRUE(differs([](Scene* scene) { scene->selected = 1; }));
  EXPECT_TRUE(differs([](Scene* scene) { scene->depth_linked = false; }));
  EXPECT_TRUE(differs([](Scene* scene) { scene->seeds = 20; }));
  EXPECT_TRUE(differs([](Scene* scene) { scene->quantity = "x"; }));
  EXPECT_TRUE(differs([](Scene* scene) { scene->forward_quantity = "x"; }));
}

TEST(SceneFile, AFileFromBeforeTheForwardViewIsRead) {
  const Scene scene = parse_scene(R"({"format": 1, "stacks": [{}, {}], "selected": 1, "view": "depth-law",
                                      "quantity": "stream_rms"})",
                                  "s.json");
  EXPECT_EQ(scene.view, View::depth_law);
  EXPECT_EQ(scene.quantity, "stream_rms");
  EXPECT_EQ(scene.forward_quantity, Scene().forward_quantity);
}

TEST(SceneFile, WhatIsWrongIsNamedWithItsFile) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"stacks": []})", "s.json: stacks has 0 entries; allowed is 1 to 6"},
      {R"({"stacks": [{}, {}, {}, {}, {}, {}, {}]})", "s.json: stacks has 7 entries; allowed is 1 to 6"},
      {R"({"stacks": [{}], "selected": 1})",
       "s.json: selected is 1; allowed is 0 to 0, as there are 1 stacks"},
      {R"({"stacks": [{}], "seeds": 51})", "s.json: seeds is 51; allowed is 1 to 50"},
      {R"({"stacks": [{"seed": "x"}]})", "s.json: stacks[0].seed is \"x\""},
  };
  for (const auto& [json, sentence] : rows) {
    const std::string said = sentence_of([&, text = json] { parse_scene(text, "s.json"); });
    EXPECT_EQ(said.substr(0, std::string(sentence).size()), sentence) << said;
  }
}

TEST(SceneFile, ASessionIsOpenedWithEverythingInIt) {
  const TemporaryFolder folder;
  write_scene(edited_scene(), folder / "s.json");
  const Opened opened = open_files({folder / "s.json"}, Scene());
  EXPECT_EQ(opened.scene, edited_scene());
  EXPECT_EQ(opened.session, folder / "s.json");
}

TEST(SceneFile, StackFilesTakeThePlaceOfTheStacks) {
  const TemporaryFolder folder;
  write_stack_file(post_ln_stack(), folder / "a.json");
  write_stack_file(pre_ln_stack(), folder / "b.json");
  const Opened opened = open_files({folder / "a.json", folder / "b.json"}, edited_scene());
  EXPECT_EQ(opened.scene.stacks, (std::vector<StackSpec>{post_ln_stack(), pre_ln_stack()}));
  EXPECT_EQ(opened.scene.selected, 0U);
  EXPECT_EQ(opened.scene.quantity, edited_scene().quantity);
  EXPECT_FALSE(opened.session);
}

TEST(SceneFile, ASessionAmongOtherFilesIsRefused) {
  const TemporaryFolder folder;
  write_stack_file(post_ln_stack(), folder / "a.json");
  write_scene(Scene(), folder / "s.json");
  const std::string said = sentence_of([&] { open_files({folder / "a.json", folder / "s.json"}, Scene()); });
  EXPECT_NE(said.find("s.json is a session"), std::string::npos) << said;
}

TEST(SceneFile, AFileThatIsNeitherIsRefusedAsAStackFile) {
  const TemporaryFolder folder;
  write_file(folder / "x.json", "{\"stack\": []}");
  EXPECT_NE(sentence_of([&] { open_files({folder / "x.json"}, Scene()); }).find("stack"), std::string::npos);
  write_file(folder / "y.json", "no JSON");
  EXPECT_NE(sentence_of([&] { open_files({folder / "y.json"}, Scene()); }).find("line 1"), std::string::npos);
}

}  // namespace
}  // namespace gradflow::session
