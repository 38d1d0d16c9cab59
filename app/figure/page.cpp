#include "app/figure/page.h"

#include <variant>

#include "app/figure/cairo_canvas.h"
#include "app/figure/sheet.h"
#include "app/figure/svg_canvas.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

std::string title_of(const Page& page) {
  if (const auto* map = std::get_if<HeatMap>(&page.drawing)) return map->value_label + ", " + map->x_label;
  if (std::holds_alternative<TokenTable>(page.drawing)) return std::string(tr("One token through a block"));
  const auto& figure = std::get<Figure>(page.drawing);
  return tr("{0} against {1}", {figure.y_label, figure.x_label});
}

template <class Sheets>
std::string made_of(const Page& page, Sheets&& canvas_of) {
  Typeface typeface;
  const Sheet sheet = lay_out(page, {}, &typeface);
  auto canvas = canvas_of(sheet.height, &typeface);
  draw(page, sheet, &typeface, &canvas);
  return canvas.take();
}

}  // namespace

std::string svg_of(const Page& page) {
  return made_of(
      page, [&](double height, Typeface*) { return SvgCanvas(SheetSize().width, height, title_of(page)); });
}

std::string pdf_of(const Page& page) {
  return made_of(page, [&](double height, Typeface* typeface) {
    return PdfCanvas(SheetSize().width, height, title_of(page), typeface);
  });
}

std::string png_of(const Page& page) {
  constexpr double kPixelsPerPoint = kDotsPerInch / 72.0;
  return made_of(page, [&](double height, Typeface* typeface) {
    return PngCanvas(SheetSize().width, height, kPixelsPerPoint, typeface);
  });
}

}  // namespace gradflow::figure
