// The tidy table: CSV (RFC 4180, lines end with a newline), one number a row. `layer` is empty for quantities
// of the whole stack; numbers are the shortest that read back exactly, inf, -inf and nan spelled so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/analysis/report.h"

namespace gradflow {

inline constexpr std::string_view kTidyHeader = "stack,seed,layer,quantity,value\n";

/// The rows of one report: scalars first, then every series, in the report's order. `seed` is what the
/// `seed` column says; empty for what belongs to no seed.
std::string tidy_rows(const StackReport& report, std::optional<std::uint64_t> seed);

/// A field as RFC 4180 wants it: in quotes where it holds a comma, a quote or a line end.
std::string csv_field(std::string_view text);

}  // namespace gradflow
