// What a figure on paper is drawn with: lines, areas and text, the same calls for every format. Lengths are
// in points (1/72 inch), y runs down.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/figure/style.h"

namespace gradflow::figure {

struct PagePoint {
  double x = 0, y = 0;
};

struct PageBox {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
};

struct Fill {
  Fill(Rgb full, double alpha = 1) : color(full), opacity(alpha) {}
  Rgb color;
  double opacity;
};

struct Pen {
  Rgb color;
  double width = 1;
  std::vector<double> dashes = {};  // on, off, ...; solid where empty
};

enum class Anchor : std::uint8_t { start, middle, end };
enum class Direction : std::uint8_t { level, upwards };

struct TextStyle {
  double size = 10;
  Rgb color = {};
  Anchor anchor = Anchor::start;
  Direction direction = Direction::level;
};

class Canvas {
 public:
  Canvas() = default;
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;
  virtual ~Canvas() = default;

  void rectangle(const PageBox& box, const Fill& fill) {
    polygon(
        std::array<PagePoint, 4>{
            {{box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}}},
        fill);
  }

  /// One stroke through the points, with round joints.
  virtual void line(std::span<const PagePoint> points, const Pen& pen) = 0;
  virtual void polygon(std::span<const PagePoint> corners, const Fill& fill) = 0;
  virtual void circle(PagePoint center, double radius, Rgb color) = 0;
  /// One line of well-formed UTF-8; `at` lies on its base line.
  virtual void text(PagePoint at, std::string_view words, const TextStyle& style) = 0;
};

}  // namespace gradflow::figure
