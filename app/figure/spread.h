// Labels that must not lie on one another.
#pragma once

#include <vector>

#include "app/figure/figure.h"

namespace gradflow::figure {

/// Places within `room`, in the order of `wanted` and as near to it as may be, `spacing` apart; closer where
/// the room does not hold so many.
std::vector<double> spread(const std::vector<double>& wanted, double spacing, const Range& room);

}  // namespace gradflow::figure
