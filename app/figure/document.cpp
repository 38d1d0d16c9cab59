#include "app/figure/document.h"

#include <cairo-pdf.h>

#include <cstdio>

#include "app/figure/cairo_canvas.h"

namespace gradflow::figure {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

/// A string as Cairo's tags have it.
std::string quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char byte : text) {
    if (byte == '\'' || byte == '\\') quoted += '\\';
    quoted += byte;
  }
  return quoted + "'";
}

std::string attributes_of(const PageBox& area) {
  return "rect=[" + number(area.x) + " " + number(area.y) + " " + number(area.width) + " " +
         number(area.height) + "] ";
}

std::string attributes_of(const Place& place) {
  return "page=" + std::to_string(place.page) + " pos=[" + number(place.at.x) + " " + number(place.at.y) +
         "]";
}

}  // namespace

class PdfDocument::Sheets : public PdfCanvas {
 public:
  using PdfCanvas::PdfCanvas;

  void show(PagePoint at, std::string_view words, const TextLook& look, Typeface* typeface) {
    cairo_set_source_rgb(context(), look.color.r / 255.0, look.color.g / 255.0, look.color.b / 255.0);
    cairo_move_to(context(), at.x, at.y);
    typeface->show(context(), words, look.size);
  }

  void place(const Inset& inset, PagePoint corner) {
    cairo_save(context());
    cairo_translate(context(), corner.x, corner.y);
    cairo_scale(context(), inset.scale(), inset.scale());
    inset.draw(this);
    cairo_restore(context());
  }

  void link(const std::string& attributes) {
    cairo_tag_begin(context(), CAIRO_TAG_LINK, attributes.c_str());
    cairo_tag_end(context(), CAIRO_TAG_LINK);
  }

  void add_to_outline(const std::string& title, const Place& to) {
    cairo_pdf_surface_add_outline(surface(), CAIRO_PDF_OUTLINE_ROOT, title.c_str(), attributes_of(to).c_str(),
                                  CAIRO_PDF_OUTLINE_FLAG_OPEN);
  }

  void end_page() { cairo_show_page(context()); }
};

PdfDocument::PdfDocument(const PaperSize& size, const std::string& title, Faces* faces)
    : faces_(faces),
      sheets_(std::make_unique<Sheets>(size.width, size.height, title, faces->of(Letters::regular))) {}

PdfDocument::~PdfDocument() = default;

Canvas& PdfDocument::canvas() { return *sheets_; }

void PdfDocument::text(PagePoint at, std::string_view words, const TextLook& look) {
  sheets_->show(at, words, look, faces_->of(look.letters));
}

void PdfDocument::place(const Inset& inset, PagePoint corner) { sheets_->place(inset, corner); }

void PdfDocument::link(const PageBox& area, std::string_view uri) {
  sheets_->link(attributes_of(area) + "uri=" + quoted(uri));
}

void PdfDocument::link(const PageBox& area, const Place& to) {
  sheets_->link(attributes_of(area) + attributes_of(to));
}

void PdfDocument::add_to_outline(const std::string& title, const Place& to) {
  sheets_->add_to_outline(title, to);
}

void PdfDocument::end_page() { sheets_->end_page(); }

std::string PdfDocument::take() { return sheets_->take(); }

}  // namespace gradflow::figure
