#include "app/figure/inset.h"

#include <utility>

#include "app/figure/sheet.h"

namespace gradflow::figure {

struct Inset::Laid {
  Page page;
  double scale;
  Typeface* typeface;
  Sheet sheet;
};

Inset::Inset(Page page, const Size& size, Faces* faces) {
  const SheetSize inner{size.width / size.scale, size.plot_height / size.scale, 0};
  Typeface* typeface = faces->of(Letters::regular);
  Sheet sheet = lay_out(page, inner, typeface);
  laid_ = std::make_shared<const Laid>(Laid{std::move(page), size.scale, typeface, std::move(sheet)});
}

double Inset::height() const { return laid_->sheet.height * laid_->scale; }

double Inset::scale() const { return laid_->scale; }

void Inset::draw(Canvas* canvas) const {
  gradflow::figure::draw(laid_->page, laid_->sheet, laid_->typeface, canvas);
}

}  // namespace gradflow::figure
