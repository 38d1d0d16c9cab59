// Markdown as blocks and spans, by md4c, which nothing else includes. Of CommonMark there are paragraphs,
// headings, lists, quotes, code in fences, emphasis and links, and besides tables; no HTML and no pictures.
// What stands in braces is a number that is tied to a measurement; a brace of its own is written \{.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/lessons/lesson.h"

namespace gradflow::lessons {

/// What stood in braces: "3.0 ± 0.2 = top(B) / top(A)".
struct Braces {
  std::string text;
  int line = 0;
};

struct Document {
  std::vector<Block> blocks;
  std::vector<Braces> braces;  // Span::number counts them
};

inline constexpr std::size_t kMaxBlocks = 5000;  // of one document; a table can have many in few bytes
inline constexpr int kMaxBlockDepth = 24;

/// `first_line` is where the text stands in its file. The text must be UTF-8 and end its lines with '\n'.
Document read_markdown(std::string_view text, int first_line, Problems* problems);

}  // namespace gradflow::lessons
