// What theory says of the residual stream at initialisation, as guides of its figure.
#pragma once

#include <memory>
#include <span>

#include "app/figure/figure.h"
#include "core/analysis/report.h"

namespace gradflow::figure {

/// Xiong et al. 2020, Lemma 2: after l layers the mean square of a Pre-LN stream lies between 1 + l/2 and
/// 1 + 3l/2; that of a Post-LN stream, behind its norm, is 1. Shown are the roots, for the stacks that have
/// the placement in every layer and nothing that the lemma does not know (a cut or scaled residual,
/// cross-attention).
void add_stream_theory(std::span<const std::shared_ptr<const StackReport>> reports, Figure* figure);

}  // namespace gradflow::figure
