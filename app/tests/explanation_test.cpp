// "What am I looking at?" in every view: what it says is what is measured there.
#include "app/figure/explanation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/figure/axis.h"
#include "app/lessons/course.h"
#include "app/tests/driver.h"
#include "app/tests/small_stack.h"

namespace gradflow::testing {
namespace {

using figure::three_figures;

Stage wide() { return {.width = 1280, .height = 800}; }

/// What the panel copies.
std::string text_of(Driver& driver) {
  driver.settle();
  driver.key(ui::Key::f3);
  driver.frames(2);
  driver.click("explain.copy");
  std::string text = driver.clipboard();
  driver.click("explain.close");
  driver.frames(2);
  EXPECT_FALSE(driver.has("explain.panel"));
  return text;
}

void expect_says(const std::string& text, const std::string& words) {
  EXPECT_NE(text.find(words), std::string::npos) << words << "\nis not in\n" << text;
}
void expect_not(const std::string& text, const std::string& words) {
  EXPECT_EQ(text.find(words), std::string::npos) << words << "\nis in\n" << text;
}

const std::vector<double>& values(const Driver& driver, std::size_t stack,
                                  std::string_view quantity = kTopQuantity) {
  return driver.report(stack).find(quantity)->values;
}

TEST(Explanation, EveryViewHasARowAndALessonThatIsThere) {
  const std::vector<lessons::CourseEntry> course = lessons::built_in_course();
  const figure::Drawing drawing = figure::Figure();
  const std::vector<bool> none;
  for (const Named<session::View>& view : kNames<session::View>) {
    EXPECT_TRUE(figure::has_explanation(view.key))
        << view.key << " has no row in kRows of app/figure/explanation.cpp";
    const std::string lesson =
        figure::explanation({view.key, kTopQuantity, drawing, {}, {}, {}, none, none}).lesson;
    EXPECT_TRUE(std::any_of(course.begin(), course.end(),
                            [&](const auto& entry) { return entry.parsed.lesson.name == lesson; }))
        << view.key << ": " << lesson;
  }
}

TEST(Explanation, OfGradientsSaysAxesStacksAndWhatTheCurvesDo) {
  Driver driver(wide());
  const std::string text = text_of(driver);
  const auto &a = values(driver, 0), &b = values(driver, 1);
  expect_says(
      text,
      "Upwards: the length (Frobenius norm) of the loss gradient in W₁ (feed-forward); the loss is in nats");
  expect_says(text, "Here that is 12 layers, d_model 64, 4 heads, 4 × 16 tokens, a text as input");
  expect_says(text, "Nothing has been trained");
  expect_says(
      text,
      "B, Post-LN: Post-LN, without a final norm, 12 layers. It differs from A in where its norms are and "
      "the final norm.");
  expect_says(text, "A falls from " + three_figures(a.front()) + " in layer 0 to " + three_figures(a.back()) +
                        " in layer 11, " + three_figures(a.back() / a.front()) + " times as much.");
  expect_says(text, "B rises from " + three_figures(b.front()) + " in layer 0 to " + three_figures(b.back()));
  expect_says(text, "and " + three_figures(b.back() / a.back()) + " times in layer 11.");
  expect_says(text, "The line below the plot says of B: post-LN block, warmup required");
  expect_says(text, "Drag the depth to 48 or more");
  driver.enter("depth.input", "48");
  expect_says(text_of(driver), "Drag the depth back to 12");
}

TEST(Explanation, OfEveryWeightNamesTheExtremes) {
  Driver driver(wide());
  driver.choose("plot.quantity", "every_weight/1");
  const std::string text = text_of(driver);
  expect_says(text, "At the right end W₂ FFN has the largest gradient, " +
                        three_figures(values(driver, 1, "grad_norm/ffn.w_2").back()));
  expect_says(text, "and b_Q Attn the smallest, " +
                        three_figures(values(driver, 1, "grad_norm/attention.b_q").back()));
  expect_says(text, "left out, zero in theory and round-off in measurement: b_K Attn.");
}

TEST(Explanation, OfTheForwardPassHasEachQuantityAndItsTheory) {
  Driver driver(wide());
  driver.click("plot.view.forward");
  std::string text = text_of(driver);
  expect_says(text, "Upwards: the root mean square of the residual stream, a plain number.");
  expect_says(text, " after 0 layers to " + three_figures(values(driver, 0, "stream_rms").back()) +
                        " after 12 layers");
  expect_says(text, "The thin lines\nPre-LN: √(1 + l/2) to √(1 + 3l/2). A lies within it at ");
  expect_says(text, "Post-LN: 1. B is 1.00 times it where it is furthest off.");
  expect_says(text, "Their source: Xiong et al. 2020, Lemma 2");
  const std::pair<const char*, const char*> rows[] = {
      {"token_cosine", "at 1 they are all alike"},
      {"attention_entropy", "the entropy of attention in nats"},
      {"branch_rms/ffn", "what the feed-forward adds to the stream"}};
  for (const auto& [quantity, words] : rows) {
    driver.choose("plot.quantity", quantity);
    text = text_of(driver);
    expect_says(text, words);
    expect_says(text, three_figures(values(driver, 1, quantity).back()));
    expect_not(text, "The thin lines");
  }
}

TEST(Explanation, OfTheDepthLawHasExponentsAndSlopes) {
  Stage stage = wide();
  stage.scene.view = session::View::depth_law;
  stage.scene.seeds = 3;
  Driver driver(stage);
  const std::string text = text_of(driver);
  expect_says(text, "Each point is a stack of its own");
  expect_says(text, "depth L, every doubling as wide as the one before");
  expect_says(text, "Beside its name: exponent −0.");
  expect_says(text, "mean of 3 seeds, band 10–90 %. The band about the mean reaches from ");
  expect_says(text, "from seed 1 on.");
  expect_says(text, "Of A the stack of 12 layers has 0.");
  expect_says(text, "Pre-LN: slope −1/2.\nPost-LN: slope 0.\nTheir source: upper bounds at initialisation");
}

TEST(Explanation, OfTheHeatMapHasItsExtremes) {
  Driver driver(wide());
  driver.click("plot.view.heat-map");
  const std::string text = text_of(driver);
  const auto& w_2 = values(driver, 1, "grad_norm/ffn.w_2");
  expect_says(text, "From top to bottom: the weights of a layer.");
  expect_says(text, "Post-LN: the largest is " + three_figures(*std::max_element(w_2.begin(), w_2.end())) +
                        ", W₂ FFN in layer 11");
  expect_says(text, "What the colours say");
}

TEST(Explanation, OfARaceBeforeDuringAndAfter) {
  Stage stage = wide();
  stage.scene.view = session::View::training;
  stage.scene.race.num_layers = 2;
  stage.scene.race.training.steps = 40;
  stage.scene.race.training.warmup = 5;
  Driver driver(stage);
  std::string text = text_of(driver);
  expect_says(text, "trained to repeat 16 random symbols with Adam");
  expect_says(text, "The race has not been started.");
  expect_says(text, "A has no curve: not started");
  expect_says(text, "Start the race, with the button below the plot or with Space.");
  driver.click("race.start");
  text = text_of(driver);
  expect_says(text, "Here that is 2 layers");
  expect_says(text,
              "The race is over, at step 40 of 40. The lower plot and the diagram show the newest step.");
  expect_says(text, "B, warmup 5 ");
  expect_says(text, " at step 40");
  expect_says(text, "The thin lines\nchance: 2.77.\nIt is the loss of who knows nothing");
  driver.choose("plot.quantity", "layer_cosines");
  text = text_of(driver);
  expect_says(text,
              "From top to bottom: the layers, the last at the top. The colour is the mean cosine between "
              "the tokens");
  expect_says(text, " at step ");
}

TEST(Explanation, OfARunningRaceSaysHowFarItIs) {
  Stage stage = wide();
  stage.scene.view = session::View::training;
  stage.scene.race.training.steps = 100000;
  Driver driver(stage);
  driver.settle();
  driver.click("race.start");
  driver.frames(30);
  driver.key(ui::Key::f3);
  driver.frames(2);
  driver.click("explain.copy");
  expect_says(driver.clipboard(), "The race is running, at step ");
}

TEST(Explanation, OfOneTokenHasTheLastLineOfEveryPart) {
  Driver driver(wide());
  driver.click("plot.view.token");
  const std::string text = text_of(driver);
  expect_says(text, "One token of ");
  expect_says(text, "What the table says\nA, ");
  const auto table = figure::token_table(driver.scene().stacks, driver.scene().token);
  const figure::TokenSection& section = table.panels.at(1).sections.front();
  expect_says(text, "B, " + section.title + ": the last line, " + section.lines.back().label + ", is (" +
                        section.lines.back().numbers.front() + ", ");
}

TEST(Explanation, OfOneStackOfSixAndOfHiddenOnes) {
  Stage stage = wide();
  stage.scene.stacks = {small_stack(3)};
  {
    Driver driver(stage);
    const std::string text = text_of(driver);
    expect_not(text, "It differs");
    expect_not(text, "the value of");
  }
  stage.scene.stacks.assign(6, small_stack(3));
  stage.scene.stacks[5].num_layers = 5;
  stage.scene.stacks[4].seed = 9;
  stage.scene.hidden = {false, false, true};
  Driver driver(stage);
  const std::string text = text_of(driver);
  expect_says(text, "It is the same as A.");
  expect_says(text, "It differs from A in its seed.");
  expect_says(text, "It differs from A in its depth.");
  expect_says(text, "It is hidden in the plot.");
  expect_not(text, "\nC rises");
  expect_not(text, "\nC falls");
  expect_not(text, "\nC stays");
  const auto &a = values(driver, 0), &f = values(driver, 5);
  expect_says(text, "F has " + three_figures(f[0] / a[0]) +
                        " times the value of A in layer 0, and at its top " + three_figures(f[4] / a[2]) +
                        " times that of A's top.");
}

TEST(Explanation, OfWhatIsNotFinite) {
  Stage stage = wide();
  StackSpec& wild = stage.scene.stacks[0];
  wild.sublayers.attention.norm = wild.sublayers.ffn.norm = {};
  wild.init.gain = 1000;
  wild.num_layers = 40;
  Driver driver(stage);
  expect_says(text_of(driver), "\nA is finite nowhere: its points lie in the lane at the top.");
  driver.click("plot.view.forward");
  expect_says(text_of(driver), "It is not finite, in the lane at the top, at ");
  driver.click("plot.view.heat-map");
  expect_says(text_of(driver), "no cell has a colour. Cells that are not finite: ");
}

TEST(Explanation, OfAGhostSaysWhatItWas) {
  Driver driver(wide());
  driver.settle();
  driver.click("list.0.pin");
  driver.enter("depth.input", "24");
  const std::string text = text_of(driver);
  expect_says(text, "The ghost of A (Pre-LN, L = 12) falls from ");
}

TEST(Explanation, IsReadableInASmallWindowAndInPresenterMode) {
  Stage stage = wide();
  for (const bool presenter : {false, true}) {
    Driver driver(stage);
    driver.settle();
    if (presenter) driver.key(ui::Key::f5);
    driver.settle();
    driver.key(ui::Key::f3);
    driver.frames(3);
    const ui::Rect panel = driver.landmark("explain.panel").rect;
    EXPECT_GE(panel.x, 0);
    EXPECT_GE(panel.y, 0);
    EXPECT_LE(panel.x + panel.width, 1280);
    EXPECT_LE(panel.y + panel.height, 800);
    EXPECT_LE(driver.landmark("explain.close").rect.y + 20, panel.y + panel.height);
    const auto before = picture_of(driver, "explain.text");
    driver.key(ui::Key::page_down);
    driver.frames(2);
    if (presenter) {
      EXPECT_GT(difference(before, picture_of(driver, "explain.text")), 100U) << "it scrolls";
    }
    EXPECT_EQ(driver.stack(0).num_layers, 12) << "the key went to the panel alone";
    driver.key(ui::Key::escape);
    driver.frames(2);
    EXPECT_FALSE(driver.has("explain.panel"));
  }
}

TEST(Explanation, OpensTheLessonThatIsAboutTheView) {
  Driver driver(wide());
  driver.front().teach(lessons::Walk(lessons::built_in_course(), {}));
  driver.settle();
  driver.click("header.help");
  driver.frames(2);
  driver.click("help.explain");
  driver.frames(2);
  driver.click("explain.lesson");
  driver.frames(2);
  EXPECT_TRUE(driver.has("lesson.panel"));
  EXPECT_FALSE(driver.has("explain.panel"));
  ASSERT_TRUE(driver.front().walk().place());
  EXPECT_EQ(driver.front().walk().lesson()->name, "02-watch-the-gradients-diverge");
}

TEST(Explanation, OfAViewWithoutARowStillHasAxesStacksAndCurves) {
  figure::Figure shown;
  shown.x_label = "place in the sequence";
  shown.x_word = "token";
  shown.curves = {{0, "Pre-LN", {0, 1}, {1, 4}}};
  const figure::Drawing drawing = shown;
  const std::vector<StackSpec> stacks{pre_ln_stack()};
  const std::vector<bool> none;
  const std::string text = figure::text_of(
      figure::explanation({"a-new-one", "grad_norm/total", drawing, stacks, {}, {}, none, none}));
  expect_says(text, "From left to right: place in the sequence.");
  expect_says(text, "Everything is measured, on 12 layers");
  expect_says(text, "A rises from 1.00 at token 0 to 4.00 at token 1, 4.00 times as much.");
  expect_not(text, "What to try");
}

TEST(Keys, TheListIsOpenedFromTheMenuAndFitsTheWindow) {
  Driver driver(wide());
  driver.settle();
  driver.click("header.help");
  driver.frames(2);
  driver.click("help.keys");
  driver.frames(2);
  const ui::Rect panel = driver.landmark("help.keys.panel").rect;
  EXPECT_LE(driver.landmark("help.keys.close").rect.y + 28, panel.y + panel.height);
  driver.click("help.keys.close");
  EXPECT_FALSE(driver.has("help.keys.panel"));
  driver.key(ui::Key::f1);
  EXPECT_TRUE(driver.has("help.keys.panel"));
}

}  // namespace
}  // namespace gradflow::testing
