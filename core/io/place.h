// Where in a file a value stands, and the sentence that refuses it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gradflow {

struct Place {
  std::string file;  // empty for values of the command line
  std::string key;   // dotted, such as "overrides[0].layers"; empty for the whole

  Place of(std::string_view member) const;
  Place at(std::size_t index) const;

  /// Throws InputError: "FILE: KEY is VALUE; allowed is ALLOWED". Both are said as they are: words in them
  /// come from tr().
  [[noreturn]] void refuse(std::string_view value, std::string_view allowed) const;
  /// Throws InputError for a member that does not exist, with the nearest of `known` or all of them.
  [[noreturn]] void refuse_key(std::string_view member, std::span<const std::string> known) const;
  /// Throws InputError: "FILE: SENTENCE", which comes from tr().
  [[noreturn]] void refuse_with(std::string_view sentence) const;
};

/// "a, b, c"
std::string listed(std::span<const std::string> words);

/// "did you mean b?", where one of them is near; else "allowed are a, b, c".
std::string suggestion(std::string_view word, std::span<const std::string> known);

}  // namespace gradflow
