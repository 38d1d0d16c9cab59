// The figures over the layers out of the answers: one quantity with a curve a stack, or every weight of one
// stack with a curve a weight.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "app/figure/figure.h"
#include "core/analysis/report.h"

namespace gradflow::figure {

/// `quantity` of the report, or every_weight(stack). A stack whose answer is missing, carries an error or
/// lacks the quantity becomes an Absence with its sentence. The stream's RMS has the theory beside it.
Figure layer_figure(std::span<const std::shared_ptr<const StackReport>> reports, std::string_view quantity);

}  // namespace gradflow::figure
