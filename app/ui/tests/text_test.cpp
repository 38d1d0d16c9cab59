#include <gtest/gtest.h>

#include "app/ui/header_bar.h"
#include "app/ui/theme.h"
#include "app/ui/ui.h"

namespace gradflow::ui {
namespace {

float one_a_byte(const void*, std::string_view text) { return static_cast<float>(text.size()); }

TEST(Ellipsized, CutsBetweenWholeCharacters) {
  EXPECT_EQ(ellipsized("abcdefgh", 7, one_a_byte, nullptr), "abcd…");
  EXPECT_EQ(ellipsized("a∂b∂", 7, one_a_byte, nullptr), "a∂…");
  EXPECT_EQ(ellipsized("a∂b∂", 6, one_a_byte, nullptr), "a…");
  EXPECT_EQ(ellipsized("abc", 0, one_a_byte, nullptr), "…");
}

TEST(StatusWords, ShowMillisecondsWithOneDecimalOrNone) {
  StackReport report;
  report.milliseconds = 8.04;
  const std::vector<std::shared_ptr<const StackReport>> answers{std::make_shared<const StackReport>(report),
                                                                std::make_shared<const StackReport>(report)};
  EXPECT_EQ(status_words(answers, false, Timing::shown), "A 8.0  B 8.0 ms  ·  live  ·  f32");
  EXPECT_EQ(status_words(answers, true, Timing::hidden), "measuring  ·  f32");
}

TEST(Theme, TextMeetsWcagAaOnEveryGround) {
  for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
    const Theme& theme = theme_of(kind);
    for (const ImU32 ground : {theme.ground, theme.panel, theme.control}) {
      EXPECT_GE(contrast(theme.text, ground), 4.5F);
      EXPECT_GE(contrast(theme.secondary, ground), 4.5F);
    }
    for (const ImU32 sign : {theme.good, theme.caution, theme.bad})
      EXPECT_GE(contrast(sign, theme.ground), 4.5F);
    for (std::size_t stack = 0; stack < figure::kStackStyles.size(); ++stack) {
      EXPECT_GE(contrast(theme.on_stack(stack), theme.stack(stack)), 4.5F) << stack;
      EXPECT_GE(contrast(theme.stack(stack), theme.ground), 3.0F) << stack;
    }
  }
}

TEST(Mix, RunsFromOneColourToTheOther) {
  EXPECT_EQ(mix(IM_COL32(0, 0, 0, 255), IM_COL32(200, 100, 50, 255), 0), IM_COL32(0, 0, 0, 255));
  EXPECT_EQ(mix(IM_COL32(0, 0, 0, 255), IM_COL32(200, 100, 50, 255), 1), IM_COL32(200, 100, 50, 255));
  EXPECT_EQ(mix(IM_COL32(0, 0, 0, 255), IM_COL32(200, 100, 50, 255), 0.5F), IM_COL32(100, 50, 25, 255));
}

TEST(Zoom, StaysWithinItsEnds) {
  Look look;
  for (int i = 0; i < 100; ++i) zoom_in(&look);
  EXPECT_LE(look.zoom, 2.5F);
  for (int i = 0; i < 100; ++i) zoom_out(&look);
  EXPECT_GE(look.zoom, 0.5F);
}

}  // namespace
}  // namespace gradflow::ui
