// JSON from strangers and JSON for people: strict parsing with sentences, readable printing.
// Only the files of core/io include this: nlohmann's header stays out of everybody else's build.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/io/input_error.h"

namespace gradflow {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

inline constexpr std::size_t kMaxJsonDepth = 16;  // a stack file needs five

/// Parses one JSON value. Beyond nlohmann's checks, a key given twice, nesting deeper than kMaxJsonDepth,
/// bytes that are not UTF-8 and an empty text are refused. `where` starts every sentence, which gives line
/// and column, or the dotted key. Throws InputError.
Json parse_json(std::string_view text, const std::string& where);

/// Indented JSON, ending in a newline; an object or array stays on one line where it fits in 110 columns.
/// Numbers are the shortest that read back exactly; they must be finite.
std::string print_json(const OrderedJson& json);

/// A value as a sentence shows it: compact, cut at 60 bytes.
std::string shown(const Json& json);

}  // namespace gradflow
