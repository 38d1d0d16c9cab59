#include "core/spec/text.h"

#include <utility>

namespace gradflow {
namespace {

struct Language {
  std::string name = "en";
  Texts texts;
};

Language& spoken() {
  static Language language;
  return language;
}

}  // namespace

void speak(std::string language, Texts texts) { spoken() = {std::move(language), std::move(texts)}; }

const std::string& language() { return spoken().name; }

std::string_view tr(std::string_view english) {
  const Texts& texts = spoken().texts;
  if (texts.empty()) return english;
  const auto found = texts.find(english);
  return found == texts.end() ? english : found->second;
}

std::string tr(std::string_view english, std::initializer_list<std::string_view> values) {
  const std::string_view text = tr(english);
  std::string filled;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hole = text.size() - i >= 3 && text[i] == '{' && text[i + 2] == '}';
    const auto index = hole ? static_cast<std::size_t>(text[i + 1] - '0') : values.size();
    if (index < values.size()) {
      filled += values.begin()[index];
      i += 2;
    } else {
      filled += text[i];
    }
  }
  return filled;
}

}  // namespace gradflow
