// What the wiring of a whole stack is called.
#pragma once

#include <string>
#include <string_view>

#include "core/spec/stack.h"

namespace gradflow {

/// The row that the whole stack has, or nullptr: sub-layers differ, a residual is cut, or it has no name.
const NamedWiring* wiring_of(const StackSpec& spec);

/// "attention", "cross-attention", "feed-forward": within a sentence.
std::string_view sublayer_words(SublayerKind kind);

/// Such as "Pre-LN", "Post-LN, residual off" or "Pre-LN + Post-LN".
std::string wiring_words(const StackSpec& spec);

}  // namespace gradflow
