#include "app/figure/band.h"

#include <string>

#include "core/analysis/band.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

/// How many seeds the band of this stack has; 0 where there is no band for what is drawn.
std::size_t seeds_of(const StackReport& pass, const StackReport* band) {
  if (band == nullptr || !band->error.empty() || !(band->spec == pass.spec)) return 0;
  const double seeds = band->scalar("seeds").value_or(0);
  return seeds > 1 ? static_cast<std::size_t>(seeds) : 0;
}

const Series* part(const StackReport& band, std::string_view which, std::string_view quantity) {
  return band.find(std::string(which) + std::string(quantity));
}

}  // namespace

void add_bands(Figure* figure, std::span<const std::shared_ptr<const StackReport>> passes,
               std::span<const std::shared_ptr<const StackReport>> bands, std::string_view quantity,
               std::size_t seeds) {
  if (seeds < 2) return;
  for (Curve& curve : figure->curves) {
    if (curve.stack >= passes.size() || curve.stack >= bands.size()) continue;
    const StackReport* pass = passes[curve.stack].get();
    if (pass == nullptr || pass->find(quantity) == nullptr) continue;  // several curves, of other quantities
    if (!has_drawn_weights(pass->spec)) continue;                      // which every seed would have
    const StackReport* band = bands[curve.stack].get();
    const std::size_t measured = seeds_of(*pass, band);
    const Series* mean = measured == 0 ? nullptr : part(*band, kBandMean, quantity);
    if (mean == nullptr || mean->values.size() != curve.x.size()) {
      curve.note = tr("1 of {0} seeds", {std::to_string(seeds)});
      continue;
    }
    curve.y = mean->values;
    curve.low = part(*band, kBandLow, quantity)->values;
    curve.high = part(*band, kBandHigh, quantity)->values;
    curve.note = measured < seeds ? tr("mean of {0} of {1} seeds, band 10–90 %",
                                       {std::to_string(measured), std::to_string(seeds)})
                                  : tr("mean of {0} seeds, band 10–90 %", {std::to_string(measured)});
  }
}

}  // namespace gradflow::figure
