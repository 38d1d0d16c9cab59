// Which things of which books have a mark, as a JSON file: what the course keeps of what is done.
//
//   {"format": 1, "marks": {"01-one-wire": ["Read the code", "Read the code / task 1"]}}
//
// All functions throw InputError.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "core/io/input_error.h"

namespace gradflow {

inline constexpr std::size_t kMaxMarksBytes = std::size_t{4} << 20U;

/// By book; UTF-8.
using Marks = std::map<std::string, std::set<std::string>>;

/// `name` is what sentences call the file.
Marks parse_marks(std::string_view json, std::string_view name);

/// A file that reads back the same.
std::string marks_json(const Marks& marks);

}  // namespace gradflow
