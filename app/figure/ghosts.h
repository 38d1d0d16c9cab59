// Curves that were pinned: each stays in the figure as it was, while its stack is edited on.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "app/figure/figure.h"
#include "core/analysis/report.h"

namespace gradflow::figure {

/// Adds the curves of `pinned`, a figure of the same kind drawn from `reports`, behind those of `figure`, as
/// ghosts that say which stack they are of: "Pre-LN, L = 12". What else there is of it is left out.
void add_ghosts(Figure* figure, Figure pinned, std::span<const std::shared_ptr<const StackReport>> reports);

/// What a curve is called in a legend: "A", or "A pinned:".
std::string label_of(const Curve& curve);

}  // namespace gradflow::figure
