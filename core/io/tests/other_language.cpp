#include "core/io/tests/other_language.h"

#include <array>

#include "core/io/language.h"

namespace gradflow::test {
namespace {

constexpr std::array<std::string_view, 26> kSmall{"á", "ƀ", "ć", "ď", "é", "ƒ", "ğ", "ħ", "í",
                                                  "ĵ", "ķ", "ł", "м", "ñ", "ó", "þ", "ɋ", "ŕ",
                                                  "š", "ť", "ú", "ѵ", "ŵ", "ҳ", "ý", "ž"};
constexpr std::array<std::string_view, 26> kLarge{"Á", "Ɓ", "Ć", "Ď", "É", "Ƒ", "Ğ", "Ħ", "Í",
                                                  "Ĵ", "Ķ", "Ł", "М", "Ñ", "Ó", "Ƥ", "Ɋ", "Ŕ",
                                                  "Š", "Ť", "Ú", "Ѵ", "Ŵ", "Ҳ", "Ý", "Ž"};

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_large(char c) { return c >= 'A' && c <= 'Z'; }

bool in_word(char c) { return is_small(c) || is_large(c) || (c >= '0' && c <= '9') || c == '_'; }

std::string spelled_otherwise(std::string_view text) {
  std::string other;
  for (const char c : text) {
    if (is_small(c)) {
      other += kSmall[static_cast<std::size_t>(c - 'a')];
    } else if (is_large(c)) {
      other += kLarge[static_cast<std::size_t>(c - 'A')];
    } else {
      other += c;
    }
  }
  return other;
}

}  // namespace

OtherLanguage::OtherLanguage() {
  Texts texts = english_texts();
  for (auto& [key, text] : texts) text = spelled_otherwise(key);
  speak("xx", std::move(texts));
}

OtherLanguage::~OtherLanguage() { speak("en", {}); }

std::vector<std::string> english_words(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    while (i < text.size() && in_word(text[i])) ++i;
    const std::string_view word = text.substr(start, i - start);
    if (!word.empty() && (is_small(word.front()) || is_large(word.front()))) words.emplace_back(word);
    if (word.empty()) ++i;
  }
  return words;
}

}  // namespace gradflow::test
