#include "core/io/number.h"

#include <array>
#include <charconv>
#include <cmath>

namespace gradflow {

std::string shortest(double value) {
  if (std::isnan(value)) return "nan";
  std::array<char, 32> text;  // the longest is 24: -2.2250738585072014e-308
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end};
}

}  // namespace gradflow
