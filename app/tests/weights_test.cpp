// A trained stack in the window: trained and saved by the real command line, opened by hand, measured to the
// same numbers, edited on, and given drawn weights again.
#include <gtest/gtest.h>

#include "app/cli/tests/process.h"
#include "app/figure/figure.h"
#include "app/session/scene_file.h"
#include "app/tests/driver.h"
#include "app/ui/views.h"
#include "core/io/file.h"
#include "core/io/model_file.h"
#include "core/io/tests/temporary_folder.h"
#include "core/io/tidy.h"

namespace gradflow::testing {
namespace {

namespace fs = std::filesystem;
using test::Outcome;
using test::TemporaryFolder;

const std::vector<std::string> kChanges{"num_layers=3",  "d_model=16",        "d_ff=32",
                                        "vocab_size=16", "sequence_length=8", "batch_size=2"};

Outcome run(std::vector<std::string> words) {
  const std::string command = words.front();
  for (const std::string& change : kChanges) words.insert(words.end(), {"--set", change});
  return test::run_program(GRADFLOW_CLI, words);
}

/// A folder with trained.safetensors in it, of three layers that have been trained to copy for 40 steps.
struct Trained {
  explicit Trained(const std::string& stack = "pre-ln") {
    const Outcome outcome =
        run({"train", stack, "--task", "copy", "--steps", "40", "--learning-rate", "3e-3", "--optimizer",
             "adam", "--warmup", "0", "--output", folder / "race.csv", "--checkpoint", path()});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  fs::path path() const { return folder / "trained.safetensors"; }
  /// The same numbers without the metadata, as another program may write them.
  fs::path stripped() const {
    const TensorFile file = read_tensor_file(path(), std::size_t{1} << 24U);
    std::vector<TensorHead> heads;
    for (const TensorEntry& entry : file.entries()) heads.push_back({entry.name, entry.dtype, entry.shape});
    OutputFile output(folder / "stripped.safetensors");
    append_tensor_header(output, heads);
    for (const TensorEntry& entry : file.entries()) output.append(entry.data);
    output.commit();
    return folder / "stripped.safetensors";
  }
  TemporaryFolder folder;
};

/// The window with the trained stack as its third, C.
struct Opened {
  explicit Opened(const Trained& trained, const Stage& stage = {.width = 1280, .height = 1000})
      : driver(stage) {
    driver.settle();
    driver.front().open({trained.path()});
    driver.settle();
  }
  Driver driver;
};

std::string words(Driver& driver) {
  driver.key_with_ctrl_and_shift(ui::Key::c);
  driver.frames(2);
  std::string text = driver.clipboard();
  for (char& letter : text) letter = letter == '\n' ? ' ' : letter;
  return text;
}

TEST(TrainedStack, HasTheNumbersThatTheCommandLineMeasures) {
  const Trained trained;
  Opened opened(trained);
  Driver& driver = opened.driver;
  ASSERT_EQ(driver.scene().stacks.size(), 3U);
  EXPECT_EQ(driver.scene().selected, 2U);
  EXPECT_EQ(driver.stack(2).name, "Pre-LN trained");
  EXPECT_EQ(driver.stack(2).init.weights, trained.path().string());
  EXPECT_EQ(driver.stack(2).num_layers, 3);
  StackReport report = driver.report(2);
  ASSERT_EQ(report.error, "");
  report.spec.name = "Pre-LN";
  const Outcome measured = run({"measure", "pre-ln", "--weights", trained.path()});
  EXPECT_EQ(measured.out, std::string(kTidyHeader) + tidy_rows(report, 1)) << measured.err;
  EXPECT_LT(*report.scalar("loss"), std::log(16)) << "it has learnt something";
}

TEST(TrainedStack, AFigureOfTheCommandLineHasTheSameNumbers) {
  const Trained trained;
  const Outcome figure = test::run_program(
      GRADFLOW_CLI, {"figure", trained.path(), "pre-ln", "--output", trained.folder / "figure.csv"});
  ASSERT_EQ(figure.exit_code, 0) << figure.err;
  Opened opened(trained);
  const std::string table = read_file(trained.folder / "figure.csv", std::size_t{1} << 24U);
  std::string rows = tidy_rows(opened.driver.report(2), 1);
  rows = rows.substr(rows.find('\n') + 1);  // the first row has the session behind it
  EXPECT_EQ(table.find(rows.substr(0, rows.find('\n'))) != std::string::npos, true);
}

TEST(TrainedStack, SaysWhoseItsWeightsAreAndOneClickDrawsThem) {
  const Trained trained;
  Opened opened(trained);
  Driver& driver = opened.driver;
  EXPECT_TRUE(driver.landmark("stack.2.weights").visible);
  EXPECT_NE(words(driver).find("Weights: those of the file trained.safetensors."), std::string::npos);
  const session::Scene before = driver.scene();
  const double loss = *driver.report(2).scalar("loss");
  driver.click("stack.2.drawn");
  driver.settle();
  EXPECT_TRUE(has_drawn_weights(driver.stack(2)));
  EXPECT_FALSE(driver.has("stack.2.weights"));
  EXPECT_EQ(driver.stack(2).num_layers, 3) << "to be compared with what they became";
  EXPECT_EQ(driver.report(2).error, "") << "a text of bytes does not go into 16 tokens: they are random";
  EXPECT_NEAR(*driver.report(2).scalar("loss"), std::log(16), 2);
  driver.key_with_ctrl(ui::Key::z);
  driver.settle();
  EXPECT_EQ(driver.scene(), before);
  EXPECT_EQ(driver.report(2).scalar("loss"), loss);
}

TEST(TrainedStack, IsEditedAsLongAsItsTensorsFit) {
  const Trained trained;
  Opened opened(trained);
  Driver& driver = opened.driver;
  const double loss = *driver.report(2).scalar("loss");
  driver.click("stack.2.ffn.residual");
  driver.settle();
  ASSERT_EQ(driver.report(2).error, "");
  EXPECT_NE(*driver.report(2).scalar("loss"), loss);
  driver.click("stack.2.ffn.residual");
  driver.click("stack.2.final_norm");
  driver.settle();
  EXPECT_EQ(
      driver.report(2).error,
      trained.path().string() + ": has the tensor final_norm.weight [16], which the stack does not have");
  driver.click("stack.2.final_norm");
  driver.settle();
  EXPECT_EQ(driver.report(2).scalar("loss"), loss);
}

TEST(TrainedStack, WhoseFileIsGoneOrCutShortSaysSoInPlaceOfItsCurve) {
  const Trained trained;
  Opened opened(trained);
  Driver& driver = opened.driver;
  fs::resize_file(trained.path(), fs::file_size(trained.path()) - 4);
  driver.click("stack.2.ffn.residual");
  driver.settle();
  EXPECT_NE(driver.report(2).error.find("trained.safetensors: "), std::string::npos);
  fs::remove(trained.path());
  driver.click("stack.2.ffn.residual");
  driver.settle();
  EXPECT_EQ(driver.report(2).error, trained.path().string() + " cannot be read: No such file or directory");
  EXPECT_NE(words(driver).find("No such file or directory"), std::string::npos);
  EXPECT_EQ(driver.report(0).error, "");
}

TEST(TrainedStack, KeepsItsDepthWhileTheSliderMovesTheOthers) {
  const Trained trained;
  Opened opened(trained);
  Driver& driver = opened.driver;
  driver.press_at(static_cast<float>(driver.landmark("depth.slider").x->x_of(12)),
                  driver.landmark("depth.slider").rect.center_y());
  for (int depth = 12; depth <= 40; depth += 4) {
    driver.move(static_cast<float>(driver.landmark("depth.slider").x->x_of(depth)),
                driver.landmark("depth.slider").rect.center_y());
    driver.frames(1);
    EXPECT_EQ(driver.stack(2).num_layers, 3);
    EXPECT_EQ(words(driver).find("No curve"), std::string::npos);
  }
  driver.release();
  driver.settle();
  EXPECT_EQ(driver.report(2).error, "");
  EXPECT_NEAR(driver.stack(0).num_layers, 40, 1);
  EXPECT_EQ(driver.stack(0).num_layers, driver.stack(1).num_layers);
}

TEST(TrainedStack, AloneSaysWhyTheSliderDoesNotMoveIt) {
  const Trained trained;
  session::Scene scene = session::open_files({trained.path()}, {}).scene;
  scene.stacks.erase(scene.stacks.begin(), scene.stacks.begin() + 2);
  scene.selected = 0;
  Driver driver({.scene = scene, .width = 1280, .height = 1000});
  driver.settle();
  driver.enter("depth.input", "12");
  driver.frames(2);
  EXPECT_TRUE(driver.has("header.remark"));
  driver.click("depth.play");
  driver.settle();
  EXPECT_EQ(driver.stack(0).num_layers, 3);
  EXPECT_EQ(driver.report(0).error, "");
}

TEST(TrainedStack, ViewsThatDrawWeightsSayWhyItHasNoCurve) {
  const Trained trained;
  Stage stage{.width = 1280, .height = 1000};
  stage.scene.race.num_layers = 2;
  stage.scene.race.training.steps = 20;
  stage.scene.race.training.warmup = 10;
  Opened opened(trained, stage);
  Driver& driver = opened.driver;
  driver.click("plot.view.depth-law");
  driver.settle();
  EXPECT_NE(
      words(driver).find("No curve: the depth law draws weights for stacks of every depth; this stack's "
                         "weights are those of trained.safetensors alone."),
      std::string::npos)
      << words(driver);
  driver.click("plot.view.training");
  driver.frames(2);
  driver.front().start_race();
  driver.frames(3);
  driver.settle();
  EXPECT_NE(words(driver).find("a race starts from drawn weights"), std::string::npos) << words(driver);
}

TEST(TrainedStack, HasOneCurveAmongBandsOfSeeds) {
  const Trained trained;
  Stage stage{.width = 1280, .height = 1000};
  stage.scene.seeds = 3;
  Opened opened(trained, stage);
  const std::string text = words(opened.driver);
  const std::size_t third = text.find("Stack C: ");
  EXPECT_NE(text.substr(0, third).find("mean of 3 seeds"), std::string::npos) << text;
  EXPECT_EQ(text.find("seeds", third), std::string::npos) << text;
}

TEST(TrainedStack, IsNotJudgedByWhatHoldsOfDrawnWeights) {
  const Trained trained("post-ln");
  Opened opened(trained);
  const std::string text = words(opened.driver);
  EXPECT_NE(text.find("Good: weights of trained.safetensors: loss "), std::string::npos) << text;
  opened.driver.click("plot.view.forward");
  opened.driver.settle();
  EXPECT_TRUE(opened.driver.landmark("plot.area").visible);
  opened.driver.click("plot.view.heat-map");
  opened.driver.settle();
  EXPECT_TRUE(opened.driver.has("plot.panel.2"));
}

TEST(TrainedStack, IsSavedWithTheSessionAndPinned) {
  const Trained trained;
  session::Scene scene;
  std::vector<Scalar> measured;
  {
    Opened opened(trained);
    opened.driver.click("list.2.pin");
    opened.driver.settle();
    scene = opened.driver.scene();
    measured = opened.driver.report(2).scalars;
  }
  ASSERT_EQ(scene.pinned.size(), 3U);
  session::write_scene(scene, trained.folder / "s.json");
  Driver again;
  again.front().open({trained.folder / "s.json"});
  again.settle();
  EXPECT_EQ(again.scene(), scene);
  EXPECT_EQ(again.report(2).scalars, measured);
}

TEST(TrainedStack, WithoutMetadataIsTriedOnTheSelectedStack) {
  const Trained trained;
  const fs::path stripped = trained.stripped();
  Opened opened(trained);
  Driver& driver = opened.driver;
  driver.front().open({stripped});  // C is selected, which it fits
  driver.settle();
  ASSERT_EQ(driver.scene().stacks.size(), 4U);
  EXPECT_EQ(driver.report(3).scalars, driver.report(2).scalars);
  driver.click("list.0");
  driver.front().open({stripped});
  driver.settle();
  ASSERT_EQ(driver.scene().stacks.size(), 5U);
  EXPECT_NE(driver.report(4).error.find("embedding.token has shape [16, 16]; the stack needs [256, 64]"),
            std::string::npos)
      << driver.report(4).error;
}

}  // namespace
}  // namespace gradflow::testing
