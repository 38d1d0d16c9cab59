#include "app/figure/lines.h"

#include <algorithm>
#include <utility>

namespace gradflow::figure {

std::vector<std::string> broken_lines(std::string_view text,
                                      const std::function<bool(const std::string& line)>& fits) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::string longer = line.empty() ? std::string(word) : line + " " + std::string(word);
    if (!line.empty() && !fits(longer)) {
      lines.push_back(std::exchange(line, std::string(word)));
    } else {
      line = std::move(longer);
    }
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace gradflow::figure
