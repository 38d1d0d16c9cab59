// What a view shows as a file: the same bytes every time, openable again, with words for what was measured.
#include "app/export/export.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/export/caption.h"
#include "app/session/scene_file.h"
#include "core/analysis/band.h"
#include "core/io/file.h"
#include "core/io/tests/sentence.h"
#include "core/io/tests/temporary_folder.h"
#include "core/io/tidy.h"

namespace gradflow {
namespace {

using test::TemporaryFolder;
using Reports = std::vector<std::shared_ptr<const StackReport>>;

/// Answers that no stack gave, one a stack.
Reports answers_to(const session::Scene& scene) {
  Reports reports;
  for (const StackSpec& stack : scene.stacks) {
    StackReport report{stack, {}, {{"loss", 4.5}}, {}};
    report.series.push_back({scene.quantity, {0, 1, 2}, {1, 0.1, 0}});
    reports.push_back(std::make_shared<StackReport>(report));
  }
  return reports;
}

/// The bands of seeds that no stack gave either: each has a tenth more than the one before.
Reports bands_to(const session::Scene& scene) {
  Reports bands;
  for (const auto& answer : answers_to(scene)) {
    Reports seeds;
    for (std::size_t s = 0; s < scene.seeds; ++s) {
      StackReport seed = *answer;
      seed.spec = {};
      for (double& value : seed.series.front().values) value += 0.1 * static_cast<double>(s);
      seeds.push_back(std::make_shared<StackReport>(seed));
    }
    StackReport band = band_of(seeds);
    band.spec = answer->spec;
    bands.push_back(std::make_shared<StackReport>(band));
  }
  return bands;
}

std::string file_of(const session::Scene& scene, FigureFormat format) {
  const Reports answers = answers_to(scene);
  return exported(scene, {answers, answers, bands_to(scene)}, {}, format);
}

session::Scene odd_scene() {
  session::Scene scene;
  scene.stacks[0].name = "größer <&>";
  scene.stacks[1].name = std::string(
      "no UTF-8 \xff\n and a \x01 control, no characters \xef\xbf\xbe\xef\xb7\x90\xf0\x9f\xbf\xbf", 53);
  scene.stacks[1].input.text = std::string("\xff\x00 bytes", 8);
  scene.selected = 1;
  scene.depth_linked = false;
  return scene;
}

TEST(Export, DrawsGhostsAndLeavesOutWhatIsHidden) {
  session::Scene scene;
  scene.stacks[1].name = "not to be seen";
  scene.hidden = {false, true};
  scene.pinned = {scene.stacks[0]};
  scene.pinned[0]->num_layers = 7;
  session::Scene pins;
  pins.stacks = {*scene.pinned[0]};
  const Reports answers = answers_to(scene);
  const Reports ghosts = answers_to(pins);
  const auto page = [&](const ui::Measurements& pinned) {
    const std::string file = exported(scene, {answers, answers, {}}, pinned, FigureFormat::svg);
    return file.substr(file.find("</metadata>"));  // in there is the session
  };
  EXPECT_NE(page({ghosts, ghosts, {}}).find("A pinned: Pre-LN, L = 7"), std::string::npos);
  EXPECT_EQ(page({ghosts, ghosts, {}}).find("not to be seen"), std::string::npos);
  EXPECT_EQ(page({answers, answers, {}}).find("pinned"), std::string::npos) << "an answer to another pin";
}

TEST(Export, EveryFormatAndViewOpensAgainAsTheSameScene) {
  const TemporaryFolder folder;
  for (const auto& view : kNames<session::View>) {
    session::Scene scene = odd_scene();
    scene.view = view.value;
    for (const auto& format : kNames<FigureFormat>) {
      const auto path = folder / ("figure." + std::string(format.key));
      const std::string bytes = file_of(scene, format.value);
      EXPECT_EQ(bytes, file_of(scene, format.value)) << format.key;
      write_file(path, bytes);
      const session::Opened opened = session::open_files({path}, {});
      EXPECT_EQ(opened.scene, scene) << format.key;
      EXPECT_TRUE(opened.figure);
      EXPECT_FALSE(opened.session) << "Ctrl+S must not write a session over a figure";
      EXPECT_EQ(session::open_named({path.string()}).scene, scene);
    }
  }
}

TEST(Export, AFigureIsOpenedAloneAndADamagedOneIsASentence) {
  const TemporaryFolder folder;
  const std::string png = file_of(odd_scene(), FigureFormat::png);
  write_file(folder / "f.png", png);
  write_file(folder / "cut.png", png.substr(0, 300));
  write_file(folder / "forged.svg",
             "<svg><metadata id=\"gradflow-session\">{\"stacks\": 1}</metadata></svg>");
  const auto said = [&](std::vector<std::filesystem::path> files) {
    return test::sentence_of([&] { session::open_files(files, {}); });
  };
  EXPECT_NE(said({folder / "f.png", folder / "f.png"}).find("f.png is a figure; it is opened alone"),
            std::string::npos);
  EXPECT_NE(said({folder / "cut.png"}).find("cut short"), std::string::npos);
  EXPECT_NE(said({folder / "forged.svg"}).find("forged.svg: stacks is 1; allowed is a list of stacks"),
            std::string::npos);
}

TEST(Export, TheTableHoldsWhatWasMeasured) {
  session::Scene scene;
  const std::string table = file_of(scene, FigureFormat::csv);
  EXPECT_TRUE(table.starts_with("stack,seed,layer,quantity,value,session\nPre-LN,1,,loss,4.5,\"{"));
  EXPECT_NE(table.find("\nPost-LN,1,2,grad_norm/ffn.w_1,0,\n"), std::string::npos) << table;
  scene.stacks[1].name = scene.stacks[0].name;
  const std::string twins = file_of(scene, FigureFormat::csv);
  EXPECT_NE(twins.find("\nA Pre-LN,1,,loss"), std::string::npos) << "rows of two stacks stay apart";
  EXPECT_NE(twins.find("\nB Pre-LN,1,,loss"), std::string::npos);
}

TEST(Export, TheTableHasTheRowsOfEverySeedThatABandIsMadeOf) {
  session::Scene scene;
  scene.seeds = 3;
  scene.stacks[1].seed = 18446744073709551615ULL;
  const std::string table = file_of(scene, FigureFormat::csv);
  for (const char* row :
       {"\nPre-LN,1,0,grad_norm/ffn.w_1,1,", "\nPre-LN,2,0,grad_norm/ffn.w_1,1.1,",
        "\nPre-LN,3,0,grad_norm/ffn.w_1,1.2,", "\nPost-LN,18446744073709551615,0,grad_norm/ffn.w_1,1,",
        "\nPost-LN,0,0,grad_norm/ffn.w_1,1.1,", "\nPost-LN,1,0,grad_norm/ffn.w_1,1.2,"}) {
    EXPECT_NE(table.find(row), std::string::npos) << row << table;
  }
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1 + 2 * 3 * 4) << "every seed once";
  const std::string svg = file_of(scene, FigureFormat::svg);
  EXPECT_NE(svg.find("mean of 3 seeds, band 10–90 %"), std::string::npos);
  EXPECT_NE(svg.find("fill-opacity"), std::string::npos);
  EXPECT_NE(caption_of(scene).find("seeds A\u00A01–3, B\u00A018446744073709551615–1;"), std::string::npos)
      << caption_of(scene);
}

TEST(Export, TheTableOfADepthLawsBandEndsInTheExponentsOfAllSeeds) {
  session::Scene scene;
  scene.view = session::View::depth_law;
  scene.seeds = 2;
  const Reports answers = answers_to(scene);
  Reports bands;
  for (const auto& band : bands_to(scene)) {
    StackReport law = *band;
    law.scalars.push_back({"exponent/top/grad_norm/total", -0.25});
    bands.push_back(std::make_shared<StackReport>(law));
  }
  const std::string table = exported(scene, {answers, answers, {}, bands}, {}, FigureFormat::csv);
  EXPECT_NE(table.find("\nPre-LN,2,2,grad_norm/ffn.w_1,0.1,\nPre-LN,,,exponent/top/grad_norm/total,-0.25,\n"),
            std::string::npos)
      << table;
  EXPECT_EQ(table.find(",seeds,"), std::string::npos);
  EXPECT_NE(caption_of(scene).find("seeds\u00A01–2;"), std::string::npos);
}

TEST(Export, WhereNoBandIsDrawnTheFirstSeedStandsAlone) {
  for (const auto& view : kNames<session::View>) {
    session::Scene scene;
    scene.seeds = 3;
    scene.view = view.value;
    if (view.value == session::View::forward || view.value == session::View::training) continue;
    if (view.value == session::View::token) continue;  // of no seed
    if (view.value != session::View::heat_map) scene.quantity = "every_weight/0";
    const std::string table = file_of(scene, FigureFormat::csv);
    EXPECT_EQ(table.find("\nPre-LN,2,"), std::string::npos) << view.key;
    EXPECT_NE(table.find("\nPre-LN,1,"), std::string::npos) << view.key;
    EXPECT_NE(caption_of(scene).find("seed\u00A01;"), std::string::npos) << view.key;
  }
}

TEST(Export, TheTableOfATokenHasEveryRowAndNumber) {
  session::Scene scene;
  scene.view = session::View::token;
  scene.stacks[1].name = scene.stacks[0].name;
  scene.token.x = {4, 1, -2};
  const std::string table = file_of(scene, FigureFormat::csv);
  EXPECT_EQ(table.find("stack,row,quantity,value,session\n"), 0U);
  for (const char* row : {"\nA Pre-LN,x,1,1,", "\nA Pre-LN,attention.y,0,3,", "\nB Pre-LN,attention.sum,0,3,",
                          "\nA Pre-LN,gradient.x,share,1,", "\nA Pre-LN,attention.input,norm_mean,1,",
                          "\nB Pre-LN,gradient.attention.trunk,skip,1,"}) {
    EXPECT_NE(table.find(row), std::string::npos) << row;
  }
  const std::string caption = caption_of(scene);
  EXPECT_NE(caption.find("one vector of 3 numbers"), std::string::npos);
  EXPECT_EQ(caption.find("Measured"), std::string::npos) << "nothing is";
  const std::string page = file_of(scene, FigureFormat::svg);
  EXPECT_NE(page.find("into F: LN(x)"), std::string::npos);
  scene.hidden = {true};
  EXPECT_EQ(file_of(scene, FigureFormat::svg).find("into F: LN(x)"), std::string::npos);
}

TEST(Export, TheCaptionOfARaceSaysHowTheLanesAreTrained) {
  session::Scene scene;
  scene.view = session::View::training;
  scene.race.num_layers = 9;
  scene.race.training.optimizer = OptimizerKind::sgd;
  const std::string caption = caption_of(scene);
  for (const char* words : {"layers\u00A09;", "tokens\u00A08 × 16;", "task copy of 16 symbols",
                            "SGD, momentum", "learning rate 0.003", "warmup 100 where it is said"}) {
    EXPECT_NE(caption.find(words), std::string::npos) << words << "\n" << caption;
  }
  EXPECT_EQ(caption.find("initialisation"), std::string::npos);
}

TEST(Export, TheCaptionSaysOnceWhatAllShareAndElseStackByStack) {
  session::Scene scene;
  scene.stacks[1].num_layers = 96;
  const std::string caption = caption_of(scene);
  for (const char* words : {"layers A\u00A012, B\u00A096;", "d_model\u00A064;", "seed\u00A01;",
                            "tokens\u00A04 × 16 of\u00A0“", "32-bit floats"}) {
    EXPECT_NE(caption.find(words), std::string::npos) << words << "\n" << caption;
  }
  scene.view = session::View::depth_law;
  scene.stacks[0].input.kind = scene.stacks[1].input.kind = InputKind::random;
  EXPECT_NE(caption_of(scene).find("every depth up to A\u00A012, B\u00A096;"), std::string::npos);
  EXPECT_NE(caption_of(scene).find("of\u00A0random tokens."), std::string::npos);
}

TEST(Caption, SaysOfAFilesWeightsThatTheyAreAndNothingOfInitialisation) {
  session::Scene scene;
  EXPECT_NE(caption_of(scene).find("at initialisation"), std::string::npos);
  scene.stacks[0].init.weights = "/home/me/copy.safetensors";
  const std::string caption = caption_of(scene);
  EXPECT_EQ(caption.find("initialisation"), std::string::npos);
  EXPECT_NE(caption.find("weights A\u00A0of copy.safetensors, B\u00A0drawn, Xavier"), std::string::npos)
      << caption;
  EXPECT_NE(caption.find("A\u00A0its file, else “"), std::string::npos) << caption;
  EXPECT_NE(caption.find("seed A\u00A0–, B\u00A01"), std::string::npos) << caption;
  scene.stacks[0].vocab_size = 16;
  EXPECT_EQ(caption_of(scene).find("else"), std::string::npos);
}

}  // namespace
}  // namespace gradflow
