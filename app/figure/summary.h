// What the window shows, in words: for readers of a screen reader, which cannot read the window, and for a
// mail. Short lines, no signs that a reader stumbles over.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/figure/figure.h"
#include "app/figure/token_table.h"
#include "core/analysis/verdict.h"
#include "core/spec/stack.h"

namespace gradflow::figure {

/// What there is to say; a list has one entry a stack, or fewer where there is nothing yet.
struct Shown {
  std::string_view view;      // "Gradients"
  std::string_view quantity;  // as a Series names it
  const Figure& figure;
  std::span<const StackSpec> stacks;
  std::span<const Verdict> verdicts;
  const std::vector<bool>& hidden;
  const std::vector<bool>& stale;            // what is drawn is not (yet) that of the stack
  std::span<const std::size_t> owners = {};  // whose each verdict is; empty: the first is the first stack's
  const TokenTable* token = nullptr;         // where that is shown, in place of the figure
};

inline constexpr std::size_t kSummaryColumns = 80;  // no line is longer, but for a single long word

std::string summary(const Shown& shown);

/// The signs of a sentence as words: "1.2 × 10⁻⁹" is "1.2 times 10 to the minus 9", "√L" is "square root of
/// L".
std::string spoken(std::string_view text);

}  // namespace gradflow::figure
