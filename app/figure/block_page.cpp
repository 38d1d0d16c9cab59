#include "app/figure/block_page.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/figure/ink.h"
#include "app/figure/paper.h"
#include "app/figure/typeface.h"

namespace gradflow::figure {
namespace {

constexpr double kGap = 22;       // between two blocks
constexpr double kScale = 0.56;   // at most
constexpr double kName = 18;      // above the block
constexpr double kLetters = 7.2;  // labels; the letters of the whole would be too small
constexpr double kBaseLine = 0.36;
constexpr double kRing = 2.6, kLabelGap = 5;
constexpr Rgb kFrame{0xF3, 0xF5, 0xF7}, kBox{0xDD, 0xE3, 0xE8};

/// One block at its place.
class Drawer {
 public:
  Drawer(Canvas* canvas, Typeface* typeface, PagePoint corner, double scale, const StackStyle& style)
      : canvas_(*canvas), typeface_(typeface), corner_(corner), scale_(scale), style_(style) {}

  void draw(const BlockFigure& block, const StackSpec& spec) {
    canvas_.rectangle(box(block.frame), kFrame);
    for (const WireLine& line : block.wires) wire(line);
    for (const Box& one : block.boxes) part(one);
    for (const Socket& one : block.sockets) socket(one, norm_abbreviation(spec.norm.kind));
  }

 private:
  PagePoint at(const Point& point) const {
    return {corner_.x + point.x * scale_, corner_.y + point.y * scale_};
  }
  PageBox box(const Area& area) const {
    const PagePoint corner = at({area.x, area.y});
    return {corner.x, corner.y, area.width * scale_, area.height * scale_};
  }
  void label(PagePoint middle, std::string_view words, Anchor anchor, Rgb color, double room) {
    canvas_.text({middle.x, middle.y + kBaseLine * kLetters}, cut(typeface_, words, kLetters, room),
                 {kLetters, color, anchor});
  }

  void wire(const WireLine& line) {
    std::vector<PagePoint> points;
    for (const Point& point : line.points) points.push_back(at(point));
    const auto* place = std::get_if<SublayerWire>(&line.place);
    const bool residual = place != nullptr && place->wire == Wire::residual;
    if (line.cut) {
      const PagePoint low = points.front(), high = points.back();
      const double third = (high.y - low.y) / 3;
      stroke({low, {low.x, low.y + third}}, Ink::kBad);
      stroke({{high.x, high.y - third}, high}, Ink::kBad);
    } else {
      stroke(points, style_.on_light);
    }
    if (!residual) return;
    const PagePoint middle{points.front().x - kLabelGap, (points.front().y + points.back().y) / 2};
    label(middle, line.cut ? "cut" : "residual", Anchor::end, line.cut ? Ink::kBad : Ink::kSecondary, 60);
  }

  void stroke(const std::vector<PagePoint>& points, Rgb color) { canvas_.line(points, {color, 1.2}); }

  void part(const Box& one) {
    const PageBox place = box(one.area);
    const PagePoint middle{place.x + place.width / 2, place.y + place.height / 2};
    if (one.kind == BoxKind::add) {
      canvas_.circle(middle, place.width / 2, Ink::kText);
      const double arm = place.width / 4;
      canvas_.line(std::array<PagePoint, 2>{{{middle.x - arm, middle.y}, {middle.x + arm, middle.y}}},
                   {Ink::kGround, 1});
      canvas_.line(std::array<PagePoint, 2>{{{middle.x, middle.y - arm}, {middle.x, middle.y + arm}}},
                   {Ink::kGround, 1});
      return;
    }
    canvas_.rectangle(place, kBox);
    label(middle, one.label, Anchor::middle, Ink::kText, place.width);
  }

  /// A norm, or a ring where there could be one.
  void socket(const Socket& one, std::string_view norm) {
    const PagePoint middle = at(one.at);
    double half = kRing, rise = kRing;
    if (one.filled) {
      half = kSocketWidth * scale_ / 2 * 0.7;
      rise = kSocketHeight * scale_ / 2;
      const PageBox place{middle.x - half, middle.y - rise, 2 * half, 2 * rise};
      canvas_.rectangle({place.x - 1.5, place.y - 1.5, place.width + 3, place.height + 3}, Ink::kGround);
      canvas_.rectangle(place, style_.on_light);
      label(middle, norm, Anchor::middle, Ink::kGround, place.width);
    } else {
      canvas_.circle(middle, kRing, Ink::kSecondary);
      canvas_.circle(middle, kRing - 0.8, Ink::kGround);
    }
    const Rgb color = one.filled ? Ink::kText : Ink::kSecondary;
    const double beside = half + kLabelGap - 1, over = rise + kLetters / 2 + 1;
    switch (one.label_side) {
      case Side::left: return label({middle.x - beside, middle.y}, one.label, Anchor::end, color, 60);
      case Side::right: return label({middle.x + beside, middle.y}, one.label, Anchor::start, color, 90);
      case Side::above: return label({middle.x, middle.y - over}, one.label, Anchor::middle, color, 60);
      case Side::below: return label({middle.x, middle.y + over}, one.label, Anchor::middle, color, 60);
    }
  }

  Canvas& canvas_;
  Typeface* typeface_;
  PagePoint corner_;
  double scale_;
  const StackStyle& style_;
};

}  // namespace

BlockRow::BlockRow(std::vector<Entry> entries, double width, Faces* faces)
    : entries_(std::move(entries)), width_(width), faces_(faces) {
  for (const Entry& entry : entries_) blocks_.push_back(block_figure(entry.spec, entry.spec.sublayers));
}

double BlockRow::column() const {
  const auto count = static_cast<double>(std::max<std::size_t>(entries_.size(), 2));
  return (width_ - kGap * (count - 1)) / count;
}

double BlockRow::scale() const {
  double scale = kScale;
  for (const BlockFigure& block : blocks_) scale = std::min(scale, column() / double(block.width));
  return scale;
}

double BlockRow::height() const {
  double height = 0;
  for (const BlockFigure& block : blocks_) height = std::max(height, double(block.height));
  return kName + height * scale();
}

void BlockRow::draw(Canvas* canvas, PagePoint corner) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    draw_block(canvas, {corner.x + double(i) * (column() + kGap), corner.y}, entries_[i], blocks_[i]);
  }
}

void BlockRow::draw_block(Canvas* canvas, PagePoint corner, const Entry& entry,
                          const BlockFigure& block) const {
  Typeface* typeface = faces_->of(Letters::regular);
  const StackStyle& style = stack_style(entry.stack);
  const std::string name = std::string(1, stack_letter(entry.stack)) + "  " + entry.name;
  canvas->text({corner.x, corner.y + Ink::kSmall}, cut(typeface, name, Ink::kSmall, column()),
               {Ink::kSmall, style.on_light});
  Drawer(canvas, typeface, {corner.x, corner.y + kName}, scale(), style).draw(block, entry.spec);
}

}  // namespace gradflow::figure
