// The colours of heat maps: viridis by N. Smith and S. van der Walt, 2015, dedicated to the public domain
// (CC0). Equal steps look equal, in grey and to colour-blind readers, too.
#pragma once

#include "app/figure/style.h"

namespace gradflow::figure {

/// 0 is dark purple, 1 yellow; what lies beyond has the colour of the end.
Rgb viridis(double fraction);

}  // namespace gradflow::figure
