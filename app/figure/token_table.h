// One token's walk through a block of every stack (core/analysis/token_walk.h) as a table in words and
// numbers: what the screen, paper and the summary in words all show.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/token_walk.h"
#include "core/spec/text.h"

namespace gradflow::figure {

/// Where a line stands: on the trunk, behind a norm on the trunk, or on the branch beside it.
enum class TokenTrack : std::uint8_t { trunk, norm, branch };

/// A vector on the way.
struct TokenLine {
  std::string key;    // as lessons call it: "attention.sum", "gradient.x"
  std::string label;  // "y = LN(x + F)"
  std::string note;  // what a norm took, "(sum − 3.00) / 2.83", or an add multiplied by; empty where nothing
  std::string tip;   // the step in a sentence
  std::vector<double> values;
  std::vector<std::string> numbers;    // the same as text
  std::array<std::string, 3> figures;  // below the section's heads
  TokenTrack track = TokenTrack::trunk;
  bool wire = true;  // false: the residual wire beside it is cut
  friend bool operator==(const TokenLine&, const TokenLine&) = default;
};

struct TokenSection {
  std::string title, equation;       // "Attention", "y = x + F(LN(x))"
  std::array<std::string, 3> heads;  // "mean", "sd", "length"
  double largest = 0;                // of all numbers of its pass, in all panels: what bars are drawn against
  std::vector<TokenLine> lines;
  friend bool operator==(const TokenSection&, const TokenSection&) = default;
};

struct TokenPanel {
  std::size_t stack = 0;
  std::string name;
  std::string note;  // what the stack has beside what is walked; empty where nothing
  std::vector<TokenSection> sections;
  friend bool operator==(const TokenPanel&, const TokenPanel&) = default;
};

struct TokenTable {
  std::size_t width = 0;  // numbers of a vector
  std::vector<TokenPanel> panels;
  friend bool operator==(const TokenTable&, const TokenTable&) = default;
};

/// What has to be known to read it; for tr().
inline constexpr std::string_view kTokenRemark = text_key(
    "F is no real sub-layer: it writes the numbers given; so the way back is the trunk's part alone, and "
    "exact. "
    "Depth plays no role, but in α.");

TokenTable token_table(std::span<const StackSpec> stacks, const TokenVectors& vectors);

/// A number of the table: two decimals, fewer where it is large, a power of ten where that would leave
/// nothing of it, or too much. What is next to nothing beside `largest`, that of its vector, is 0.
std::string token_number(double value, double largest);

}  // namespace gradflow::figure
