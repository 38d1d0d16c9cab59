// No text of the window gets past tr(): in a language without a single English letter, whatever is shown in
// English letters is a name, a symbol or a path, of the list of translation.cpp, or was forgotten.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "app/tests/small_stack.h"
#include "app/tests/translation.h"
#include "core/io/file.h"
#include "core/io/tests/temporary_folder.h"
#include "core/spec/overrides.h"
#include "core/spec/text.h"

namespace gradflow::testing {
namespace {

using test::english_words;
using test::TemporaryFolder;

class EveryView : public Translation, public ::testing::WithParamInterface<session::View> {};

TEST_P(EveryView, SpeaksOneLanguage) {
  Driver& driver = open(GetParam());
  unfold();
  if (GetParam() == session::View::training) driver.click("race.start");
  driver.settle();
  point_at_everything();
  EXPECT_GT(texts(), 100U);
  expect_all_translated();
  driver.key(ui::Key::f5);
  driver.settle();
  driver.key_with_ctrl_and_shift(ui::Key::c);
  driver.frames(2);
  keep(driver.clipboard());
  expect_all_translated();
}

constexpr auto kViews = {session::View::gradients, session::View::depth_law, session::View::forward,
                         session::View::heat_map,  session::View::training,  session::View::token};
INSTANTIATE_TEST_SUITE_P(Views, EveryView, ::testing::ValuesIn(kViews));

TEST_F(Translation, OfMenusAndLists) {
  Driver& driver = open(session::View::gradients);
  unfold();
  for (const char* name :
       {"header.file", "header.edit", "header.view", "list.0.more", "list.add", "plot.quantity",
        "stack.0.wiring", "shape.activation", "shape.positions", "init.scheme", "init.residual_output"}) {
    look_into(name);
  }
  driver.key(ui::Key::f1);
  driver.frames(3);
  driver.key(ui::Key::escape);
  expect_all_translated();
  driver.choose("plot.quantity", "every_weight/0");
  driver.settle();
  point_at_everything();
  expect_all_translated();
}

TEST_F(Translation, OfWhatTheTrainingViewLists) {
  Driver& driver = open(session::View::training);
  driver.click("race.more");
  for (const char* name : {"race.optimizer", "race.schedule", "race.task", "plot.quantity"}) look_into(name);
  driver.click("race.lane.0.warmup");
  driver.click("race.start");
  driver.settle();
  look_into("moment.quantity");
  driver.choose("plot.quantity", "layer_cosines");
  driver.settle();
  point_at_everything();
  expect_all_translated();
}

TEST_F(Translation, OfTheCheck) {
  Driver& driver = open(session::View::gradients);
  driver.click("header.check");
  driver.frames(3);
  driver.click("check.start.0");
  while (!driver.has("check.result")) driver.frames(1);
  driver.frames(3);
  point_at_everything();
  // Sub-layers and places as the gradients file has them, and the equation.
  expect_all_translated(
      {"attention", "cross_attention", "ffn", "final_norm", "unembedding", "head", "post", "skip", "t"});
}

TEST_F(Translation, OfPinsSeedsAndHiddenStacks) {
  Stage stage = stage_of(session::View::gradients);
  stage.scene.seeds = 3;
  Driver& driver = open(stage);
  driver.click("list.0.pin");
  driver.enter("depth.input", "5");
  driver.click("list.1.shown");
  driver.settle();
  point_at_everything();
  driver.click("list.0.shown");
  driver.settle();
  expect_all_translated();
}

/// Six stacks, each with something that the others do not have.
Stage six_stacks(Stage stage) {
  std::vector<StackSpec>& stacks = stage.scene.stacks;
  stacks.resize(6, stacks[0]);
  for (StackSpec& stack : stacks) stack.init.scheme = InitScheme::xavier_normal;
  stacks[0].sublayers.attention.residual = stacks[0].sublayers.ffn.residual = false;
  stacks[1].sublayers.cross_attention = SublayerSpec{};
  stacks[2].init.gain = 1e6;  // overflows
  stacks[2].sublayers.attention.norm = stacks[2].sublayers.ffn.norm = {};
  stacks[3].qk_norm = QkNorm::head;
  stacks[3].norm.kind = NormKind::rms_norm;
  stacks[3].residual_scale.value = 0.5;
  stacks[4].sequence_length = 1;
  edit_wiring(&stacks[4], {1}, SublayerKind::attention, [](SublayerSpec* it) { it->residual = false; });
  stacks[5].init.weights = "/1.safetensors";  // which is not there
  return stage;
}

TEST_F(Translation, OfUnusualStacks) {
  for (const session::View view : kViews) {
    Driver& driver = open(six_stacks(stage_of(view)));
    unfold();
    if (view == session::View::training) driver.click("race.start");
    for (std::size_t i = 0; i < 6; ++i) {
      driver.click("list." + std::to_string(i));
      driver.settle();
      point_at_everything();
    }
    driver.key_with_ctrl_and_shift(ui::Key::c);
    driver.frames(2);
    keep(driver.clipboard());
    expect_all_translated({"safetensors", "No", "such", "file", "or", "directory", "attention", "q", "k"});
  }
}

TEST_F(Translation, OfWhatIsLookedAt) {
  for (const session::View view : kViews) {
    for (const bool unusual : {false, true}) {
      Driver& driver = open(unusual ? six_stacks(stage_of(view)) : stage_of(view));
      if (view == session::View::training && !unusual) driver.click("race.start");
      driver.settle();
      const std::size_t before = texts();
      driver.key(ui::Key::f3);
      driver.frames(3);
      ASSERT_TRUE(driver.has("explain.panel"));
      EXPECT_GT(texts(), before + 8);
      driver.click("explain.copy");
      keep(driver.clipboard());
      expect_all_translated({"safetensors", "No", "such", "file", "or", "directory", "attention", "q", "k"});
    }
  }
}

TEST_F(Translation, OfWhatIsWrong) {
  Driver& driver = open(session::View::gradients);
  unfold();
  for (const char* typed : {"0", "1,5", "99999999999999999999", "100000"}) {
    driver.enter("shape.d_model", typed);
    driver.settle();
  }
  driver.enter("shape.d_model", "7");
  driver.settle();
  driver.enter("shape.d_model", "16");
  driver.enter("init.gain", "-1");
  driver.settle();
  driver.enter("init.gain", "1");
  driver.enter("input.seeds", "0");
  driver.settle();
  expect_all_translated();
}

TEST_F(Translation, OfFiles) {
  const TemporaryFolder folder;
  Driver& driver = open(session::View::gradients);
  const auto confirm = [&](const std::string& path) {
    driver.frames(3);
    driver.key_with_ctrl(ui::Key::a);
    driver.type(path);
    driver.click("file.path.confirm");
    driver.settle();
  };
  driver.key_with_ctrl_and_shift(ui::Key::s);
  confirm((folder / "1.json").string());
  EXPECT_TRUE(driver.has("header.remark"));
  driver.key_with_ctrl_and_shift(ui::Key::s);
  confirm((folder / "none" / "1.json").string());
  driver.key(ui::Key::escape);
  driver.key_with_ctrl(ui::Key::e);
  confirm((folder / "1.gif").string());
  confirm((folder / "1.svg").string());
  EXPECT_TRUE(driver.has("header.remark"));
  driver.key_with_ctrl(ui::Key::o);
  confirm((folder / "2.json").string());
  driver.key(ui::Key::escape);
  driver.front().window().notify(std::string(tr("Start the race.")));
  driver.frames(2);
  point_at_everything();
  look_into("header.file");
  const std::string path = folder.path().string();
  Texts allowed{"json", "svg",  "gif",  "none", "pdf",      "png", "csv", "figure", "lecture",  // of paths
                "No",   "such", "file", "or",   "directory"};  // the system's words
  for (const std::string& word : english_words(path)) allowed.insert(word);
  expect_all_translated(allowed);
}

TEST_F(Translation, OfFilesThatAreBroken) {
  const TemporaryFolder folder;
  Driver& driver = open(session::View::gradients);
  Texts allowed{"pdf",    "png",      "csv",    "num_layers", "num_layer",
                "stacks", "selected", "format", "base64"};  // keys
  for (const auto& [name, text] :
       std::vector<std::pair<std::string, std::string>>{{"1.json", ""},
                                                        {"2.json", R"({"stacks": [{"num_layers": "1"}]})"},
                                                        {"3.json", R"({"num_layer": 1})"},
                                                        {"4.json", R"({"selected": -1, "stacks": [{}]})"},
                                                        {"5.json", R"({"stacks": []})"},
                                                        {"6.json", R"({"format": 2})"},
                                                        {"7.json", "\xff"},
                                                        {"8.svg", "<"},
                                                        {"9.safetensors", "12345678{"}}) {
    write_file(folder / name, text);
    for (const std::string& word : english_words((folder / name).string())) allowed.insert(word);
    driver.key_with_ctrl(ui::Key::o);
    driver.frames(3);
    driver.key_with_ctrl(ui::Key::a);
    driver.type((folder / name).string());
    const std::size_t before = texts();
    driver.click("file.path.confirm");
    driver.settle();
    EXPECT_GT(texts(), before) << name;
    driver.key(ui::Key::escape);
    driver.frames(3);
    expect_all_translated(allowed);
  }
}

TEST_F(Translation, OfWhatATokenCannotBe) {
  Driver& driver = open(session::View::token);
  driver.enter("token.x.0", "9999999");
  driver.settle();
  expect_shown({"{0}[{1}] is {2}; allowed is -{3} to {3}", "{0} numbers"});
  expect_all_translated();
  driver.click("list.0.shown");
  driver.click("list.1.shown");
  driver.settle();
  expect_shown({"All stacks are hidden: a click in the legend shows them."});
  expect_all_translated();
}

}  // namespace
}  // namespace gradflow::testing
