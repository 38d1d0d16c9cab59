#include "app/figure/lines.h"

#include <gtest/gtest.h>

namespace gradflow::figure {
namespace {

std::vector<std::string> within(std::string_view text, std::size_t bytes) {
  return broken_lines(text, [bytes](const std::string& line) { return line.size() <= bytes; });
}

TEST(BrokenLines, AreAsLongAsFitsAndHaveEveryWord) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(within("one two three", 13), (Lines{"one two three"}));
  EXPECT_EQ(within("one two three", 12), (Lines{"one two", "three"}));
  EXPECT_EQ(within("one two three", 6), (Lines{"one", "two", "three"}));
  EXPECT_EQ(within("a wordthatislonger b", 5), (Lines{"a", "wordthatislonger", "b"}));
  EXPECT_EQ(within("", 5), Lines{});
}

}  // namespace
}  // namespace gradflow::figure
