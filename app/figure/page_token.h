// The table of a token's walk on paper: a panel a stack, side by side where they have room.
#pragma once

#include <string>
#include <vector>

#include "app/figure/paper.h"
#include "app/figure/token_table.h"

namespace gradflow::figure {

/// Where all panels lie; `page` says how wide it may be and where it begins.
PageBox token_area(const TokenTable& table, const PageBox& page);

/// `names` are the stacks'.
void draw_token_table(Canvas* canvas, Typeface* typeface, const TokenTable& table,
                      const std::vector<std::string>& names, const PageBox& area);

}  // namespace gradflow::figure
