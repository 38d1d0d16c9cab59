// Numbers and names as a verdict's sentence spells them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/spec/stack.h"

namespace gradflow::verdict {

/// Three significant figures: 0.0263, 1.16, 4.9e7; "not finite" for what is none.
std::string figure(double value);

/// The letters of a UTF-8 text, which has more bytes where it holds × or √.
std::size_t letters(std::string_view text);

/// Ascending layers as "block 6", "blocks 3–7, 9"; many scattered ones as "24 blocks from 0 to 46".
std::string blocks(const std::vector<int>& layers);

/// "attention", "cross-attention", "feed-forward".
std::string in_words(SublayerKind kind);

/// "attention and feed-forward".
std::string in_words(const std::vector<SublayerKind>& kinds);

/// "attention.w_q" as the papers write it: "W_Q".
std::string weight_symbol(std::string_view parameter);

/// "pre + branch"; "no norm" where there is none.
std::string in_words(SiteSet sites);

/// "attention pre, feed-forward post": every sub-layer with its sites.
std::string in_words(const Sublayers& sublayers);

}  // namespace gradflow::verdict
