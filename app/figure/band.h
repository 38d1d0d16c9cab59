// The seeds of each stack in a figure: the curve becomes their mean, with the band about it.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "app/figure/figure.h"
#include "core/analysis/report.h"

namespace gradflow::figure {

/// `passes` are what the figure's curves were drawn from, one entry a stack; `bands` the reports of
/// band_of(), nullptr where there is none. A band of another spec than its stack's pass, or of a single seed,
/// is left out. `seeds` is how many there will be: the curve's note says how far the measurement is.
void add_bands(Figure* figure, std::span<const std::shared_ptr<const StackReport>> passes,
               std::span<const std::shared_ptr<const StackReport>> bands, std::string_view quantity,
               std::size_t seeds);

}  // namespace gradflow::figure
