#include "app/ui/fonts.h"

#include <gtest/gtest.h>

#include <cfloat>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace gradflow::ui {
namespace {

float width(const Font& font, const std::string& text) {
  return font.face->CalcTextSizeA(font.size, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

TEST(Fonts, GiveAllFiguresOneWidth) {
  ImFontAtlas atlas;
  const LoadedFonts loaded = load_fonts(&atlas, 1, FontPaths());
  ASSERT_TRUE(loaded.notices.empty()) << loaded.notices.front();
  for (const Font& font : {loaded.fonts.small, loaded.fonts.text, loaded.fonts.title}) {
    for (const char* figure : {"1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
      EXPECT_FLOAT_EQ(width(font, figure), width(font, "0"));
    }
  }
}

TEST(Fonts, HaveEverySignThatTheWindowAndTheVerdictsUse) {
  ImFontAtlas atlas;
  const Font font = load_fonts(&atlas, 1, FontPaths()).fonts.text;
  for (const int sign : {0x2202, 0x221A, 0x3B3,  0x3B2,  0x3B5,  0x3B1,  0x3B8,  0x2016, 0x2713, 0x2717,
                         0xD7,   0x2192, 0x2190, 0x2191, 0x2193, 0x2264, 0x221E, 0xB7,   0x2070, 0xB9,
                         0xB2,   0xB3,   0x2074, 0x2079, 0x207B, 0x2081, 0x2082, 0x2013, 0x2026, 0x2218}) {
    EXPECT_NE(font.face->FindGlyphNoFallback(static_cast<ImWchar>(sign)), nullptr) << std::hex << sign;
  }
}

TEST(Fonts, ScaleWithTheScreen) {
  ImFontAtlas atlas;
  const float single = load_fonts(&atlas, 1, FontPaths()).fonts.text.size;
  EXPECT_NEAR(load_fonts(&atlas, 2, FontPaths()).fonts.text.size, 2 * single, 1.5F);
}

TEST(Fonts, FallBackToTheBuiltInOneAndSaySo) {
  ImFontAtlas atlas;
  const FontPaths nowhere{{"/nowhere/Inter.otf"}, {}, {"/nowhere/DejaVu.ttf"}};
  const LoadedFonts loaded = load_fonts(&atlas, 1, nowhere);
  ASSERT_EQ(loaded.notices.size(), 2U);
  EXPECT_NE(loaded.notices[0].find("/nowhere/Inter.otf"), std::string::npos);
  EXPECT_NE(loaded.notices[1].find("fonts-dejavu-core"), std::string::npos);
  EXPECT_GT(width(loaded.fonts.text, "words"), 0);
}

TEST(Fonts, TakeNoFileThatIsNoTypeface) {
  const std::string path = std::filesystem::temp_directory_path() / "gradflow_no_typeface.ttf";
  std::ofstream(path) << "this is no typeface";
  ImFontAtlas atlas;
  EXPECT_EQ(load_fonts(&atlas, 1, {{path}, {path}, {path}}).notices.size(), 2U);
  std::remove(path.c_str());
}

}  // namespace
}  // namespace gradflow::ui
