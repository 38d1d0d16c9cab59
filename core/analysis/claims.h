// What is told about the placement of norms, and what measurement says: each row with the stacks and the
// move that settle it. core/tests/claims_test.cpp measures every sentence.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/spec/stack.h"

namespace gradflow {

struct Claim {
  std::string_view key;
  std::string_view claim;        // as it is told
  std::string_view measurement;  // what comes out, with its figures
  std::string_view control;      // what to move, and where to look
  std::string_view quantity;     // of the tidy table: what to look at
  std::string_view source;       // who measured or proved it before
  std::vector<StackSpec> (*stacks)();
};

std::span<const Claim> claims();

}  // namespace gradflow
