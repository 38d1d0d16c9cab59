#include <cmath>

#include "core/io/json.h"
#include "core/io/number.h"

namespace gradflow {
namespace {

constexpr std::size_t kColumns = 110;
constexpr std::size_t kIndent = 2;

std::string number_text(double value) {
  // JSON's "-0" is an integer, which has no sign to keep.
  return value == 0 && std::signbit(value) ? "-0.0" : shortest(value);
}

std::string line_of(const OrderedJson& json) {
  if (json.is_number_float()) return number_text(json.get<double>());
  if (!json.is_structured()) return json.dump();
  std::string inside;
  for (const auto& [key, value] : json.items()) {
    if (!inside.empty()) inside += ", ";
    if (json.is_object()) inside += OrderedJson(key).dump() + ": ";
    inside += line_of(value);
  }
  return json.is_object() ? "{" + inside + "}" : "[" + inside + "]";
}

/// `used`: columns taken on this line before the value and after it.
std::string print(const OrderedJson& json, std::size_t level, std::size_t used) {
  const bool is_file = level == 0 && json.is_object();
  if (!json.is_structured() || json.empty()) return line_of(json);
  if (!is_file) {
    std::string line = line_of(json);
    if (used + line.size() <= kColumns) return line;
  }
  const std::string margin((level + 1) * kIndent, ' ');
  std::string text;
  for (const auto& [key, value] : json.items()) {
    const std::string start = json.is_object() ? OrderedJson(key).dump() + ": " : "";
    text.append(text.empty() ? "\n" : ",\n").append(margin).append(start);
    text.append(print(value, level + 1, margin.size() + start.size() + 1));
  }
  const std::string end = "\n" + std::string(level * kIndent, ' ');
  return json.is_object() ? "{" + text + end + "}" : "[" + text + end + "]";
}

}  // namespace

std::string print_json(const OrderedJson& json) { return print(json, 0, 0) + "\n"; }

}  // namespace gradflow
