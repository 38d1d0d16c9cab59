#include "app/ui/legend.h"

#include <gtest/gtest.h>

namespace gradflow::ui {
namespace {

TEST(Legend, HidesThenIsolatesThenShowsAll) {
  Legend legend;
  EXPECT_FALSE(legend.hidden(0));
  legend.click(1);
  EXPECT_FALSE(legend.hidden(0));
  EXPECT_TRUE(legend.hidden(1));
  legend.click(1);
  EXPECT_TRUE(legend.hidden(0));
  EXPECT_FALSE(legend.hidden(1));
  legend.click(1);
  EXPECT_FALSE(legend.hidden(0));
  EXPECT_FALSE(legend.hidden(1));
}

TEST(Legend, IsolatesAnotherWhileOneIsAlone) {
  Legend legend;
  legend.click(0);
  legend.click(0);
  legend.click(2);
  EXPECT_TRUE(legend.hidden(0));
  EXPECT_TRUE(legend.hidden(1));
  EXPECT_FALSE(legend.hidden(2));
}

}  // namespace
}  // namespace gradflow::ui
