#include "app/ui/plot_view.h"

#include <gtest/gtest.h>

namespace gradflow::ui {
namespace {

constexpr float kFrame = 1.0F / 60.0F;
const PlotView::Axes kSmall{{0, 11}, {-2, 0}};
const PlotView::Axes kLarge{{0, 95}, {-4, 0}};

PlotView view_of(const PlotView::Axes& axes) {
  PlotView view;
  view.follow(axes, Hand::free, kFrame, Motion::full);
  return view;
}

TEST(PlotView, StartsOnTheData) { EXPECT_EQ(view_of(kSmall).axes(), kSmall); }

TEST(PlotView, GrowsAtOnceEvenWhileTheHandIsBusy) {
  PlotView view = view_of(kSmall);
  view.follow(kLarge, Hand::busy, kFrame, Motion::full);
  EXPECT_EQ(view.axes(), kLarge);
}

TEST(PlotView, ShrinksOnlyWhenTheHandIsFree) {
  PlotView view = view_of(kLarge);
  for (int i = 0; i < 100; ++i) view.follow(kSmall, Hand::busy, kFrame, Motion::full);
  EXPECT_EQ(view.axes(), kLarge);
  EXPECT_FALSE(view.moving());
  view.follow(kSmall, Hand::free, kFrame, Motion::full);
  EXPECT_TRUE(view.moving());
  EXPECT_LT(view.axes().x.max, kLarge.x.max);
  EXPECT_GT(view.axes().x.max, kSmall.x.max);
  for (int i = 0; i < 10; ++i) view.follow(kSmall, Hand::free, kFrame, Motion::full);
  EXPECT_EQ(view.axes(), kSmall);
  view.follow(kSmall, Hand::free, kFrame, Motion::full);
  EXPECT_FALSE(view.moving());
}

TEST(PlotView, ShrinksWithoutMotionWhereMotionIsReduced) {
  PlotView view = view_of(kLarge);
  view.follow(kSmall, Hand::free, kFrame, Motion::reduced);
  EXPECT_EQ(view.axes(), kSmall);
  EXPECT_FALSE(view.moving());
}

TEST(PlotView, KeepsAllDataInSightWhileItSettles) {
  PlotView view = view_of({{0, 95}, {-9, 3}});
  const PlotView::Axes goal{{0, 40}, {-2, 0}};
  for (int i = 0; i < 30; ++i) {
    view.follow(goal, Hand::free, kFrame, Motion::full);
    EXPECT_LE(view.axes().y.min, goal.y.min);
    EXPECT_GE(view.axes().y.max, goal.y.max);
  }
}

TEST(PlotView, ZoomKeepsThePointUnderTheMouse) {
  PlotView view = view_of(kLarge);
  const double x = view.axes().x.at(0.25);
  const double y = view.axes().y.at(0.75);
  view.zoom(0.25, 0.75, 0.5);
  EXPECT_NEAR(view.axes().x.at(0.25), x, 1e-9);
  EXPECT_NEAR(view.axes().y.at(0.75), y, 1e-9);
  EXPECT_NEAR(view.axes().x.length(), kLarge.x.length() / 2, 1e-9);
}

TEST(PlotView, KeepsAViewChosenByHandUntilItFitsAgain) {
  PlotView view = view_of(kLarge);
  view.pan(0.5, 0);
  const PlotView::Axes panned = view.axes();
  EXPECT_DOUBLE_EQ(panned.x.min, -47.5);
  view.follow(kSmall, Hand::free, kFrame, Motion::full);
  EXPECT_EQ(view.axes(), panned);
  EXPECT_TRUE(view.by_hand());
  view.fit();
  for (int i = 0; i < 20; ++i) view.follow(kSmall, Hand::free, kFrame, Motion::full);
  EXPECT_EQ(view.axes(), kSmall);
}

TEST(PlotView, NeverZoomsToNothing) {
  PlotView view = view_of(kLarge);
  for (int i = 0; i < 1000; ++i) view.zoom(0.5, 0.5, 0.5);
  EXPECT_GT(view.axes().x.length(), 0);
  for (int i = 0; i < 2000; ++i) view.zoom(0.5, 0.5, 2);
  EXPECT_LT(view.axes().x.length(), 1e6);
}

}  // namespace
}  // namespace gradflow::ui
