// The figure "one quantity over the layers, one curve a stack" out of the answers.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "app/figure/figure.h"
#include "core/analysis/report.h"

namespace gradflow::figure {

/// A stack whose answer is missing, carries an error or lacks the quantity becomes an Absence with its
/// sentence.
Figure layer_figure(std::span<const std::shared_ptr<const StackReport>> reports, std::string_view quantity);

}  // namespace gradflow::figure
