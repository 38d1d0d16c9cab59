#include "app/figure/lines.h"
#include "app/figure/paper.h"

namespace gradflow::figure {

std::string cut(Typeface* typeface, std::string_view text, double size, double width) {
  if (typeface->width(text, size) <= width) return std::string(text);
  const auto shortened = [&](std::size_t length) {
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
    return std::string(text.substr(0, length)) + "…";
  };
  std::size_t fits = 0;  // bytes
  std::size_t too_long = text.size();
  while (too_long - fits > 1) {
    const std::size_t middle = (fits + too_long) / 2;
    (typeface->width(shortened(middle), size) <= width ? fits : too_long) = middle;
  }
  return shortened(fits);
}

std::vector<std::string> broken(Typeface* typeface, std::string_view text, double size, double width) {
  std::vector<std::string> lines =
      broken_lines(text, [&](const std::string& line) { return typeface->width(line, size) <= width; });
  for (std::string& line : lines) line = cut(typeface, line, size, width);
  return lines;
}

}  // namespace gradflow::figure
