// The typefaces: Inter for words, with figures of fixed width so that numbers do not dance, DejaVu Sans for
// the signs that Inter lacks, and DejaVu Sans Mono for code; all from the system. Dear ImGui's built-in font
// stands in where one is missing.
#pragma once

#include <imgui.h>

#include <string>
#include <vector>

namespace gradflow::ui {

/// Candidates, the first that exists is taken.
struct FontPaths {
  std::vector<std::string> words{"/usr/share/fonts/opentype/inter/Inter-Regular.otf",
                                 "/usr/share/fonts/truetype/inter/Inter-Regular.ttf",
                                 "/usr/share/fonts/inter/Inter-Regular.ttf"};
  std::vector<std::string> titles{"/usr/share/fonts/opentype/inter/Inter-SemiBold.otf",
                                  "/usr/share/fonts/truetype/inter/Inter-SemiBold.ttf",
                                  "/usr/share/fonts/inter/Inter-SemiBold.ttf"};
  std::vector<std::string> signs{"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                                 "/usr/share/fonts/dejavu/DejaVuSans.ttf",
                                 "/usr/share/fonts/TTF/DejaVuSans.ttf"};
  std::vector<std::string> code{"/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
                                "/usr/share/fonts/dejavu/DejaVuSansMono.ttf",
                                "/usr/share/fonts/TTF/DejaVuSansMono.ttf"};
  std::vector<std::string> slanted{"/usr/share/fonts/opentype/inter/Inter-Italic.otf",
                                   "/usr/share/fonts/truetype/inter/Inter-Italic.ttf",
                                   "/usr/share/fonts/inter/Inter-Italic.ttf"};
};

/// A typeface at a size: `size` is the height of a line in pixels.
struct Font {
  ImFont* face = nullptr;
  float size = 0;
};

struct Fonts {
  Font small, text, title;
  Font code;  // all letters of one width
  // Within running text; of sizes of their own only with Prose::loaded.
  Font strong = {}, emphasis = {}, mono = {};
};

/// Whether lessons are read: their typefaces take half as long again to make.
enum class Prose : unsigned char { left_out, loaded };

/// For what is drawn `factor` times as large: in each place the largest of these sizes that still fits it, so
/// that letters stay sharp; only below the smallest one they are scaled.
Fonts enlarged(const Fonts& fonts, float factor);

struct LoadedFonts {
  Fonts fonts;
  std::vector<std::string> notices;  // one sentence a missing typeface
};

/// Empties the atlas and fills it for this scale. Takes 20 to 130 ms: never within a frame. Files are looked
/// for before they are opened, since Dear ImGui aborts on a missing one.
LoadedFonts load_fonts(ImFontAtlas* atlas, float scale, const FontPaths& paths,
                       Prose prose = Prose::left_out);

}  // namespace gradflow::ui
