// Sessions as files: every field of the scene is kept, stack files and sessions are told apart.
#include "app/session/scene_file.h"

#include <gtest/gtest.h>

#include <utility>

#include "core/io/file.h"
#include "core/io/model_file.h"
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
  scene.hidden = {true, false, true};
  scene.pinned = {std::nullopt, pre_ln_stack()};
  scene.pinned[1]->num_layers = 5;
  scene.token = {
      .x = {1, -2.5}, .attention = {0, 1}, .cross_attention = {2, 3}, .ffn = {4, 1e-3}, .gradient = {0, 0}};
  return scene;
}

TEST(SceneFile, ASceneReadsBackTheSame) {
  EXPECT_EQ(parse_scene(scene_json(edited_scene()), "s.json"), edited_scene());
  EXPECT_EQ(parse_scene(scene_json(Scene()), "s.json"), Scene());
}

TEST(SceneFile, AFileFromBeforeThereWerePinsOpens) {
  const Scene scene = parse_scene(R"({"format": 1, "stacks": [{}, {}], "selected": 1})", "s.json");
  EXPECT_TRUE(scene.hidden.empty());
  EXPECT_TRUE(scene.pinned.empty());
  EXPECT_EQ(scene_json(Scene()).find("pinned"), std::string::npos) << "and one without opens there";
}

TEST(SceneFile, EntriesThatSayNothingMakeNoDifference) {
  const Scene scene =
      parse_scene(R"({"stacks": [{}, {}], "hidden": [true, false], "pinned": [null, null]})", "s.json");
  EXPECT_EQ(scene.hidden, std::vector<bool>{true});
  EXPECT_TRUE(scene.pinned.empty());
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
  EXPECT_TRUE(differs([](Scene* scene) { scene->hidden = {true}; }));
  EXPECT_TRUE(differs([](Scene* scene) { scene->pinned = {post_ln_stack()}; }));
  EXPECT_TRUE(differs([](Scene* scene) { scene->forward_quantity = "x"; }));
  EXPECT_TRUE(differs([](Scene* scene) { scene->token.cross_attention[2] = 7; }));
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
      {R"({"stacks": [{}], "hidden": [false, true]})",
       "s.json: hidden has 2 entries; allowed is 0 to 1, as there are 1 stacks"},
      {R"({"stacks": [{}], "pinned": [null, {}]})", "s.json: pinned has 2 entries; allowed is 0 to 1"},
      {R"({"stacks": [{}], "pinned": [{"seed": "x"}]})", "s.json: pinned[0].seed is \"x\""},
      {R"({"stacks": [{}], "token_x": 4})", "s.json: token_x is 4; allowed is a list of numbers"},
      {R"({"stacks": [{}], "token_x": [4, null]})", "s.json: token_x[1] is null; allowed is a number"},
      {R"({"stacks": [{}], "token_x": [4]})", "s.json: token_x has 1 number; allowed is 2 to 6"},
      {R"({"stacks": [{}], "token_ffn": [4, 1]})",
       "s.json: token_ffn has 2 numbers; allowed is 3, as many as token_x has"},
      {R"({"stacks": [{}], "token_gradient": [4, 1, 1e7]})",
       "s.json: token_gradient[2] is 1e+07; allowed is -1000000 to 1000000"},
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
  EXPECT_TRUE(opened.scene.hidden.empty() && opened.scene.pinned.empty()) << "they were of other stacks";
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

TEST(SceneFile, NumbersOfATokenMayStandWithoutBrackets) {
  Scene scene;
  set_scene_value(&scene, "token_x", "4, 1, -2");
  EXPECT_EQ(scene.token.x, (std::vector<double>{4, 1, -2}));
  set_scene_value(&scene, "token_x", "[0.5, 1]");
  EXPECT_EQ(scene.token.x, (std::vector<double>{0.5, 1}));
  EXPECT_EQ(sentence_of([&] { set_scene_value(&scene, "token_x", "4, x"); }).find("token_x"), 0U);
  EXPECT_EQ(scene_json(Scene()).find("token_"), std::string::npos) << "what is as usual is not written";
}

TEST(SceneFile, AFileFromBeforeThereWasATokenOpensWithTheUsualOne) {
  EXPECT_EQ(parse_scene(R"({"stacks": [{}]})", "s.json").token, TokenVectors());
}

// Weights files

/// The header alone, which is all that opening looks at.
std::filesystem::path weights_in(const TemporaryFolder& folder, const std::string& name, const char* stack) {
  OutputFile file(folder / name);
  append_tensor_header(file, {},
                       stack == nullptr ? TensorMetadata() : TensorMetadata{{"gradflow.stack", stack}});
  file.commit();
  return folder / name;
}

std::vector<std::string> names_of(const Scene& scene) {
  std::vector<std::string> names;
  for (const StackSpec& stack : scene.stacks) names.push_back(stack.name);
  return names;
}
using Names = std::vector<std::string>;

TEST(WeightsFiles, AreAddedToTheStacksThatThereAre) {
  const TemporaryFolder folder;
  const auto one =
      weights_in(folder, "one.safetensors", R"({"name": "mine", "num_layers": 3, "vocab_size": 5})");
  Scene before;
  before.hidden = {true};
  const Opened opened = open_files({one, one}, before);
  EXPECT_EQ(names_of(opened.scene), (Names{"Pre-LN", "Post-LN", "mine one", "mine one 2"}));
  EXPECT_EQ(opened.scene.selected, 3U);
  EXPECT_EQ(opened.scene.hidden, before.hidden);
  EXPECT_EQ(opened.scene.stacks[2].init.weights, one.string());
  EXPECT_EQ(opened.scene.stacks[2].vocab_size, 5);
  EXPECT_EQ(opened.weights.size(), 2U);
  EXPECT_FALSE(opened.session);
  EXPECT_EQ(parse_scene(scene_json(opened.scene), "s.json"), opened.scene);
}

TEST(WeightsFiles, TakeThePlaceOfAllWhereThereIsNoRoomOrWithStackFiles) {
  const TemporaryFolder folder;
  const auto one = weights_in(folder, "one.safetensors", "{}");
  write_file(folder / "a.json", R"({"name": "a"})");
  Scene full;
  full.stacks.resize(kMaxStacks);
  EXPECT_EQ(names_of(open_files({one}, full).scene), (Names{"Pre-LN one"}));
  const Opened both = open_files({folder / "a.json", one}, Scene());
  EXPECT_EQ(names_of(both.scene), (Names{"a", "Pre-LN one"}));
  EXPECT_EQ(both.scene.selected, 0U);
}

TEST(WeightsFiles, ThatDoNotSayOfWhichStackTheyAreAreTriedOnOne) {
  const TemporaryFolder folder;
  const auto one = weights_in(folder, "one.safetensors", nullptr);
  Scene before;
  before.selected = 1;
  StackSpec tried = post_ln_stack();
  tried.name = "Post-LN one";
  tried.init.weights = one.string();
  EXPECT_EQ(open_files({one}, before).scene.stacks.at(2), tried);
  EXPECT_EQ(open_named({"post-ln", one.string()}).scene.stacks.at(1), tried);
  EXPECT_EQ(names_of(open_named({one.string()}).scene), (Names{"Pre-LN one"}));
}

TEST(WeightsFiles, ThatLieAboutTheirStackAreRefused) {
  const TemporaryFolder folder;
  const auto bad = weights_in(folder, "bad.safetensors", R"({"num_layers": 0})");
  EXPECT_EQ(sentence_of([&] { open_files({bad}, Scene()); }),
            bad.string() + ": gradflow.stack: num_layers is 0; allowed is 1 to 4096");
  write_scene(Scene(), folder / "s.json");
  const auto good = weights_in(folder, "good.safetensors", "{}");
  EXPECT_NE(sentence_of([&] {
              open_files({good, folder / "s.json"}, Scene());
            }).find("opened alone"),
            std::string::npos);
}

TEST(WeightsFiles, AStackFileMayNameOne) {
  const TemporaryFolder folder;
  write_file(folder / "a.json", R"({"init": {"weights": "/w"}, "vocab_size": 5})");
  EXPECT_EQ(open_files({folder / "a.json"}, Scene()).scene.stacks.at(0).init.weights, "/w");
  EXPECT_EQ(open_named({folder / "a.json"}).scene.stacks.at(0).init.weights, "/w");
}

}  // namespace
}  // namespace gradflow::session
