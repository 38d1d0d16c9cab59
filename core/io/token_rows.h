// The table of a token's walk (core/analysis/token_walk.h): CSV as the tidy table (core/io/tidy.h). `row` is
// the place, "attention.sum" or "gradient.x"; `quantity` a component, counted from 0, or what is said of the
// vector: mean, sd, rms, length, share (of the gradient at y), norm_mean and norm_spread (what the norm
// before it took), skip (what the step past the add multiplied by).
#pragma once

#include <string>
#include <string_view>

#include "core/analysis/token_walk.h"

namespace gradflow {

inline constexpr std::string_view kTokenHeader = "stack,row,quantity,value\n";

/// Of all rows, also those that are as their neighbour.
std::string token_rows(const TokenWalk& walk, std::string_view stack);

}  // namespace gradflow
