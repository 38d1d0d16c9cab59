// What a call that must be refused said.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "core/io/input_error.h"

namespace gradflow::test {

/// The sentence of the InputError that `call` throws, or "(accepted)".
template <class Call>
std::string sentence_of(Call&& call) {
  try {
    std::forward<Call>(call)();
  } catch (const InputError& error) {
    return error.what();
  }
  return "(accepted)";
}

/// A sentence is one line that a person can read through.
inline bool is_one_sentence(const std::string& text) {
  const bool one_line = std::none_of(text.begin(), text.end(), [](char c) { return c == '\n'; });
  return one_line && !text.empty() && text.size() < 500;
}

}  // namespace gradflow::test
