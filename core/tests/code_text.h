// What the tests of generated code look for in a text.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/spec/stack.h"

namespace gradflow::testing {

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

inline std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

inline bool has(const std::string& text, std::string_view part) { return count(text, part) > 0; }

/// Whether two empty lines stand before each definition, as PEP 8 has it, or the comment that heads the text.
inline void expect_definitions_apart(const std::vector<std::string>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool defines = lines[i].starts_with("def ") || lines[i].starts_with("class ");
    if (!defines || (i == 1 && lines[0].starts_with("# "))) continue;
    EXPECT_TRUE(i > 2 && lines[i - 1].empty() && lines[i - 2].empty() && !lines[i - 3].empty()) << lines[i];
  }
}

/// Printable ASCII of at most 88 columns, nothing of the template left, no more than two empty lines
/// together.
inline void expect_presentable(const std::string& text) {
  EXPECT_GT(text.size(), 100U);
  EXPECT_TRUE(text.ends_with('\n') && !text.ends_with("\n\n"));
  EXPECT_FALSE(has(text, "\n\n\n\n"));
  expect_definitions_apart(lines_of(text));
  for (const char* left : {"{{", "}}", "#:"}) EXPECT_FALSE(has(text, left)) << left;
  for (const std::string& line : lines_of(text)) {
    EXPECT_LE(line.size(), 88U) << line;
    EXPECT_FALSE(line.ends_with(' ')) << line;
    EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) { return c >= 0x20 && c < 0x7f; })) << line;
  }
}

/// Both sub-layers wired so.
inline StackSpec stack_with(SiteSet norm, bool residual, SkipGain skip = {}) {
  StackSpec spec;
  spec.sublayers.attention = spec.sublayers.ffn = {norm, residual};
  spec.residual_scale = skip;
  return spec;
}

}  // namespace gradflow::testing
