#include "app/ui/landmarks.h"

#include <gtest/gtest.h>

namespace gradflow::ui {
namespace {

TEST(Landmarks, ForgetWhatTheLastFrameDidNotDraw) {
  Landmarks landmarks;
  landmarks.begin_frame();
  landmarks.set("a", {{1, 2, 3, 4}});
  landmarks.set("b", {{5, 6, 7, 8}});
  ASSERT_NE(landmarks.find("a"), nullptr);
  EXPECT_EQ(landmarks.find("a")->rect, (Rect{1, 2, 3, 4}));
  landmarks.begin_frame();
  landmarks.set("b", {{5, 6, 7, 8}});
  EXPECT_EQ(landmarks.find("a"), nullptr);
  EXPECT_EQ(landmarks.names(), std::vector<std::string>{"b"});
}

TEST(Track, MapsBothWays) {
  const Track track{1, 128, 100, 354};
  EXPECT_FLOAT_EQ(track.x_of(1), 100);
  EXPECT_FLOAT_EQ(track.x_of(128), 354);
  for (const double depth : {1.0, 12.0, 48.0, 127.0})
    EXPECT_NEAR(track.value_of(track.x_of(depth)), depth, 1e-3);
}

TEST(Track, WithoutLengthGivesItsStart) {
  const Track track{3, 3, 10, 10};
  EXPECT_FLOAT_EQ(track.x_of(7), 10);
  EXPECT_EQ(track.value_of(99), 3);
}

}  // namespace
}  // namespace gradflow::ui
