#include "app/figure/page_token.h"

#include <algorithm>

#include "app/figure/ink.h"

namespace gradflow::figure {
namespace {

constexpr std::size_t kNarrow = 3;  // numbers of a vector that leave room for a second panel beside
constexpr double kPanelGap = 20, kTitle = 20, kSection = 18, kLine = 13, kNote = 10;
constexpr double kFigure = 30, kLeastCell = 27, kMostCell = 52;
constexpr double kNoteSize = 7.5, kBaseLine = 0.36;

/// Large numbers need the whole page, too.
std::size_t columns_of(const TokenTable& table) {
  constexpr std::size_t kLongest = std::string_view("−99999").size();
  bool short_numbers = table.width <= kNarrow;
  for (const TokenPanel& panel : table.panels) {
    for (const TokenSection& section : panel.sections) {
      for (const TokenLine& line : section.lines) {
        for (const std::string& number : line.numbers) short_numbers &= number.size() <= kLongest;
      }
    }
  }
  return short_numbers ? 2 : 1;
}

double height_of(const TokenPanel& panel) {
  double height = kTitle + (panel.note.empty() ? 0 : kNote);
  for (const TokenSection& section : panel.sections) {
    height += kSection;
    for (const TokenLine& line : section.lines) height += kLine + (line.note.empty() ? 0 : kNote);
  }
  return height;
}

/// Of the panels that stand side by side from this one on.
double row_height(const TokenTable& table, std::size_t first) {
  double height = 0;
  const std::size_t end = std::min(table.panels.size(), first + columns_of(table));
  for (std::size_t p = first; p < end; ++p) height = std::max(height, height_of(table.panels[p]));
  return height;
}

class PanelOnPaper {
 public:
  PanelOnPaper(Canvas* canvas, Typeface* typeface, std::size_t width, const PageBox& place)
      : canvas_(canvas), typeface_(typeface), place_(place), y_(place.y) {
    const double figures = 3 * kFigure;
    const auto count = static_cast<double>(width);
    cell_ = std::clamp((place.width - figures - kLabel) / count, kLeastCell, kMostCell);
    numbers_ = place.right() - figures - count * cell_;
  }

  void draw(const TokenPanel& panel, const std::string& name) {
    const std::string title = std::string(1, stack_letter(panel.stack)) + "  " + name;
    const PagePoint left{place_.x, y_ + kTitle / 2};
    draw_swatch(canvas_, stack_style(panel.stack), left);
    words({place_.x + Ink::kSwatch, left.y}, title, {Ink::kTextSize, Ink::kText});
    y_ += kTitle;
    if (!panel.note.empty()) small(place_.x, panel.note);
    for (const TokenSection& section : panel.sections) draw(section);
  }

 private:
  static constexpr double kLabel = 84;

  void words(PagePoint middle, const std::string& text, const TextStyle& style) {
    canvas_->text({middle.x, middle.y + kBaseLine * style.size},
                  cut(typeface_, text, style.size, place_.width), style);
  }

  void small(double x, const std::string& text) {
    words({x, y_ + kNote / 2 - 1}, text, {kNoteSize, Ink::kSecondary});
    y_ += kNote;
  }

  void figures(const std::array<std::string, 3>& texts, double middle, Rgb color) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const double right = place_.right() - static_cast<double>(texts.size() - 1 - i) * kFigure;
      words({right, middle}, texts[i], {Ink::kSmall, color, Anchor::end});
    }
  }

  void draw(const TokenSection& section) {
    const double middle = y_ + kSection / 2 + 2;
    canvas_->line(std::array<PagePoint, 2>{{{place_.x, y_ + 2}, {place_.right(), y_ + 2}}},
                  {Ink::kGrid, Ink::kHair});
    const std::string title = section.title + (section.equation.empty() ? "" : "   " + section.equation);
    words({place_.x, middle}, title, {Ink::kSmall, Ink::kSecondary});
    if (section.equation.empty()) figures(section.heads, middle, Ink::kSecondary);
    y_ += kSection;
    for (const TokenLine& line : section.lines) draw(line);
  }

  void draw(const TokenLine& line) {
    const double middle = y_ + kLine / 2;
    words({place_.x, middle}, line.label, {Ink::kSmall, Ink::kText});
    for (std::size_t i = 0; i < line.numbers.size(); ++i) {
      const double right = numbers_ + static_cast<double>(i + 1) * cell_;
      words({right, middle}, line.numbers[i], {Ink::kSmall, Ink::kText, Anchor::end});
    }
    figures(line.figures, middle, Ink::kSecondary);
    y_ += kLine;
    if (!line.note.empty()) small(place_.x, line.note);
  }

  Canvas* canvas_;
  Typeface* typeface_;
  PageBox place_;
  double y_, cell_ = 0, numbers_ = 0;
};

}  // namespace

PageBox token_area(const TokenTable& table, const PageBox& page) {
  PageBox area = page;
  area.height = 0;
  for (std::size_t p = 0; p < table.panels.size(); p += columns_of(table)) {
    area.height += row_height(table, p) + (p == 0 ? 0 : kPanelGap);
  }
  return area;
}

void draw_token_table(Canvas* canvas, Typeface* typeface, const TokenTable& table,
                      const std::vector<std::string>& names, const PageBox& area) {
  const std::size_t columns = columns_of(table);
  const double width =
      (area.width - kPanelGap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
  double top = area.y;
  for (std::size_t p = 0; p < table.panels.size(); ++p) {
    const std::size_t column = p % columns;
    if (p > 0 && column == 0) top += row_height(table, p - columns) + kPanelGap;
    const TokenPanel& panel = table.panels[p];
    const double left = area.x + static_cast<double>(column) * (width + kPanelGap);
    const std::string& name = panel.stack < names.size() ? names[panel.stack] : panel.name;
    PanelOnPaper(canvas, typeface, table.width, {left, top, width, 0}).draw(panel, name);
  }
}

}  // namespace gradflow::figure
