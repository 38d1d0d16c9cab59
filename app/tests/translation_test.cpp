// No text of the window gets past tr(): in a language without a single English letter, whatever is shown in
// English letters is a name, a symbol or a path, of the list below, or was forgotten.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "app/tests/driver.h"
#include "app/tests/small_stack.h"
#include "core/io/preset.h"
#include "core/io/tests/other_language.h"
#include "core/io/tests/temporary_folder.h"
#include "core/spec/code.h"
#include "core/spec/overrides.h"

namespace gradflow::testing {
namespace {

using test::english_words;
using test::TemporaryFolder;
using Texts = std::set<std::string, std::less<>>;

/// What looks the same in every language: letters of stacks and of formulas, symbols of weights and sizes,
/// abbreviations in equations, units, and the program's name.
const std::vector<std::string> kSymbols = english_words(
    "A B C D E L W b x y a F W_ W_Q W_K W_V W_O W1 W2 b_Q b_K b_V b_O b1 b2 LN RMS Attn Cross FFN "
    "d_model num_heads ms f32 nan inf gradflow");

/// Names of models and of papers are data, and so is the name of a stack that is built in.
Texts names() {
  Texts names{"Pre-LN", "Post-LN"};
  for (const std::string& preset : preset_names()) {
    const PresetFacts facts = load_preset(preset).facts;
    names.insert(facts.model);
    names.insert(facts.source);
  }
  for (const NamedWiring& wiring : kWirings) names.insert(std::string(wiring.known_from));
  return names;
}

class Translation : public ::testing::Test {
 protected:
  static Stage stage_of(session::View view) {
    Stage stage{.width = 1400, .height = 1500};
    stage.scene.view = view;
    std::string name = "1";
    for (StackSpec& stack : stage.scene.stacks) {
      StackSpec small = small_stack(3);
      small.sublayers = stack.sublayers;
      small.final_norm = stack.final_norm;
      small.name = name;  // the user's own words
      stack = small;
      name += "1";
    }
    stage.scene.race.num_layers = 3;
    stage.scene.race.training.steps = 5;
    stage.scene.race.training.warmup = 2;
    return stage;
  }

  Driver& open(session::View view) { return open(stage_of(view)); }
  Driver& open(const Stage& stage) {
    driver_.reset();
    driver_ = std::make_unique<Driver>(stage);
    driver_->front().window().keep_texts(&texts_);
    driver_->settle();
    return *driver_;
  }

  void unfold() {
    for (const char* fold : {"toy", "settings", "race.more", "block.code"}) {
      if (driver_->has(fold)) driver_->click(fold);
    }
    driver_->settle();
  }

  /// The mouse over all that there is.
  void point_at_everything() {
    const auto names = driver_->front().window().landmarks().names();
    const std::vector<std::string> all(names.begin(), names.end());
    for (const std::string& name : all) {
      try {
        driver_->move_to(name);
      } catch (const std::logic_error&) {  // scrolled away, and no control
      }
    }
    driver_->move_away();
  }

  /// Opens a list, points at its entries and leaves it.
  void look_into(const std::string& name) {
    driver_->click(name);
    driver_->frames(3);
    driver_->key(ui::Key::escape);
    driver_->frames(2);
  }

  std::size_t texts() const { return texts_.size(); }
  void keep(const std::string& text) { texts_.insert(text); }

  /// Keys such as init.gain and attention.w_q stay, and what a test allows.
  void expect_all_translated(const Texts& allowed = {}) {
    static const std::regex key("[a-z_0-9]+([.][a-z_0-9]+)+");
    const Texts known = names();
    std::string code;
    for (const StackSpec& stack : driver_->scene().stacks) {
      for (const auto& language : kNames<CodeLanguage>) code += block_code(stack, language.value);
    }
    for (const std::string& text : texts_) {
      if (known.contains(text) || code.find(text) != std::string::npos) continue;
      for (const std::string& word : english_words(std::regex_replace(text, key, ""))) {
        if (std::find(kSymbols.begin(), kSymbols.end(), word) == kSymbols.end() && !allowed.contains(word))
          ADD_FAILURE() << '"' << word << "\" in: " << text;
      }
    }
    texts_.clear();
  }

 private:
  Texts texts_;
  test::OtherLanguage language_;
  std::unique_ptr<Driver> driver_;  // one window lives at a time
};

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
                         session::View::heat_map, session::View::training};
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

}  // namespace
}  // namespace gradflow::testing
