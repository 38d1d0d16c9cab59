#include "app/ui/code_lines.h"

#include <algorithm>

namespace gradflow::ui {
namespace {

constexpr std::size_t kFurther = 4;     // columns, of what goes on
constexpr std::size_t kLeastRoom = 12;  // columns a row has at least, however far in it stands

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// The bytes of the first `columns` characters.
std::size_t bytes_of(std::string_view text, std::size_t columns) {
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if (is_continuation(text[end])) continue;
    if (columns-- == 0) break;
  }
  return end;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return text.substr(0, 0);
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// Where a row of at most `columns` ends: the whole text where it fits.
std::size_t row_end(std::string_view text, std::size_t columns) {
  const std::size_t most = bytes_of(text, columns);
  if (most == text.size()) return most;
  if (const std::size_t blank = text.rfind(' ', most); blank != std::string_view::npos && blank > 0)
    return blank;
  const std::size_t bracket = text.find_last_of("(,.", most - 1);
  if (bracket == std::string_view::npos || bracket == 0) return most;
  return text[bracket] == '.' ? bracket : bracket + 1;
}

bool starts_comment(std::string_view text) { return text.starts_with('#') || text.starts_with("\"\"\""); }

}  // namespace

std::vector<CodeRow> code_rows(std::string_view code, std::size_t columns) {
  std::vector<CodeRow> rows;
  while (!code.empty()) {
    const std::size_t length = std::min(code.find('\n'), code.size());
    const std::string_view line = code.substr(0, length);
    code.remove_prefix(std::min(length + 1, code.size()));
    std::string_view rest = trimmed(line);
    std::size_t indent = rest.empty() ? 0 : static_cast<std::size_t>(rest.data() - line.data());
    const bool comment = starts_comment(rest);
    do {
      const std::size_t room = std::max(kLeastRoom, columns - std::min(columns, indent));
      const std::size_t end = row_end(rest, room);
      rows.push_back({indent, trimmed(rest.substr(0, end)), comment});
      if (rest.data() == line.data() + indent) indent += kFurther;
      rest = trimmed(rest.substr(end));
    } while (!rest.empty());
  }
  return rows;
}

}  // namespace gradflow::ui
