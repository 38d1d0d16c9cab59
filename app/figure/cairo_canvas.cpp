#include "app/figure/cairo_canvas.h"
#include "core/spec/text.h"

#include <cairo-pdf.h>

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace gradflow::figure {
namespace {

cairo_status_t append(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void check_status(cairo_status_t status) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  throw std::runtime_error(tr("the figure cannot be drawn: {0}", {cairo_status_to_string(status)}));
}

}  // namespace

CairoCanvas::CairoCanvas(const std::function<cairo_surface_t*(std::string*)>& make, Typeface* typeface)
    : surface_(make(&bytes_)), context_(cairo_create(surface_.get())), typeface_(typeface) {
  cairo_set_line_join(context(), CAIRO_LINE_JOIN_ROUND);
}

void CairoCanvas::check() const {
  check_status(cairo_status(context_.get()));
  check_status(cairo_surface_status(surface_.get()));
}

void CairoCanvas::ink(Rgb color, double opacity) {
  cairo_set_source_rgba(context(), color.r / 255.0, color.g / 255.0, color.b / 255.0, opacity);
}

void CairoCanvas::path(std::span<const PagePoint> points) {
  cairo_new_path(context());
  for (const PagePoint& point : points) cairo_line_to(context(), point.x, point.y);
}

void CairoCanvas::line(std::span<const PagePoint> points, const Pen& pen) {
  ink(pen.color);
  path(points);
  cairo_set_line_width(context(), pen.width);
  cairo_set_line_cap(context(), pen.dashes.empty() ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_dash(context(), pen.dashes.data(), static_cast<int>(pen.dashes.size()), 0);
  cairo_stroke(context());
}

void CairoCanvas::polygon(std::span<const PagePoint> corners, const Fill& fill) {
  ink(fill.color, fill.opacity);
  path(corners);
  cairo_close_path(context());
  cairo_fill(context());
}

void CairoCanvas::circle(PagePoint center, double radius, Rgb color) {
  ink(color);
  cairo_new_path(context());
  cairo_arc(context(), center.x, center.y, radius, 0, 2 * std::numbers::pi);
  cairo_fill(context());
}

void CairoCanvas::text(PagePoint at, std::string_view words, const TextStyle& style) {
  ink(style.color);
  cairo_save(context());
  cairo_translate(context(), at.x, at.y);
  if (style.direction == Direction::upwards) cairo_rotate(context(), -std::numbers::pi / 2);
  const double width = typeface_->width(words, style.size);
  const double before = style.anchor == Anchor::start    ? 0
                        : style.anchor == Anchor::middle ? width / 2
                                                         : width;
  cairo_move_to(context(), -before, 0);
  typeface_->show(context(), words, style.size);
  cairo_restore(context());
}

PdfCanvas::PdfCanvas(double width, double height, const std::string& title, Typeface* typeface)
    : CairoCanvas(
          [=](std::string* bytes) {
            return cairo_pdf_surface_create_for_stream(append, bytes, width, height);
          },
          typeface) {
  cairo_pdf_surface_restrict_to_version(surface(), CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata(surface(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(surface(), CAIRO_PDF_METADATA_CREATOR, "gradflow");
  cairo_pdf_surface_set_metadata(surface(), CAIRO_PDF_METADATA_CREATE_DATE, nullptr);  // else now
}

std::string PdfCanvas::take() {
  check();
  cairo_surface_finish(surface());
  check_status(cairo_surface_status(surface()));
  return std::move(bytes_);
}

PngCanvas::PngCanvas(double width, double height, double pixels_per_point, Typeface* typeface)
    : CairoCanvas(
          [=](std::string*) {
            const auto pixels = [=](double length) {
              return static_cast<int>(std::ceil(length * pixels_per_point));
            };
            return cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels(width), pixels(height));
          },
          typeface) {
  cairo_set_source_rgb(context(), 1, 1, 1);
  cairo_paint(context());  // also what the last row and column have beyond the page
  cairo_scale(context(), pixels_per_point, pixels_per_point);
}

std::string PngCanvas::take() {
  check();
  check_status(cairo_surface_write_to_png_stream(surface(), append, &bytes_));
  return std::move(bytes_);
}

}  // namespace gradflow::figure
