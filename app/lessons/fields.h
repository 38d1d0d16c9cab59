// What stands in the fences of a lesson: lines "key: value", each with the indented lines under it.
//
//   do: Cut the residual of the feed-forward in B.
//   when: residual(B, ffn) == off
//   solution:
//     B.sublayers.ffn.residual = false
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/lessons/lesson.h"

namespace gradflow::lessons {

struct Field {
  std::string key, value;
  std::string rest;  // the lines under it, without what all of them are indented by
  int line = 0;

  int rest_line() const { return line + 1; }
  std::string whole() const { return rest.empty() ? value : value + "\n" + rest; }
};

/// `text` begins on line `first_line` of the file. Keys that are not `known` are problems and left out.
std::vector<Field> read_fields(std::string_view text, int first_line, std::span<const std::string> known,
                               Problems* problems);

/// Lines "key = value"; empty lines and those that begin with # say nothing.
std::vector<Setting> read_settings(std::string_view text, int first_line, Problems* problems);

std::string_view trimmed(std::string_view text);

}  // namespace gradflow::lessons
