// Where the numbers of a stack leave the range of float, as a sentence.
#pragma once

#include <string>

#include "core/analysis/verdict_evidence.h"

namespace gradflow::verdict {

/// Where stream, gradient or loss stop being finite; empty where they do not.
std::string overflow(const Evidence& e);

/// Which weight has a gradient of exactly 0, and where; empty where none has.
std::string underflow(const Evidence& e);

}  // namespace gradflow::verdict
