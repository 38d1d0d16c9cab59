#include "app/figure/svg_canvas.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace gradflow::figure {
namespace {

/// Hundredths of a point, whatever the locale.
std::string number(double value) {
  std::array<char, 32> digits;
  const auto [end, error] =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 2);
  std::string text(digits.data(), error == std::errc() ? end : digits.data());
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string hex(Rgb color) {
  std::array<char, 8> text;
  std::snprintf(text.data(), text.size(), "#%02x%02x%02x", color.r, color.g, color.b);
  return text.data();
}

std::string points_of(std::span<const PagePoint> points) {
  std::string list;
  for (const PagePoint& point : points)
    list += (list.empty() ? "" : " ") + number(point.x) + "," + number(point.y);
  return list;
}

/// XML 1.0 has no U+FFFE and U+FFFF, however escaped, and no control characters.
std::string escaped(std::string_view text) {
  constexpr const char* kUnknown = "\xEF\xBF\xBD";
  std::string xml;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view three = text.substr(i, 3);
    if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
      xml += kUnknown;
      i += 2;
    } else if (static_cast<unsigned char>(text[i]) < ' ') {
      xml += kUnknown;
    } else if (text[i] == '&') {
      xml += "&amp;";
    } else if (text[i] == '<') {
      xml += "&lt;";
    } else if (text[i] == '>') {
      xml += "&gt;";
    } else {
      xml += text[i];
    }
  }
  return xml;
}

}  // namespace

SvgCanvas::SvgCanvas(double width, double height, std::string_view title) {
  const std::string w = number(width);
  const std::string h = number(height);
  svg_ = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", w + "pt") +
         attribute("height", h + "pt") + attribute("viewBox", "0 0 " + w + " " + h) +
         attribute("font-family", "Inter, 'DejaVu Sans', sans-serif") + attribute("font-weight", "500") +
         ">\n<title>" + escaped(title) + "</title>\n";
}

void SvgCanvas::line(std::span<const PagePoint> points, const Pen& pen) {
  svg_ += "<polyline" + attribute("points", points_of(points)) + attribute("fill", "none") +
          attribute("stroke", hex(pen.color)) + attribute("stroke-width", number(pen.width)) +
          attribute("stroke-linejoin", "round");
  std::string dashes;
  for (const double length : pen.dashes) dashes += (dashes.empty() ? "" : " ") + number(length);
  svg_ += dashes.empty() ? attribute("stroke-linecap", "round") : attribute("stroke-dasharray", dashes);
  svg_ += "/>\n";
}

void SvgCanvas::polygon(std::span<const PagePoint> corners, const Fill& fill) {
  svg_ += "<polygon" + attribute("points", points_of(corners)) + attribute("fill", hex(fill.color));
  if (fill.opacity < 1) svg_ += attribute("fill-opacity", number(fill.opacity));
  svg_ += "/>\n";
}

void SvgCanvas::circle(PagePoint center, double radius, Rgb color) {
  svg_ += "<circle" + attribute("cx", number(center.x)) + attribute("cy", number(center.y)) +
          attribute("r", number(radius)) + attribute("fill", hex(color)) + "/>\n";
}

void SvgCanvas::text(PagePoint at, std::string_view words, const TextStyle& style) {
  constexpr std::array<const char*, 3> kAnchors{"start", "middle", "end"};
  const std::string x = number(at.x);
  const std::string y = number(at.y);
  svg_ += "<text" + attribute("x", x) + attribute("y", y) + attribute("font-size", number(style.size)) +
          attribute("fill", hex(style.color));
  if (style.anchor != Anchor::start) {
    svg_ += attribute("text-anchor", kAnchors[static_cast<std::size_t>(style.anchor)]);
  }
  if (style.direction == Direction::upwards) {
    svg_ += attribute("transform", "rotate(-90 " + x + " " + y + ")");
  }
  svg_ += attribute("xml:space", "preserve") + ">" + escaped(words) + "</text>\n";
}

std::string SvgCanvas::take() { return std::move(svg_) + "</svg>\n"; }

}  // namespace gradflow::figure
