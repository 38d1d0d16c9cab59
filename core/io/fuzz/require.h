// What a fuzz target claims: broken, the program stops and libFuzzer keeps the bytes.
#pragma once

#include <cstdlib>

namespace gradflow::fuzz {

inline void require(bool claim) {
  if (!claim) std::abort();
}

}  // namespace gradflow::fuzz
