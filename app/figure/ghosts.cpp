#include "app/figure/ghosts.h"

#include <utility>

#include "app/figure/style.h"
#include "core/spec/text.h"
#include "core/spec/wiring_words.h"

namespace gradflow::figure {

void add_ghosts(Figure* figure, Figure pinned, std::span<const std::shared_ptr<const StackReport>> reports) {
  for (Curve& curve : pinned.curves) {
    const StackSpec& spec = reports[curve.stack]->spec;
    curve.pinned = true;
    curve.marks.clear();
    curve.name = wiring_words(spec) + ", L = " + std::to_string(spec.num_layers);
    curve.note = curve.name + (curve.note.empty() ? "" : ", ") + curve.note;
    figure->curves.push_back(std::move(curve));
  }
}

std::string label_of(const Curve& curve) {
  const std::string letter(1, stack_letter(curve.stack));
  return curve.pinned ? tr("{0} pinned:", {letter}) : letter;
}

}  // namespace gradflow::figure
