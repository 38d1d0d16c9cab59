#include "app/ui/fonts.h"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

#include "app/ui/theme.h"
#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

// Dear ImGui measures a font by its line (ascent - descent), designers by the em: Inter's line is 1.21 em.
constexpr float kLinePerEm = 1.21F;
constexpr float kCodeLinePerEm = 1.164F;  // DejaVu Sans Mono's

// Pairs of first and last code point, ended by 0; the atlas keeps pointers to them.
constexpr std::array<ImWchar, 5> kAllButDigits{0x20, 0x2F, 0x3A, 0x24F, 0};
constexpr std::array<ImWchar, 3> kDigits{'0', '9', 0};
constexpr std::array<ImWchar, 5> kCode{0x20, 0x24F, 0x370, 0x4FF, 0};  // a comment has the stack's name
constexpr std::array<ImWchar, 13> kProseCode{0x20,   0x24F,  0x370,  0x4FF,  0x2010, 0x209F, 0x2100,
                                             0x218F, 0x2190, 0x22FF, 0x25A0, 0x25FF, 0};
constexpr std::array<ImWchar, 19> kSigns{0x250,  0x3FF,   // IPA, modifiers, Greek
                                         0x400,  0x4FF,   // Cyrillic: names and texts
                                         0x1D00, 0x1DBF,  // small capitals and modifier letters
                                         0x2010, 0x209F,  // dashes, ‖, primes, super- and subscripts
                                         0x2100, 0x218F,  // ℓ, ℝ, fractions
                                         0x2190, 0x22FF,  // arrows, ∂ √ ∞ ≤ ∘
                                         0x25A0, 0x25FF,  // ▶ ■ ●
                                         0x2600, 0x27BF,  // ✓ ✗
                                         0};

/// Whether the file starts as TrueType and OpenType do: Dear ImGui aborts on anything else.
bool is_typeface(const std::string& path) {
  constexpr std::array<std::string_view, 3> kStarts{std::string_view("\0\1\0\0", 4), "OTTO", "true"};
  std::array<char, 4> start{};
  std::ifstream(path, std::ios::binary).read(start.data(), start.size());
  const std::string_view bytes(start.data(), start.size());
  return std::find(kStarts.begin(), kStarts.end(), bytes) != kStarts.end();
}

std::optional<std::string> first_existing(const std::vector<std::string>& paths) {
  const auto place = std::find_if(paths.begin(), paths.end(), [](const std::string& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored) && is_typeface(path);
  });
  return place == paths.end() ? std::nullopt : std::optional(*place);
}

/// The widest figure of a typeface, as a fraction of its line.
float figure_width(const std::string& path) {
  constexpr float kSize = 64;
  ImFontAtlas probe;
  const ImFont* face = probe.AddFontFromFileTTF(path.c_str(), kSize, nullptr, kDigits.data());
  probe.Build();
  float widest = 0;
  for (char digit = '0'; digit <= '9'; ++digit) {
    widest = std::max(widest, face->CalcTextSizeA(kSize, FLT_MAX, 0, &digit, &digit + 1).x);
  }
  return widest / kSize;
}

struct Faces {
  std::optional<std::string> words, signs;
  float figure_width = 0;
};

Font add(ImFontAtlas* atlas, const Faces& faces, float em) {
  ImFontConfig config;
  Font font{nullptr, std::round(em * kLinePerEm)};
  config.SizePixels = font.size;
  if (faces.words) {
    font.face = atlas->AddFontFromFileTTF(faces.words->c_str(), font.size, &config, kAllButDigits.data());
    config.MergeMode = true;
    config.GlyphMinAdvanceX = config.GlyphMaxAdvanceX = std::round(faces.figure_width * font.size);
    atlas->AddFontFromFileTTF(faces.words->c_str(), font.size, &config, kDigits.data());
    config.GlyphMinAdvanceX = 0;
    config.GlyphMaxAdvanceX = ImFontConfig().GlyphMaxAdvanceX;
    atlas->AddFontFromFileTTF(faces.words->c_str(), font.size, &config, kSigns.data());
  } else {
    font.face = atlas->AddFontDefault(&config);
    config.MergeMode = true;
  }
  if (faces.signs) atlas->AddFontFromFileTTF(faces.signs->c_str(), font.size, &config, kSigns.data());
  return font;
}

Font add_code(ImFontAtlas* atlas, const std::optional<std::string>& face, float em, const ImWchar* signs) {
  ImFontConfig config;
  const float size = std::round(em * kCodeLinePerEm);
  config.SizePixels = size;
  if (!face) return {atlas->AddFontDefault(&config), size};
  return {atlas->AddFontFromFileTTF(face->c_str(), size, &config, signs), size};
}

std::string missing(std::string_view face, std::string_view package, const std::vector<std::string>& paths) {
  return tr("The font {0} was not found (looked for {1}); install the package {2}.",
            {face, paths.empty() ? tr("its places") : paths.front(), package});
}

}  // namespace

Fonts enlarged(const Fonts& fonts, float factor) {
  const auto best = [&](const Font& font) {
    Font chosen{font.face, std::min(font.size, font.size * factor)};
    for (const Font& other : {fonts.small, fonts.text, fonts.title}) {
      if (other.size > chosen.size && other.size <= font.size * factor) chosen = other;
    }
    return chosen;
  };
  return {best(fonts.small), best(fonts.text), best(fonts.title), fonts.code};
}

LoadedFonts load_fonts(ImFontAtlas* atlas, float scale, const FontPaths& paths, Prose prose) {
  LoadedFonts loaded;
  Faces plain{first_existing(paths.words), first_existing(paths.signs), 0};
  Faces heavy{first_existing(paths.titles), plain.signs, 0};
  if (!heavy.words) heavy.words = plain.words;
  if (!plain.words) loaded.notices.push_back(missing("Inter", "fonts-inter", paths.words));
  if (!plain.signs) loaded.notices.push_back(missing("DejaVu Sans", "fonts-dejavu-core", paths.signs));
  const auto code = first_existing(paths.code);
  if (!code) loaded.notices.push_back(missing("DejaVu Sans Mono", "fonts-dejavu-core", paths.code));
  if (plain.words) plain.figure_width = figure_width(*plain.words);
  if (heavy.words) heavy.figure_width = figure_width(*heavy.words);

  atlas->Clear();
  loaded.fonts.text = add(atlas, plain, Metrics::kText * scale);
  loaded.fonts.small = add(atlas, plain, Metrics::kSmallText * scale);
  loaded.fonts.title = add(atlas, heavy, Metrics::kTitleText * scale);
  loaded.fonts.code = add_code(atlas, code, Metrics::kCodeText * scale, kCode.data());
  Fonts& fonts = loaded.fonts;
  if (prose == Prose::loaded) {
    Faces slanted{first_existing(paths.slanted), plain.signs, plain.figure_width};
    if (!slanted.words) slanted.words = plain.words;
    fonts.strong = add(atlas, heavy, Metrics::kText * scale);
    fonts.emphasis = add(atlas, slanted, Metrics::kText * scale);
    fonts.mono = add_code(atlas, code, Metrics::kProseCode * scale, kProseCode.data());
  } else {
    fonts.strong = {fonts.title.face, fonts.text.size};
    fonts.emphasis = fonts.text;
    fonts.mono = fonts.code;
  }
  atlas->Build();
  return loaded;
}

}  // namespace gradflow::ui
