#include "core/spec/code_template.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace gradflow {
namespace {

constexpr std::string_view kMark = "#: ";

template <class T>
const T& find(const std::map<std::string, T, std::less<>>& map, std::string_view name) {
  const auto found = map.find(name);
  if (found == map.end()) throw std::out_of_range("the template needs " + std::string(name));
  return found->second;
}

/// Takes what stands before `separator` off the front of `text`, and the separator with it.
std::string_view take(std::string_view& text, std::string_view separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view front = text.substr(0, end);
  text.remove_prefix(std::min(end + separator.size(), text.size()));
  return front;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// "a !b": whether a is up and b is not.
bool holds(std::string_view condition, const TemplateFill& fill) {
  bool all = true;
  while (!condition.empty()) {
    std::string_view name = take(condition, " ");
    const bool wanted = !name.starts_with('!');
    if (!wanted) name.remove_prefix(1);
    all = find(fill.flags, name) == wanted && all;
  }
  return all;
}

}  // namespace

std::string fill_holes(std::string_view line, const TemplateFill& fill) {
  std::string filled;
  while (true) {
    filled += take(line, "{{");
    if (line.empty()) return filled;
    std::string_view hole = take(line, "}}");
    const bool has_flag = hole.find('?') != std::string_view::npos;
    const std::string_view name = take(hole, "?");
    if (!has_flag) {
      filled += find(fill.values, name);
    } else if (find(fill.flags, name)) {
      filled += hole;
    }
  }
}

std::string fill_template(std::string_view text, const TemplateFill& fill) {
  std::string filled;
  std::vector<bool> sections;  // whether what is inside the open ones is wanted
  while (!text.empty()) {
    std::string_view line = take(text, "\n");
    const std::size_t mark = line.rfind(kMark);
    std::string_view condition;
    if (mark != std::string_view::npos) {
      condition = trimmed(line.substr(mark + kMark.size()));
      line = line.substr(0, mark);
      if (trimmed(line).empty()) {  // a section begins or ends
        if (condition == "end") {
          sections.pop_back();
        } else {
          take(condition, "if ");
          sections.push_back(holds(condition, fill));
        }
        continue;
      }
      while (line.ends_with(' ')) line.remove_suffix(1);
    }
    const bool outer = std::find(sections.begin(), sections.end(), false) == sections.end();
    if (outer && holds(condition, fill)) filled += fill_holes(line, fill) + '\n';
  }
  return filled;
}

}  // namespace gradflow
