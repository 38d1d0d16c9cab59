#include "app/figure/typeface.h"

#include <array>
#include <string>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
/// Fontconfig refers to parts of its patterns by offsets, which the leak checker does not follow; how many
/// there are does not depend on how much is drawn.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
#endif
#endif

namespace gradflow::figure {
namespace {

constexpr std::array kFamilies{"Inter", "DejaVu Sans", "sans-serif"};
constexpr std::array kCodeFamilies{"DejaVu Sans Mono", "monospace", "sans-serif"};
constexpr double kMeasured = 100;  // size that is measured at

/// The character at the start of well-formed UTF-8.
std::string_view first_character(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
  return text.substr(0, length);
}

bool has_glyph(cairo_scaled_font_t* font, std::string_view character) {
  cairo_glyph_t* glyphs = nullptr;
  int count = 0;
  const cairo_status_t status =
      cairo_scaled_font_text_to_glyphs(font, 0, 0, character.data(), static_cast<int>(character.size()),
                                       &glyphs, &count, nullptr, nullptr, nullptr);
  const bool has = status == CAIRO_STATUS_SUCCESS && count > 0 && glyphs[0].index != 0;
  cairo_glyph_free(glyphs);
  return has;
}

/// Calls fn(face, run) for the stretches of one face that the text falls into.
template <class FaceOf, class Fn>
void each_run(std::string_view text, FaceOf&& face_of, Fn&& fn) {
  while (!text.empty()) {
    std::size_t length = first_character(text).size();
    const std::size_t face = face_of(text.substr(0, length));
    while (length < text.size()) {
      const std::string_view next = first_character(text.substr(length));
      if (face_of(next) != face) break;
      length += next.size();
    }
    fn(face, std::string(text.substr(0, length)));
    text.remove_prefix(length);
  }
}

}  // namespace

Typeface::Typeface(Letters letters) : options_(cairo_font_options_create()) {
  cairo_font_options_set_hint_style(options_.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options_.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options_.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_matrix_t size, same;
  cairo_matrix_init_scale(&size, kMeasured, kMeasured);
  cairo_matrix_init_identity(&same);
  const bool slanted = letters == Letters::emphasis || letters == Letters::strong_emphasis;
  const bool heavy = letters == Letters::strong || letters == Letters::strong_emphasis;
  for (const char* family : letters == Letters::code ? kCodeFamilies : kFamilies) {
    Face face;
    face.face.reset(cairo_toy_font_face_create(family,
                                               slanted ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
                                               heavy ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL));
    face.font.reset(cairo_scaled_font_create(face.face.get(), &size, &same, options_.get()));
    faces_.push_back(std::move(face));
  }
}

std::size_t Typeface::face_of(std::string_view character) {
  if (const auto known = known_.find(character); known != known_.end()) return known->second;
  std::size_t face = 0;
  while (face < faces_.size() && !has_glyph(faces_[face].font.get(), character)) ++face;
  face %= faces_.size();  // nobody has it: the first face shows that something is missing
  known_.emplace(character, face);
  return face;
}

double Typeface::width(std::string_view text, double size) {
  double sum = 0;
  each_run(
      text, [this](std::string_view character) { return face_of(character); },
      [&](std::size_t face, const std::string& run) {
        cairo_text_extents_t extents;
        cairo_scaled_font_text_extents(faces_[face].font.get(), run.c_str(), &extents);
        sum += extents.x_advance;
      });
  return sum * size / kMeasured;
}

void Typeface::show(cairo_t* context, std::string_view text, double size) {
  cairo_set_font_options(context, options_.get());
  each_run(
      text, [this](std::string_view character) { return face_of(character); },
      [&](std::size_t face, const std::string& run) {
        cairo_set_font_face(context, faces_[face].face.get());
        cairo_set_font_size(context, size);
        cairo_show_text(context, run.c_str());
      });
}

}  // namespace gradflow::figure
