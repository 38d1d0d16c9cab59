// Signs as words.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "app/figure/summary.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

struct Sign {
  std::string_view sign, words;
};
constexpr std::array<Sign, 41> kSigns{{
    {" – ", ", "},
    {"–", text_key(" to ")},
    {"−", text_key("minus ")},
    {"×", text_key("times")},
    {"÷", text_key("divided by")},
    {"±", text_key("plus or minus")},
    {"√", text_key("square root of ")},
    {"≤", text_key("at most")},
    {"≥", text_key("at least")},
    {"∞", text_key("infinity")},
    {"→", text_key("to")},
    {"∂", text_key("d ")},
    {"‖", ""},
    {" · ", ", "},
    {"·", text_key(" times ")},
    {"…", "..."},
    {"α", text_key("alpha")},
    {"β", text_key("beta")},
    {"γ", text_key("gamma")},
    {"ε", text_key("epsilon")},
    {"θ", text_key("theta")},
    {"₀", "0"},
    {"₁", "1"},
    {"₂", "2"},
    {"₃", "3"},
    {"₄", "4"},
    {"₅", "5"},
    {"₆", "6"},
    {"₇", "7"},
    {"₈", "8"},
    {"₉", "9"},
    {"✓", text_key("good:")},
    {"✗", text_key("bad:")},
    {"W_", text_key("W ")},
    {"> ", text_key("more than ")},
    {"< ", text_key("less than ")},
    {"≈", text_key("about ")},
    {"“", "\""},
    {"”", "\""},
    {"’", "'"},
    {"  ", ", "},
}};

constexpr std::array<std::string_view, 10> kSuperscripts{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
constexpr std::string_view kSuperscriptMinus = "⁻";

bool is_digit(char letter) { return std::isdigit(static_cast<unsigned char>(letter)) != 0; }

/// The power that a text starts with, as words; takes it off the text.
std::string take_power(std::string_view* text) {
  std::string digits;
  const bool minus = text->starts_with(kSuperscriptMinus);
  std::string_view rest = text->substr(minus ? kSuperscriptMinus.size() : 0);
  for (bool found = true; found;) {
    found = false;
    for (std::size_t digit = 0; digit < kSuperscripts.size(); ++digit) {
      if (!rest.starts_with(kSuperscripts[digit])) continue;
      digits += static_cast<char>('0' + digit);
      rest.remove_prefix(kSuperscripts[digit].size());
      found = true;
    }
  }
  if (digits.empty()) return {};
  *text = rest;
  return minus ? tr(" to the minus {0}", {digits}) : tr(" to the {0}", {digits});
}

/// The same of the exponent of 4.9e-10.
std::string take_exponent(std::string_view* text, char before) {
  if (!is_digit(before) || !text->starts_with('e')) return {};
  std::string_view rest = text->substr(1);
  const bool minus = rest.starts_with('-');
  if (minus || rest.starts_with('+')) rest.remove_prefix(1);
  if (rest.empty() || !is_digit(rest.front())) return {};
  *text = rest;
  return std::string(minus ? tr(" times 10 to the minus ") : tr(" times 10 to the "));
}

const Sign* sign_at(std::string_view text) {
  const auto sign = std::find_if(kSigns.begin(), kSigns.end(),
                                 [text](const Sign& row) { return text.starts_with(row.sign); });
  return sign == kSigns.end() ? nullptr : &*sign;
}

}  // namespace

std::string spoken(std::string_view text) {
  std::string words;
  while (!text.empty()) {
    std::string power = take_power(&text);
    if (power.empty()) power = take_exponent(&text, words.empty() ? ' ' : words.back());
    if (!power.empty()) {
      words += power;
    } else if (const Sign* sign = sign_at(text)) {
      words += tr(sign->words);
      text.remove_prefix(sign->sign.size());
    } else {
      words += text.front();
      text.remove_prefix(1);
    }
  }
  return words;
}

}  // namespace gradflow::figure
