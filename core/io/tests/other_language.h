// A language in which no text has an English letter, so that a word which was not translated stands out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradflow::test {

/// tr() speaks it as long as this lives: "Ópéñ" for "Open".
class OtherLanguage {
 public:
  OtherLanguage();
  ~OtherLanguage();
  OtherLanguage(const OtherLanguage&) = delete;
  OtherLanguage& operator=(const OtherLanguage&) = delete;
};

/// The words in English letters: an English letter, and what letters, digits and underscores follow it.
std::vector<std::string> english_words(std::string_view text);

}  // namespace gradflow::test
