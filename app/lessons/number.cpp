#include "app/lessons/number.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "app/lessons/fields.h"
#include "core/io/input_error.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

constexpr std::size_t kShown = 60;
constexpr std::string_view kPlusMinus = "±";

[[noreturn]] void refuse(std::string_view came, std::string_view allowed) {
  throw InputError(tr("\"{0}\" is not {1}", {clipped(came, kShown), allowed}));
}

double plain_number(std::string_view text) {
  text = trimmed(text);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size())
    refuse(text, tr("a number, such as 3.0 or 1e-13"));
  return number;
}

Tolerance read_tolerance(std::string_view text) {
  text = trimmed(text);
  const bool relative = text.ends_with('%');
  if (relative) text.remove_suffix(1);
  const double value = plain_number(text);
  if (!(value >= 0)) refuse(text, tr("a tolerance, such as 0.2 or 10 %"));
  return relative ? Tolerance{value / 100, true} : Tolerance{value};
}

/// Half a unit of the last digit: 0.05 of "3.0", 0.5 of "12".
Tolerance rounding_of(std::string_view shown) {
  const std::size_t exponent = std::min(shown.find_first_of("eE"), shown.size());
  const std::size_t point = shown.substr(0, exponent).find('.');
  const auto decimals = point == std::string_view::npos ? 0 : static_cast<int>(exponent - point) - 1;
  const double scale = exponent == shown.size() ? 1 : plain_number("1" + std::string(shown.substr(exponent)));
  return {0.5 * std::pow(10, -decimals) * scale};
}

}  // namespace

Expected read_expected(std::string_view text) {
  const std::size_t sign = text.find(kPlusMinus);
  if (sign == std::string_view::npos) return {parse_number(text), {}};
  return {parse_number(text.substr(0, sign)), read_tolerance(text.substr(sign + kPlusMinus.size()))};
}

Number read_number(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    refuse(text, tr("a number tied to a measurement, such as {0}; a brace is written {1}",
                    {"{3.0 ± 0.2 = top(B) / top(A)}", "\\{"}));
  }
  const std::string_view left = text.substr(0, equals);
  const std::size_t sign = left.find(kPlusMinus);
  Number number;
  number.shown = trimmed(left.substr(0, sign));
  number.told = plain_number(number.shown);
  number.tolerance = sign == std::string_view::npos ? rounding_of(number.shown)
                                                    : read_tolerance(left.substr(sign + kPlusMinus.size()));
  number.expression = parse_number(text.substr(equals + 1));
  return number;
}

Range read_range(std::string_view text) {
  const std::string_view whole = trimmed(text);
  constexpr std::string_view kBelow = "below ", kAbove = "above ", kTo = " to ";
  Range range;
  if (whole.starts_with(kBelow)) {
    range.high = plain_number(whole.substr(kBelow.size()));
  } else if (whole.starts_with(kAbove)) {
    range.low = plain_number(whole.substr(kAbove.size()));
  } else if (const std::size_t to = whole.find(kTo); to != std::string_view::npos) {
    range.low = plain_number(whole.substr(0, to));
    range.high = plain_number(whole.substr(to + kTo.size()));
  } else {
    refuse(whole, tr("a range; allowed are below 5, 5 to 15 and above 15"));
  }
  if (!(range.low < range.high)) refuse(whole, tr("a range: its first number must be the smaller one"));
  return range;
}

}  // namespace gradflow::lessons
