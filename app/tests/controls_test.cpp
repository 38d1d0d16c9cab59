// Every control of every view, by mouse and by keyboard alone: Tab comes by it, and what a press does is what
// a click does. Sliders are dragged in the one case and moved by the arrow keys in the other.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "app/tests/driver.h"
#include "app/tests/small_stack.h"

namespace gradflow::testing {
namespace {

/// Two stacks that are measured at once, in a window that shows most of its controls.
Stage stage_of(session::View view) {
  Stage stage{.width = 1400, .height = 1500};
  stage.scene.view = view;
  for (StackSpec& stack : stage.scene.stacks) {
    const StackSpec small = small_stack(3);
    stack.num_layers = small.num_layers;
    stack.d_model = small.d_model;
    stack.num_heads = small.num_heads;
    stack.d_ff = small.d_ff;
    stack.sequence_length = small.sequence_length;
    stack.batch_size = small.batch_size;
  }
  stage.scene.race.num_layers = 3;
  stage.scene.race.training.steps = 5;
  stage.scene.race.training.warmup = 2;
  return stage;
}

/// With every section unfolded, and a race that has been run.
class Opened {
 public:
  explicit Opened(session::View view) : driver_(stage_of(view)) {
    driver_.settle();
    for (const char* fold : {"toy", "settings", "race.more", "block.code"}) {
      if (driver_.has(fold)) driver_.click(fold);
    }
    if (view == session::View::training) driver_.click("race.start");
    driver_.key(ui::Key::escape);
    driver_.move_away();
    driver_.settle();
  }
  Driver& driver() { return driver_; }

  std::vector<std::string> names() {
    std::vector<std::string> names;
    for (const std::string& name : driver_.front().window().landmarks().names()) names.push_back(name);
    std::sort(names.begin(), names.end());
    return names;
  }

  void come_to_rest() {
    driver_.frames(3);
    driver_.move_away();
    driver_.settle();
  }

 private:
  Driver driver_;
};

/// What Tab comes by until it is where it began.
std::vector<std::string> tab_stops(Driver& driver) {
  constexpr int kMost = 400;
  std::vector<std::string> stops;
  for (int i = 0; i < kMost; ++i) {
    driver.key(ui::Key::tab);
    const std::string focus(driver.front().window().focused());
    if (!stops.empty() && focus == stops.front()) return stops;
    stops.push_back(focus);
  }
  ADD_FAILURE() << "Tab does not come round";
  return stops;
}

/// What a window shows after something was done to it; one window lives at a time.
struct Outcome {
  session::Scene scene;
  std::vector<std::string> names;
  platform::Image before, after;
  bool changed(const session::Scene& from) const { return scene != from || difference(before, after) > 0; }
};

template <class Fn>
Outcome outcome_of(session::View view, Fn act) {
  Opened opened(view);
  Outcome outcome;
  outcome.before = act(opened.driver());
  opened.come_to_rest();
  outcome.scene = opened.driver().scene();
  outcome.names = opened.names();
  outcome.after = opened.driver().pixels();
  return outcome;
}

void expect_the_same(session::View view, const std::string& name) {
  const Outcome mouse = outcome_of(view, [&](Driver& driver) {
    driver.click(name);
    return platform::Image();
  });
  const Outcome keyboard = outcome_of(view, [&](Driver& driver) {
    driver.tab_to(name);
    driver.key(ui::Key::enter);
    return platform::Image();
  });
  EXPECT_TRUE(mouse.scene == keyboard.scene) << named(view).key << ": " << name;
  EXPECT_EQ(mouse.names, keyboard.names) << named(view).key << ": " << name;
}

/// Both ways move the value, or on a plot what is read out.
void expect_a_slider(session::View view, const std::string& name) {
  session::Scene scene;
  const Outcome mouse = outcome_of(view, [&](Driver& driver) {
    scene = driver.scene();
    const platform::Image before = driver.pixels();
    const ui::Track track = *driver.landmark(name).x;
    driver.drag(name, track.value0, (track.value0 + track.value1) / 2);
    return before;
  });
  EXPECT_TRUE(mouse.changed(scene)) << named(view).key << ": " << name;
  const Outcome keyboard = outcome_of(view, [&](Driver& driver) {
    driver.tab_to(name);
    platform::Image reached = driver.pixels();
    for (const ui::Key key : {ui::Key::left, ui::Key::right, ui::Key::home}) driver.key(key);
    return reached;
  });
  EXPECT_TRUE(keyboard.changed(scene)) << named(view).key << ": " << name;
}

/// Its control, and whether its value lies along a track.
struct Stop {
  std::string name;
  bool slider = false;
};
std::vector<Stop> stops_of(session::View view) {
  Opened opened(view);
  std::vector<Stop> stops;
  for (std::string& name : tab_stops(opened.driver())) {
    const bool slider = opened.driver().landmark(name).x.has_value();
    stops.push_back({std::move(name), slider});
  }
  return stops;
}

class EveryControl : public ::testing::TestWithParam<session::View> {};

TEST_P(EveryControl, DoesByKeyboardWhatItDoesByMouse) {
  const session::View view = GetParam();
  std::set<std::string> elsewhere;  // driven in the first view, which has the same
  if (view != session::View::gradients) {
    for (const Stop& stop : stops_of(session::View::gradients)) elsewhere.insert(stop.name);
  }
  const std::vector<Stop> stops = stops_of(view);
  EXPECT_GT(stops.size(), 40U);
  for (const Stop& stop : stops) {
    if (elsewhere.contains(stop.name) && !stop.name.starts_with("plot.")) continue;
    if (!stop.slider && stop.name.ends_with(".area")) continue;  // read out cell by cell: HeatMap's own test
    if (stop.name == "input.text") continue;                     // Enter is a line of the text there
    if (stop.name == "depth.play") continue;  // runs on, to where it happens to be: DepthSlider's own test
    (stop.slider ? expect_a_slider : expect_the_same)(view, stop.name);
  }
}

INSTANTIATE_TEST_SUITE_P(Views, EveryControl,
                         ::testing::Values(session::View::gradients, session::View::depth_law,
                                           session::View::forward, session::View::heat_map,
                                           session::View::training, session::View::token),
                         [](const auto& view) {
                           std::string name(named(view.param).key);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace gradflow::testing
