// A figure as a part of a document's page: its plot, its legend and what has to be said about it.
#pragma once

#include <memory>

#include "app/figure/canvas.h"
#include "app/figure/faces.h"
#include "app/figure/page.h"

namespace gradflow::figure {

class Inset {
 public:
  /// `scale`: of letters and lines, against a figure that is a page of its own. The faces outlive this.
  struct Size {
    double width, plot_height, scale;
  };
  Inset(Page page, const Size& size, Faces* faces);

  double height() const;
  double scale() const;
  /// From the origin, before it is scaled.
  void draw(Canvas* canvas) const;

 private:
  struct Laid;
  std::shared_ptr<const Laid> laid_;
};

}  // namespace gradflow::figure
