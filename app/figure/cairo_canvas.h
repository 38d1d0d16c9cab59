// PDF and PNG through Cairo.
#pragma once

#include <cairo.h>

#include <functional>
#include <memory>
#include <string>

#include "app/figure/canvas.h"
#include "app/figure/typeface.h"

namespace gradflow::figure {

class CairoCanvas : public Canvas {
 public:
  void line(std::span<const PagePoint> points, const Pen& pen) override;
  void polygon(std::span<const PagePoint> corners, const Fill& fill) override;
  void circle(PagePoint center, double radius, Rgb color) override;
  void text(PagePoint at, std::string_view words, const TextStyle& style) override;

 protected:
  struct FreeSurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  };
  struct FreeContext {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
  };
  /// `make` creates the surface, which may write to the bytes.
  CairoCanvas(const std::function<cairo_surface_t*(std::string* bytes)>& make, Typeface* typeface);
  cairo_surface_t* surface() { return surface_.get(); }
  cairo_t* context() { return context_.get(); }
  /// Throws std::runtime_error where Cairo could not do something.
  void check() const;

  std::string bytes_;  // outlives the surface

 private:
  void path(std::span<const PagePoint> points);
  void ink(Rgb color, double opacity = 1);
  std::unique_ptr<cairo_surface_t, FreeSurface> surface_;
  std::unique_ptr<cairo_t, FreeContext> context_;
  Typeface* typeface_;
};

/// A page of PDF 1.4 with nothing in it that differs from run to run.
class PdfCanvas : public CairoCanvas {
 public:
  PdfCanvas(double width, double height, const std::string& title, Typeface* typeface);
  std::string take();
};

class PngCanvas : public CairoCanvas {
 public:
  PngCanvas(double width, double height, double pixels_per_point, Typeface* typeface);
  std::string take();
};

}  // namespace gradflow::figure
