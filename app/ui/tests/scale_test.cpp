#include "app/ui/scale.h"

#include <gtest/gtest.h>

namespace gradflow::ui {
namespace {

TEST(DrawnScale, IsTheMonitorsWhereThereIsRoom) {
  EXPECT_FLOAT_EQ(drawn_scale(1, 1, Layout::full, 1280, 800), 1);
  EXPECT_FLOAT_EQ(drawn_scale(1, 1, Layout::full, 1920, 1080), 1);
  EXPECT_FLOAT_EQ(drawn_scale(2, 1, Layout::full, 2560, 1600), 2);
  EXPECT_FLOAT_EQ(drawn_scale(1, 1.1F, Layout::full, 1280, 800), 1.1F);
  EXPECT_FLOAT_EQ(drawn_scale(1, 1, Layout::presenter, 1280, 800), 1.4F);
}

TEST(DrawnScale, IsTheWantedOneBeforeTheSizeIsKnown) {
  EXPECT_FLOAT_EQ(drawn_scale(2, 1.5F, Layout::full, 0, 0), 3);
}

TEST(DrawnScale, ShrinksToWhatASmallWindowHolds) {
  EXPECT_FLOAT_EQ(drawn_scale(2, 1, Layout::full, 900, 600), 1.125F);
  EXPECT_GE(drawn_scale(2, 1, Layout::full, 1, 1), 0.5F);
}

TEST(DrawnScale, GrowsOnAWall) {
  EXPECT_FLOAT_EQ(drawn_scale(1, 1, Layout::full, 3840, 2160), 1.5F);
  EXPECT_FLOAT_EQ(drawn_scale(2, 1, Layout::full, 3840, 2160), 2);
}

}  // namespace
}  // namespace gradflow::ui
