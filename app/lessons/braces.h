// Where in a Markdown text braces stand that are not code.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/lessons/lesson.h"

namespace gradflow::lessons {

/// Bytes of a text, from its opening brace to behind its closing one.
struct Extent {
  std::size_t begin = 0, end = 0;
};

int line_at(std::string_view text, std::size_t offset, int first_line);

/// In order. What is not closed before the paragraph ends is a problem and no extent.
std::vector<Extent> find_braces(std::string_view text, int first_line, Problems* problems);

/// The text with letters in place of what stands in braces, so that Markdown finds no signs of its own there;
/// as long as before, line ends where they were.
std::string without(std::string_view text, const std::vector<Extent>& extents);

}  // namespace gradflow::lessons
