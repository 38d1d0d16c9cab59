#include "app/ui/focus.h"

#include <gtest/gtest.h>

namespace gradflow::ui {
namespace {

void frame(Focus* focus, const std::vector<std::string>& names) {
  focus->begin_frame();
  for (const std::string& name : names) focus->add(name);
}

TEST(Focus, WalksInTheOrderOfTheLastFrameAndAroundTheEnd) {
  Focus focus;
  frame(&focus, {"a", "b", "c"});
  focus.begin_frame();
  focus.move(1);
  EXPECT_TRUE(focus.shows("a"));
  focus.move(1);
  focus.move(1);
  EXPECT_TRUE(focus.shows("c"));
  focus.move(1);
  EXPECT_TRUE(focus.shows("a"));
  focus.move(-1);
  EXPECT_TRUE(focus.shows("c"));
}

TEST(Focus, StartsAtTheFrontWhenItsControlIsGone) {
  Focus focus;
  frame(&focus, {"a", "gone"});
  focus.begin_frame();
  focus.move(-1);
  EXPECT_TRUE(focus.shows("gone"));
  frame(&focus, {"a", "b"});
  focus.begin_frame();
  focus.move(1);
  EXPECT_TRUE(focus.shows("a"));
}

TEST(Focus, ShowsNoRingAfterAClickButGoesOnFromThere) {
  Focus focus;
  frame(&focus, {"a", "b", "c"});
  focus.begin_frame();
  focus.set("b", false);
  EXPECT_FALSE(focus.shows("b"));
  focus.move(1);
  EXPECT_TRUE(focus.shows("c"));
  EXPECT_TRUE(focus.arrived("c"));
}

TEST(Focus, GoesOnFromWhereItWasHidden) {
  Focus focus;
  frame(&focus, {"a", "b", "c"});
  focus.begin_frame();
  focus.move(1);
  focus.hide();
  EXPECT_FALSE(focus.visible());
  focus.move(1);
  EXPECT_TRUE(focus.shows("b"));
}

TEST(Focus, SurvivesAWindowWithoutControls) {
  Focus focus;
  focus.begin_frame();
  focus.move(1);
  EXPECT_FALSE(focus.visible());
}

}  // namespace
}  // namespace gradflow::ui
