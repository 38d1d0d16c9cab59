#include "app/figure/faces.h"

#include "app/figure/typeface.h"

namespace gradflow::figure {

Faces::Faces() {
  for (const Letters letters :
       {Letters::regular, Letters::emphasis, Letters::strong, Letters::strong_emphasis, Letters::code}) {
    faces_.push_back(std::make_unique<Typeface>(letters));
  }
}

Faces::~Faces() = default;

double Faces::width(std::string_view text, Letters letters, double size) {
  return of(letters)->width(text, size);
}

}  // namespace gradflow::figure
