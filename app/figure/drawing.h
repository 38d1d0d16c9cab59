// What a view draws, on the screen and on paper.
#pragma once

#include <variant>

#include "app/figure/figure.h"
#include "app/figure/heat_map.h"
#include "app/figure/token_table.h"

namespace gradflow::figure {

using Drawing = std::variant<Figure, HeatMap, TokenTable>;

}  // namespace gradflow::figure
