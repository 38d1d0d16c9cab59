// gradflow-cli figure: files of every format, openable again, without a display; and what it refuses.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "app/cli/tests/process.h"
#include "app/session/scene_file.h"
#include "core/io/figure_file.h"
#include "core/io/file.h"
#include "core/io/session_file.h"
#include "core/io/tests/temporary_folder.h"
#include "core/io/tidy.h"

namespace gradflow {
namespace {

using test::Outcome;
using test::TemporaryFolder;

Outcome figure(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", GRADFLOW_CLI, "figure"});
  return test::run_program("env", arguments);
}

std::string content(const std::filesystem::path& path) { return read_file(path, kMaxFigureFileBytes); }

void expect_refused(const std::vector<std::string>& arguments, const std::string& what) {
  const Outcome outcome = figure(arguments);
  EXPECT_EQ(outcome.exit_code, 2) << what;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_NE(outcome.err.find(what), std::string::npos) << outcome.err;
}

TEST(Figure, EveryFormatAndViewIsWrittenWithoutADisplayAndHoldsItsSession) {
  const TemporaryFolder folder;
  session::Scene session;
  for (StackSpec& stack : session.stacks) {
    stack.num_layers = 5;
    stack.d_model = stack.d_ff = 16;
  }
  session.race.num_layers = session.race.batch_size = 2;
  session.race.training.steps = 20;
  session.race.training.warmup = 10;
  const std::string file = (folder / "s.json").string();
  session::write_scene(session, file);
  for (const auto& view : kNames<session::View>) {
    for (const auto& format : kNames<FigureFormat>) {
      const std::string path = (folder / ("f." + std::string(format.key))).string();
      const Outcome outcome = figure({file, "--view", std::string(view.key), "--output", path});
      EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
      EXPECT_EQ(outcome.out + outcome.err, "");
      EXPECT_EQ(figure_format(content(path)), format.value);
      const session::Scene scene = session::open_files({path}, {}).scene;
      EXPECT_EQ(scene.view, view.value);
      EXPECT_EQ(scene.stacks.at(1).num_layers, 5);
    }
  }
}

TEST(Figure, AFigureIsMadeAgainFromItselfToTheByte) {
  const TemporaryFolder folder;
  for (const char* ending : {".svg", ".pdf", ".png", ".csv"}) {
    const std::string first = (folder / ("first" + std::string(ending))).string();
    const std::string second = (folder / ("second" + std::string(ending))).string();
    ASSERT_EQ(figure({"post-ln", "--view", "depth-law", "--output", first}).exit_code, 0);
    ASSERT_EQ(figure({first, "--output", second}).exit_code, 0);
    EXPECT_TRUE(content(first) == content(second)) << ending;
  }
}

TEST(Figure, TheQuantityAndTheTableAreThoseOfMeasure) {
  const TemporaryFolder folder;
  const std::string svg = (folder / "f.svg").string();
  ASSERT_EQ(figure({"pre-ln", "--quantity", "stream_grad_norm", "--output", svg}).exit_code, 0);
  EXPECT_NE(content(svg).find(">‖∂L/∂x‖ of the residual stream<"), std::string::npos);
  const std::string table = (folder / "f.csv").string();
  ASSERT_EQ(figure({"pre-ln", "--output", table}).exit_code, 0);
  std::string rows = content(table);
  const std::string line = embedded_session(rows, "f");
  const std::string plain = test::run_program(GRADFLOW_CLI, {"measure", "pre-ln"}).out;
  EXPECT_TRUE(embed_session(plain, FigureFormat::csv, line) == rows);
}

TEST(Figure, SeedsAreABandOnPaperAndRowsOfTheTable) {
  const TemporaryFolder folder;
  const std::string svg = (folder / "f.svg").string();
  const std::string table = (folder / "f.csv").string();
  const std::vector<std::string> asked{"pre-ln", "--view", "forward", "--seeds", "3", "--output"};
  for (const std::string& path : {svg, table}) {
    std::vector<std::string> arguments = asked;
    arguments.push_back(path);
    const Outcome outcome = figure(arguments);
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  EXPECT_NE(content(svg).find(">   mean of 3 seeds, band 10–90 %<"), std::string::npos);
  EXPECT_EQ(session::open_files({svg}, {}).scene.seeds, 3U);
  std::string expected(kTidyHeader);
  for (const char* seed : {"seed=1", "seed=2", "seed=3"}) {
    const Outcome alone = test::run_program(GRADFLOW_CLI, {"measure", "pre-ln", "--set", seed});
    expected += alone.out.substr(kTidyHeader.size());
  }
  const std::string rows = content(table);
  EXPECT_TRUE(embed_session(expected, FigureFormat::csv, embedded_session(rows, "f")) == rows);
}

/// The rows of the exponents of all seeds, those of the last layer: they have no seed.
std::string exponent_rows(const std::string& table) {
  std::istringstream lines(table);
  std::string rows;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("Post-LN,,,exponent") || line.find("/top/") == std::string::npos) continue;
    rows += line.substr(0, line.find_last_not_of(',') + 1) + "\n";
  }
  return rows;
}

TEST(Figure, TheDepthLawOfManySeedsHasTheBandAndTheExponentsOfTheCommandDepthLaw) {
  const TemporaryFolder folder;
  const std::string svg = (folder / "f.svg").string();
  const std::string table = (folder / "f.csv").string();
  for (const std::string& path : {svg, table}) {
    const Outcome outcome = figure({"post-ln", "--view", "depth-law", "--seeds", "3", "--output", path});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  const std::string page = content(svg);
  EXPECT_NE(page.find(", mean of 3 seeds, band 10–90 %<"), std::string::npos);
  EXPECT_NE(page.find("fill-opacity"), std::string::npos);
  const Outcome law =
      test::run_program(GRADFLOW_CLI, {"depth-law", "post-ln", "--max-depth", "12", "--seeds", "3"});
  const std::string expected = exponent_rows(law.out);
  EXPECT_NE(expected.find("exponent_se/top/grad_norm/ffn.w_1"), std::string::npos);
  EXPECT_EQ(exponent_rows(content(table)), expected);
}

TEST(Figure, EveryViewTakesItsOwnQuantity) {
  const TemporaryFolder folder;
  const std::string svg = (folder / "f.svg").string();
  const auto drawn = [&](const char* view, const char* quantity) {
    const Outcome outcome = figure({"post-ln", "--view", view, "--quantity", quantity, "--output", svg});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return content(svg);
  };
  EXPECT_NE(drawn("forward", "token_cosine").find(">cosine between tokens<"), std::string::npos);
  EXPECT_EQ(session::open_files({svg}, {}).scene.forward_quantity, "token_cosine");
  EXPECT_NE(drawn("gradients", "every_weight/0").find(">W₁ FFN<"), std::string::npos);
  EXPECT_EQ(session::open_files({svg}, {}).scene.quantity, "every_weight/0");
}

TEST(Figure, AStackThatCannotBeMeasuredIsSaidInTheFigure) {
  const TemporaryFolder folder;
  session::Scene scene;
  scene.stacks[1].num_heads = 5;
  session::write_scene(scene, folder / "s.json");
  const std::string svg = (folder / "f.svg").string();
  ASSERT_EQ(figure({(folder / "s.json").string(), "--output", svg}).exit_code, 0);
  EXPECT_NE(content(svg).find("B Post-LN has no curve: d_model is 64 and num_heads is 5; d_model must be a "
                              "multiple of num_heads"),
            std::string::npos)
      << content(svg);
}

TEST(Figure, WrongUseIsOneSentenceAndNothingIsWritten) {
  const TemporaryFolder folder;
  const std::string path = (folder / "f.svg").string();
  expect_refused({"pre-ln"}, "--output is required");
  expect_refused({"--output", (folder / "f.jpg").string()}, "allowed is .svg, .pdf, .png");
  expect_refused({"--view", "moon", "--output", path}, "--view is \"moon\"; allowed is one of gradients");
  expect_refused({"--quantity", "grad_norm/moon", "--output", path},
                 "--quantity is grad_norm/moon; allowed is");
  expect_refused({"--view", "forward", "--quantity", "grad_norm/total", "--output", path},
                 "--quantity is grad_norm/total; allowed is");
  expect_refused({"--view", "heat-map", "--quantity", "loss", "--output", path},
                 "--quantity is loss; the view heat-map has none to choose");
  expect_refused({"--seeds", "51", "--output", path},
                 "--seeds is 51; allowed is a whole number from 1 to 50");
  expect_refused({"pre_ln", "--output", path}, "did you mean pre-ln?");
  expect_refused({"pre-ln", "--output", (folder / "no/such.svg").string()}, "cannot be written");
  EXPECT_EQ(folder.count(), 0);
  write_file(path, "<svg></svg>");
  expect_refused({path, "--output", (folder / "g.svg").string()}, "there is no session in this SVG file");
  EXPECT_EQ(folder.count(), 1);
}

TEST(Figure, TheFigureThatIsReadIsNotOverwritten) {
  const TemporaryFolder folder;
  const std::string path = (folder / "f.svg").string();
  ASSERT_EQ(figure({"pre-ln", "--output", path}).exit_code, 0);
  expect_refused({path, "--output", path}, "is also an input");
}

}  // namespace
}  // namespace gradflow
