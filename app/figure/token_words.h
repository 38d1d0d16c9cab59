// What each step of a token's walk is called, and the sentence that explains it.
#pragma once

#include <string>
#include <string_view>

#include "core/analysis/token_walk.h"

namespace gradflow::figure {

/// What the words of a row depend on beside the row.
struct TokenStep {
  const StackSpec& stack;
  const SublayerSpec& sublayer;  // whose place, or for the way back whose step, it is
  SublayerKind kind;
};

struct StepWords {
  std::string label, note, tip;
};

StepWords forward_words(const TokenStep& step, const TokenRow& row);
/// Of a step of the way back that led to the row through this sub-layer.
StepWords backward_words(const TokenStep& step, const TokenRow& row);

/// "attention", "cross-attention", "the feed-forward".
std::string_view sublayer_words(SublayerKind kind);

}  // namespace gradflow::figure
