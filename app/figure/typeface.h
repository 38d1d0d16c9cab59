// Text as Cairo sets it: Inter where it is installed, and for the characters that it lacks DejaVu Sans or
// whatever the system has; code in DejaVu Sans Mono.
#pragma once

#include <cairo.h>

#include <cstddef>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "app/figure/faces.h"

namespace gradflow::figure {

class Typeface {
 public:
  explicit Typeface(Letters letters = Letters::regular);

  /// In the unit of `size`; the same on every canvas, for nothing is fitted to pixels.
  double width(std::string_view text, double size);

  /// Puts the text at the current point, which goes on behind it.
  void show(cairo_t* context, std::string_view text, double size);

 private:
  struct FreeFace {
    void operator()(cairo_font_face_t* face) const { cairo_font_face_destroy(face); }
  };
  struct FreeFont {
    void operator()(cairo_scaled_font_t* font) const { cairo_scaled_font_destroy(font); }
  };
  struct FreeOptions {
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  };
  struct Face {
    std::unique_ptr<cairo_font_face_t, FreeFace> face;
    std::unique_ptr<cairo_scaled_font_t, FreeFont> font;  // to measure with
  };

  std::size_t face_of(std::string_view character);

  std::unique_ptr<cairo_font_options_t, FreeOptions> options_;
  std::vector<Face> faces_;
  std::map<std::string, std::size_t, std::less<>> known_;  // by character
};

}  // namespace gradflow::figure
