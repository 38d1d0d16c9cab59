// The real window, solver and core, driven by a scripted hand without a display: every control changes the
// question, and with it the answer and the picture.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "app/platform/size.h"
#include "app/session/passes.h"
#include "app/tests/driver.h"
#include "core/spec/fields.h"
#include "core/spec/names.h"

namespace gradflow::testing {
namespace {

std::vector<double> curve(const Driver& driver, std::size_t stack, std::string_view quantity = kTopQuantity) {
  const Series* series = driver.report(stack).find(quantity);
  return series == nullptr ? std::vector<double>() : series->values;
}

/// Every measured number of a stack.
std::vector<double> numbers(const Driver& driver, std::size_t stack) {
  std::vector<double> all;
  for (const Scalar& scalar : driver.report(stack).scalars) all.push_back(scalar.value);
  for (const Series& series : driver.report(stack).series) {
    all.insert(all.end(), series.values.begin(), series.values.end());
  }
  return all;
}

std::string stack_name(std::size_t i, std::string_view rest) {
  return "stack." + std::to_string(i) + "." + std::string(rest);
}

TEST(Window, DraggingTheDepthSliderMovesDepthCurveAndVerdict) {
  Driver driver;
  driver.settle();
  ASSERT_EQ(driver.stack(0).num_layers, 12);
  const auto curve_before = curve(driver, 0);
  const auto plot_before = picture_of(driver, "plot.area");
  const auto verdict_before = picture_of(driver, "verdict.1");
  driver.drag("depth.slider", 12, 48);
  driver.settle();
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(driver.stack(i).num_layers, 48);
    EXPECT_EQ(curve(driver, i).size(), 48U);
  }
  EXPECT_EQ(curve_before.size(), 12U);
  EXPECT_GT(difference(plot_before, picture_of(driver, "plot.area")), 1000U);
  EXPECT_GT(difference(verdict_before, picture_of(driver, "verdict.1")), 20U);
}

TEST(Window, TheDepthReactsInTheFrameOfTheInput) {
  Driver driver;
  driver.settle();
  const ui::Landmark slider = driver.landmark("depth.slider");
  const float y = slider.rect.center_y();
  driver.press_at(slider.x->x_of(12), y);
  for (int depth = 20; depth <= 60; depth += 10) {
    driver.move(slider.x->x_of(depth), y);
    EXPECT_EQ(driver.stack(0).num_layers, depth);
  }
  driver.release();
}

TEST(Window, TheDepthMovesByKeysWheelAndTyping) {
  Driver driver;
  driver.settle();
  driver.key(ui::Key::right);
  EXPECT_EQ(driver.stack(0).num_layers, 13);
  driver.key(ui::Key::left);
  driver.key(ui::Key::left);
  EXPECT_EQ(driver.stack(0).num_layers, 11);
  driver.wheel("depth.slider", 1);
  EXPECT_EQ(driver.stack(0).num_layers, 12);
  driver.wheel("depth.slider", -2);
  EXPECT_EQ(driver.stack(0).num_layers, 10);
  driver.enter("depth.input", "96");
  driver.settle();
  EXPECT_EQ(driver.stack(0).num_layers, 96);
  EXPECT_EQ(curve(driver, 1).size(), 96U);
  driver.enter("depth.input", "1024");
  driver.settle();
  EXPECT_EQ(curve(driver, 0).size(), 1024U);
}

TEST(Window, AnUnlinkedDepthMovesOneStack) {
  Driver driver;
  driver.settle();
  driver.click("depth.linked");
  ASSERT_FALSE(driver.scene().depth_linked);
  driver.drag("depth.slider", 12, 60);
  driver.settle();
  EXPECT_NE(driver.stack(0).num_layers, driver.stack(1).num_layers);
  EXPECT_NE(curve(driver, 0).size(), curve(driver, 1).size());
}

TEST(Window, TheSweepPlaysUntilItIsStopped) {
  Driver driver;
  driver.settle();
  EXPECT_FALSE(driver.front().wants_frames());
  driver.click("depth.play");
  EXPECT_TRUE(driver.front().wants_frames());
  const int before = driver.stack(0).num_layers;
  driver.frames(60);
  EXPECT_NE(driver.stack(0).num_layers, before);
  driver.click("depth.play");
  driver.settle();
  EXPECT_FALSE(driver.front().wants_frames());
}

struct Toggle {
  std::string name;  // below stack.I
  bool (*read)(const StackSpec&);
};

template <SublayerKind kKind, Site kSite>
bool has_norm(const StackSpec& spec) {
  return spec.sublayers.find(kKind)->norm.contains(kSite);
}

template <SublayerKind kKind>
bool has_residual(const StackSpec& spec) {
  return spec.sublayers.find(kKind)->residual;
}

template <SublayerKind kKind>
void add_toggles(std::vector<Toggle>* toggles) {
  const std::string sublayer(key_of(kKind));
  toggles->push_back({sublayer + ".norm.entry", has_norm<kKind, Site::entry>});
  toggles->push_back({sublayer + ".norm.pre", has_norm<kKind, Site::pre>});
  toggles->push_back({sublayer + ".norm.branch", has_norm<kKind, Site::branch>});
  toggles->push_back({sublayer + ".norm.post", has_norm<kKind, Site::post>});
  toggles->push_back({sublayer + ".residual", has_residual<kKind>});
}

std::vector<Toggle> toggles() {
  std::vector<Toggle> all;
  add_toggles<SublayerKind::attention>(&all);
  add_toggles<SublayerKind::ffn>(&all);
  all.push_back({"final_norm", [](const StackSpec& spec) { return spec.final_norm; }});
  all.push_back({"embedding_norm", [](const StackSpec& spec) { return spec.embedding_norm; }});
  return all;
}

TEST(Window, EveryToggleChangesTheQuestionAndTheAnswerAndGoesBack) {
  Driver driver;
  driver.settle();
  for (std::size_t i = 0; i < 2; ++i) {
    for (const Toggle& toggle : toggles()) {
      SCOPED_TRACE(stack_name(i, toggle.name));
      const StackSpec spec_before = driver.stack(i);
      const auto numbers_before = numbers(driver, i);
      driver.click(stack_name(i, toggle.name));
      driver.settle();
      EXPECT_NE(toggle.read(driver.stack(i)), toggle.read(spec_before));
      EXPECT_EQ(driver.report(i).error, "");
      EXPECT_NE(numbers(driver, i), numbers_before);
      EXPECT_EQ(driver.stack(1 - i), (i == 0 ? post_ln_stack() : pre_ln_stack()));
      driver.click(stack_name(i, toggle.name));
      driver.settle();
      EXPECT_EQ(driver.stack(i), spec_before);
      EXPECT_EQ(numbers(driver, i), numbers_before);
    }
  }
}

TEST(Window, TheNormKindAndEveryNamedWiringAreOneChoiceAway) {
  Driver driver;
  driver.settle();
  const auto layer_norm = numbers(driver, 0);
  driver.click("stack.0.norm_kind.rms_norm");
  driver.settle();
  EXPECT_EQ(driver.stack(0).norm.kind, NormKind::rms_norm);
  EXPECT_NE(numbers(driver, 0), layer_norm);
  driver.click("stack.0.norm_kind.layer_norm");
  driver.settle();
  EXPECT_EQ(numbers(driver, 0), layer_norm);
  for (const NamedWiring& wiring : kWirings) {
    SCOPED_TRACE(wiring.key);
    driver.choose("stack.1.wiring", wiring.key);
    driver.settle();
    EXPECT_EQ(driver.stack(1).sublayers.attention.norm, wiring.norm);
    EXPECT_EQ(driver.stack(1).sublayers.ffn.norm, wiring.norm);
    EXPECT_EQ(driver.stack(1).residual_scale.rule, wiring.skip);
    EXPECT_EQ(driver.report(1).error, "");
  }
}

TEST(Window, AStackIsRenamed) {
  Driver driver;
  driver.settle();
  driver.enter("stack.0.name", "GPT-2, größer");
  driver.settle();
  EXPECT_EQ(driver.stack(0).name, "GPT-2, größer");
}

struct Entry {
  const char* name;
  const char* text;
  bool (*holds)(const StackSpec&);
};

constexpr Entry kEntries[]{
    {"shape.d_model", "32", [](const StackSpec& spec) { return spec.d_model == 32; }},
    {"shape.num_heads", "2", [](const StackSpec& spec) { return spec.num_heads == 2; }},
    {"shape.d_ff", "96", [](const StackSpec& spec) { return spec.d_ff == 96; }},
    {"shape.sequence_length", "24", [](const StackSpec& spec) { return spec.sequence_length == 24; }},
    {"shape.batch_size", "3", [](const StackSpec& spec) { return spec.batch_size == 3; }},
    {"shape.epsilon", "0.1", [](const StackSpec& spec) { return spec.norm.epsilon == 0.1; }},
    {"init.gain", "0.5", [](const StackSpec& spec) { return spec.init.gain == 0.5; }},
    {"input.seed", "77", [](const StackSpec& spec) { return spec.seed == 77; }},
};

TEST(Window, EveryNumberBoxChangesBothStacks) {
  Driver driver;
  driver.settle();
  for (const Entry& entry : kEntries) {
    SCOPED_TRACE(entry.name);
    const auto before = numbers(driver, 0);
    driver.enter(entry.name, entry.text);
    driver.settle();
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_TRUE(entry.holds(driver.stack(i)));
      EXPECT_EQ(driver.report(i).error, "");
    }
    EXPECT_NE(numbers(driver, 0), before);
  }
}

template <class E>
void expect_choices(Driver& driver, const std::string& combo, E (*read)(const StackSpec&)) {
  for (const Named<E>& row : kNames<E>) {
    SCOPED_TRACE(combo + "." + std::string(row.key));
    driver.choose(combo, row.key);
    driver.settle();
    EXPECT_EQ(read(driver.stack(0)), row.value);
    EXPECT_EQ(read(driver.stack(1)), row.value);
    EXPECT_EQ(driver.report(0).error, "");
  }
}

TEST(Window, EveryChoiceIsTakenAndMeasured) {
  Driver driver;
  driver.settle();
  expect_choices<Activation>(driver, "shape.activation",
                             [](const StackSpec& spec) { return spec.activation; });
  expect_choices<Positions>(driver, "shape.positions", [](const StackSpec& spec) { return spec.positions; });
  expect_choices<InitScheme>(driver, "init.scheme", [](const StackSpec& spec) { return spec.init.scheme; });
  expect_choices<ResidualOutput>(driver, "init.residual_output",
                                 [](const StackSpec& spec) { return spec.init.residual_output; });
  const bool causal = driver.stack(0).causal;
  driver.click("shape.causal");
  driver.settle();
  EXPECT_NE(driver.stack(0).causal, causal);
  driver.click("input.kind.random");
  driver.settle();
  EXPECT_EQ(driver.stack(1).input.kind, InputKind::random);
  driver.click("input.kind.text");
  driver.settle();
  EXPECT_EQ(driver.stack(1).input.kind, InputKind::text);
}

TEST(Window, SettingsOfOneStackLeaveTheOtherAlone) {
  Driver driver;
  driver.settle();
  driver.click("settings.target.1");
  driver.enter("input.seed", "5");
  driver.settle();
  EXPECT_EQ(driver.stack(0).seed, 1U);
  EXPECT_EQ(driver.stack(1).seed, 5U);
}

TEST(Window, TypedTextIsMeasured) {
  Driver driver;
  driver.settle();
  const auto before = numbers(driver, 0);
  driver.click("input.text");
  driver.key_with_ctrl(ui::Key::a);
  driver.type("∂y/∂x, again and again.");
  driver.settle();
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(driver.stack(i).input.text, "∂y/∂x, again and again.");
  EXPECT_NE(numbers(driver, 0), before);
  driver.key_with_ctrl(ui::Key::a);
  driver.key(ui::Key::backspace);
  driver.settle();
  EXPECT_NE(driver.report(0).error.find("input.text is empty"), std::string::npos) << driver.report(0).error;
  driver.click("input.default_text");
  driver.settle();
  EXPECT_EQ(numbers(driver, 0), before);
}

TEST(Window, ATextOfAnyBytesIsShownAndMeasured) {
  Stage stage;
  for (StackSpec& spec : stage.scene.stacks) spec.input.text = std::string("\xff\xfe\x00 \xc3(", 6);
  Driver driver(stage);
  driver.click("settings");
  driver.settle();
  EXPECT_EQ(driver.report(0).error, "");
  EXPECT_EQ(driver.stack(0), stage.scene.stacks[0]);  // showing it has not changed it
}

TEST(Window, AnImpossibleStackShowsItsSentenceAndRecovers) {
  Driver driver;
  driver.settle();
  const auto before = numbers(driver, 0);
  const auto plot_before = picture_of(driver, "plot.area");
  driver.enter("shape.num_heads", "5");
  driver.settle();
  EXPECT_EQ(driver.stack(0).num_heads, 5);  // as typed, neither lost nor clamped
  EXPECT_NE(driver.report(0).error.find("d_model must be a multiple of num_heads"), std::string::npos);
  EXPECT_GT(difference(plot_before, picture_of(driver, "plot.area")), 100U);
  driver.enter("shape.num_heads", "4");
  driver.settle();
  EXPECT_EQ(driver.report(0).error, "");
  EXPECT_EQ(numbers(driver, 0), before);
}

TEST(Window, NumbersOutOfRangeAreRefusedWithASentence) {
  Driver driver;
  driver.settle();
  for (const char* depth : {"0", "-3", "1000000000"}) {
    SCOPED_TRACE(depth);
    driver.enter("depth.input", depth);
    driver.settle();
    const int layers = driver.stack(0).num_layers;
    EXPECT_TRUE(layers == 12 || driver.report(0).error.find("num_layers") != std::string::npos) << layers;
    driver.enter("depth.input", "12");
    driver.settle();
    EXPECT_EQ(driver.report(0).error, "");
  }
  for (const char* gain : {"nan", "inf", "-1", "1e999", "words", ""}) {
    SCOPED_TRACE(gain);
    driver.enter("init.gain", gain);
    driver.settle();  // would never come to rest on a question that differs from itself
    driver.enter("init.gain", "1");
    driver.settle();
    EXPECT_EQ(driver.report(0).error, "");
  }
}

TEST(Window, WhatWouldNotFitInMemoryIsRefusedWithTheFigure) {
  Driver driver;
  driver.settle();
  driver.enter("shape.d_model", "8192");
  driver.enter("shape.d_ff", "65536");
  driver.settle();
  EXPECT_NE(driver.report(0).error.find("GiB"), std::string::npos) << driver.report(0).error;
}

TEST(Window, OverflowIsDrawnAndJudged) {
  Stage stage;
  for (StackSpec& spec : stage.scene.stacks) spec.num_layers = 128;
  Driver driver(stage);
  driver.choose("stack.0.wiring", "none");
  driver.settle();
  const auto values = curve(driver, 0);
  EXPECT_TRUE(std::any_of(values.begin(), values.end(), [](double value) { return !std::isfinite(value); }));
  EXPECT_EQ(driver.report(0).error, "");
}

TEST(Window, EveryQuantityCanBePlotted) {
  Driver driver;
  driver.settle();
  std::vector<std::string> keys;
  for (const Series& series : driver.report(0).series) {
    if (driver.report(1).find(series.quantity) != nullptr) keys.push_back(series.quantity);
  }
  ASSERT_GE(keys.size(), 10U);
  driver.click("plot.quantity");
  driver.frames(2);
  std::erase_if(keys, [&](const std::string& key) { return !driver.has("plot.quantity." + key); });
  EXPECT_GE(keys.size(), 8U);
  driver.key(ui::Key::escape);
  for (const std::string& key : keys) {
    SCOPED_TRACE(key);
    driver.choose("plot.quantity", key);
    driver.settle();
    EXPECT_EQ(driver.scene().quantity, key);
  }
}

TEST(Window, TheLegendHidesACurveAndBringsItBack) {
  Driver driver;
  driver.settle();
  const auto before = picture_of(driver, "plot.area");
  const session::Scene scene = driver.scene();
  driver.click("plot.legend.0");
  driver.move_away();
  driver.settle();
  EXPECT_GT(difference(before, picture_of(driver, "plot.area")), 200U);
  EXPECT_EQ(driver.scene().hidden, std::vector<bool>{true});
  EXPECT_EQ(driver.scene().stacks, scene.stacks);
  driver.click("plot.legend.0");
  driver.click("plot.legend.0");
  driver.move_away();
  driver.settle();
  EXPECT_EQ(driver.scene(), scene);
  EXPECT_EQ(difference(before, picture_of(driver, "plot.area")), 0U);
}

TEST(Window, ThePlotZoomsPansAndFits) {
  Driver driver;
  driver.move_to("plot.area");
  driver.settle();
  const auto fitted = picture_of(driver, "plot.area");
  driver.wheel("plot.area", 3);
  driver.settle();
  const auto zoomed = picture_of(driver, "plot.area");
  EXPECT_GT(difference(fitted, zoomed), 500U);
  const ui::Rect area = driver.landmark("plot.area").rect;
  driver.press_at(area.center_x(), area.center_y());
  driver.move(area.center_x() + 60, area.center_y() + 40);
  driver.release();
  driver.settle();
  EXPECT_GT(difference(zoomed, picture_of(driver, "plot.area")), 500U);
  driver.frames(60);  // so that the next click is no part of a double click
  driver.double_click("plot.area");
  driver.move_to("plot.area");
  driver.settle();
  EXPECT_EQ(difference(fitted, picture_of(driver, "plot.area")), 0U);
}

TEST(Window, PicturesAreTheSameFromRunToRun) {
  const auto played = [] {
    Driver driver({.width = 1280, .height = 800});
    driver.settle();
    driver.drag("depth.slider", 12, 48);
    driver.click("stack.0.attention.residual");
    driver.settle();
    return driver.pixels();
  };
  EXPECT_TRUE(played() == played());
}

TEST(Window, ResizesFromTinyToHuge) {
  Driver driver;
  for (const platform::Size size :
       {platform::Size{900, 600}, {1920, 1080}, {3840, 2160}, {200, 100}, {1, 1}, {1280, 800}}) {
    SCOPED_TRACE(std::to_string(size.width) + "x" + std::to_string(size.height));
    driver.resize(size.width, size.height);
    driver.settle();
    EXPECT_EQ(driver.pixels().width, size.width);
  }
  driver.resize(900, 600);
  driver.settle();
  driver.drag("depth.slider", 12, 48);
  EXPECT_EQ(driver.stack(0).num_layers, 48);
}

ui::Rect slider_at(int width, int height, float scale) {
  Driver driver({.width = width, .height = height, .scale = scale});
  driver.settle();
  return driver.landmark("depth.slider").rect;
}

TEST(Window, ScalesWithTheMonitor) {
  const ui::Rect small = slider_at(1280, 800, 1);
  const ui::Rect large = slider_at(2560, 1600, 2);
  EXPECT_NEAR(large.x, 2 * small.x, 8);
  EXPECT_NEAR(large.y, 2 * small.y, 8);
  EXPECT_NEAR(large.width, 2 * small.width, 16);
  EXPECT_NEAR(large.height, 2 * small.height, 8);
}

TEST(Window, TheKeyboardAloneReachesEveryToggle) {
  Driver driver;
  driver.settle();
  for (std::size_t i = 0; i < 2; ++i) {
    driver.tab_to("block.select." + std::to_string(i));
    driver.key(ui::Key::space);
    ASSERT_EQ(driver.scene().selected, i);
    for (const Toggle& toggle : toggles()) {
      SCOPED_TRACE(stack_name(i, toggle.name));
      const bool before = toggle.read(driver.stack(i));
      driver.tab_to(stack_name(i, toggle.name));
      driver.key(ui::Key::space);
      EXPECT_NE(toggle.read(driver.stack(i)), before);
    }
  }
}

TEST(Window, ADroppedStackFileIsOpened) {
  const auto folder = std::filesystem::temp_directory_path();
  const auto file = folder / ("gradflow_drop_" + std::to_string(getpid()) + ".json");
  std::ofstream(file) << R"({"name": "Dropped", "num_layers": 7})";
  Driver driver;
  driver.settle();
  driver.front().open({file});
  driver.settle();
  ASSERT_EQ(driver.scene().stacks.size(), 1U);
  EXPECT_EQ(driver.stack(0).name, "Dropped");
  EXPECT_EQ(curve(driver, 0).size(), 7U);
  std::filesystem::remove(file);
}

TEST(Window, ADroppedFileThatIsNoneIsNamedAndNothingIsLost) {
  const auto folder = std::filesystem::temp_directory_path();
  Driver driver;
  driver.settle();
  const session::Scene before = driver.scene();
  const std::size_t notices = driver.front().window().notices().size();
  driver.front().open({folder});
  driver.front().open({folder / "gradflow_nowhere.json"});
  driver.front().open(std::vector<std::filesystem::path>(7, folder / "gradflow_nowhere.json"));
  driver.settle();
  EXPECT_EQ(driver.scene(), before);
  EXPECT_EQ(driver.front().window().notices().size(), notices + 3);
  EXPECT_TRUE(driver.has("header.notice"));
}

TEST(Window, NothingIsLeftInMidMotionWhenTheWindowFallsAsleep) {
  std::atomic<bool> open = true;
  Stage stage;
  stage.measure = [&open]() -> session::Measure {
    return [&open, measure = session::pass_measure()](const StackSpec& spec, const std::stop_token& stop) {
      while (!open && !stop.stop_requested()) std::this_thread::yield();
      return measure(spec, stop);
    };
  };
  Driver driver(stage);
  driver.settle();
  open = false;
  driver.drag("depth.slider", 12, 48);
  driver.frames(30);  // all that is stale is dimmed by now
  open = true;
  driver.rest_as_on_the_desktop();
  const platform::Image asleep = driver.pixels();
  driver.frames(60);
  EXPECT_EQ(difference(asleep, driver.pixels()), 0U);
}

TEST(Window, AtRestItAsksForNoFrames) {
  Driver driver;
  driver.settle();
  driver.frames(3);
  EXPECT_FALSE(driver.front().wants_frames());
  driver.drag("depth.slider", 12, 30);
  driver.settle();
  EXPECT_FALSE(driver.front().wants_frames());
}

}  // namespace
}  // namespace gradflow::testing
