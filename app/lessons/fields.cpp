#include "app/lessons/fields.h"

#include <algorithm>

#include "core/io/place.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

constexpr std::size_t kShown = 60;

/// Every line of a text with its number: fn(line, number).
template <class Fn>
void each_line(std::string_view text, int first_line, const Fn& fn) {
  for (int number = first_line; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    fn(text.substr(0, end), number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

/// The text without what all of its lines are indented by, nor empty lines at its end.
std::string undented(const std::string& text) {
  std::size_t indent = std::string::npos;
  each_line(text, 0, [&](std::string_view line, int) {
    if (!trimmed(line).empty()) indent = std::min(indent, indent_of(line));
  });
  std::string result;
  each_line(text, 0, [&](std::string_view line, int) {
    result += std::string(line.substr(std::min(indent, line.size()))) + "\n";
  });
  result.erase(result.find_last_not_of(" \t\n") + 1);
  return result;
}

std::string unknown_key(std::string_view key, std::span<const std::string> known) {
  return tr("\"{0}\" is not a key here; {1}", {clipped(key, kShown), suggestion(key, known)});
}

}  // namespace

std::vector<Field> read_fields(std::string_view text, int first_line, std::span<const std::string> known,
                               Problems* problems) {
  std::vector<Field> fields;
  each_line(text, first_line, [&](std::string_view line, int number) {
    if (indent_of(line) > 0 || line.empty()) {
      if (!fields.empty()) {
        fields.back().rest += std::string(line) + "\n";
      } else if (!trimmed(line).empty()) {
        problems->push_back(
            {number, tr("an indented line stands under no key; allowed are {0}", {listed(known)})});
      }
      return;
    }
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view value = line.substr(std::min(colon + 1, line.size()));
    fields.push_back({std::string(trimmed(line.substr(0, colon))), std::string(trimmed(value)), {}, number});
  });
  for (Field& field : fields) {
    field.rest = undented(field.rest);
    if (std::find(known.begin(), known.end(), field.key) != known.end()) continue;
    problems->push_back({field.line, unknown_key(field.key, known)});
    field.key.clear();
  }
  std::erase_if(fields, [](const Field& field) { return field.key.empty(); });
  return fields;
}

std::vector<Setting> read_settings(std::string_view text, int first_line, Problems* problems) {
  std::vector<Setting> settings;
  each_line(text, first_line, [&](std::string_view line, int number) {
    line = trimmed(line);
    if (line.empty() || line.front() == '#') return;
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || trimmed(line.substr(0, equals)).empty()) {
      problems->push_back(
          {number, tr("\"{0}\" is not KEY = VALUE, such as depth = 48", {clipped(line, kShown)})});
      return;
    }
    settings.push_back({std::string(trimmed(line.substr(0, equals))),
                        std::string(trimmed(line.substr(equals + 1))), number});
  });
  return settings;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n";
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

}  // namespace gradflow::lessons
