#include "app/figure/page.h"

#include <algorithm>
#include <array>

#include "app/figure/cairo_canvas.h"
#include "app/figure/ink.h"
#include "app/figure/paper.h"
#include "app/figure/svg_canvas.h"

namespace gradflow::figure {
namespace {

constexpr double kWidth = 560, kPlotHeight = 296;
constexpr double kMargin = 14;
constexpr double kLeft = 68;     // of the plot: the y axis' name and numbers
constexpr double kBelow = 38;    // the x axis' numbers and name
constexpr double kPointers = 8;  // above the plot, the names of what is pointed at
constexpr double kLegendRow = 17, kNoteRow = 12.5, kGap = 8;
constexpr double kBaseLine = 0.36;  // of the text size, from the middle of a line to where letters stand

struct LegendEntry {
  bool guide;          // one of the theory's, else a stack's curve
  std::size_t number;  // of the guide or the stack
  Point left;          // the middle of its line
  std::string words, note;
  double words_width;
};

struct NoteLine {
  Point start;  // on the base line
  std::string words;
  Rgb color;
};

/// Where everything lies.
struct Sheet {
  double height = 0;
  std::vector<LegendEntry> legend;
  Box plot;
  std::vector<NoteLine> notes;
};

std::string title_of(const Page& page) { return page.figure.y_label + " against " + page.figure.x_label; }

std::string letter_of(std::size_t stack) { return {stack_letter(stack)}; }

/// Entries side by side, in as many rows as it takes. Returns where the legend ends.
double lay_legend(const Page& page, Typeface* typeface, Sheet* sheet) {
  constexpr double kSpace = 20;
  const double right = kWidth - kMargin;
  Point at{kMargin, kMargin + kLegendRow / 2};
  const auto add = [&](bool guide, std::size_t number, const std::string& name, const std::string& note) {
    const double note_width = typeface->width(note, Ink::kSmall);
    const double room = right - kMargin - Ink::kSwatch - note_width;
    const std::string words = cut(typeface, name, Ink::kTextSize, room);
    const double width = typeface->width(words, Ink::kTextSize);
    const double whole = Ink::kSwatch + width + note_width;
    if (at.x > kMargin && at.x + whole > right) at = {kMargin, at.y + kLegendRow};
    sheet->legend.push_back({guide, number, at, words, note, width});
    at.x += whole + kSpace;
  };
  for (const Curve& curve : page.figure.curves) {
    add(false, curve.stack, letter_of(curve.stack) + "  " + curve.name,
        curve.note.empty() ? "" : "   " + curve.note);
  }
  for (std::size_t i = 0; i < page.figure.guides.size(); ++i) {
    add(true, i, page.figure.guides[i].label, "");
  }
  return sheet->legend.empty() ? kMargin : at.y + kLegendRow / 2 + kGap;
}

/// Stacks that lack a curve for the same reason share a sentence.
std::vector<std::string> absences_of(const Page& page) {
  std::vector<std::pair<std::string, std::string>> rows;  // stacks, sentence
  for (const Absence& absence : page.figure.absences) {
    std::string who = letter_of(absence.stack);
    if (absence.stack < page.names.size()) who += " " + page.names[absence.stack];
    const auto same = std::find_if(rows.begin(), rows.end(),
                                   [&](const auto& row) { return row.second == absence.sentence; });
    if (same == rows.end()) {
      rows.emplace_back(who, absence.sentence);
    } else {
      same->first += ", " + who;
    }
  }
  std::vector<std::string> sentences;
  for (const auto& row : rows) sentences.push_back(row.first + " has no curve: " + row.second);
  return sentences;
}

void lay_notes(const Page& page, Typeface* typeface, double top, Sheet* sheet) {
  const double left = kMargin;
  double y = top;
  const auto add = [&](const std::string& sentence, Rgb color) {
    for (std::string& line : broken(typeface, sentence, Ink::kSmall, kWidth - 2 * kMargin)) {
      y += kNoteRow;
      sheet->notes.push_back({{left, y - kNoteRow / 2 + kBaseLine * Ink::kSmall}, std::move(line), color});
    }
  };
  for (const std::string& sentence : absences_of(page)) add(sentence, Ink::kText);
  add(page.figure.guides_note, Ink::kSecondary);
  const Extent extent = extent_of(page.figure);
  if (extent.overflow) add("overflow: a value that is infinite or not a number", Ink::kBad);
  if (extent.underflow) add("underflow: a value that is exactly 0", Ink::kBad);
  const auto& curves = page.figure.curves;
  if (std::any_of(curves.begin(), curves.end(), [](const Curve& curve) { return !curve.marks.empty(); })) {
    add("triangles on the axis: layers with a wiring of their own", Ink::kSecondary);
  }
  add(page.caption, Ink::kSecondary);
  sheet->height = y + kMargin;
}

Sheet lay_out(const Page& page, Typeface* typeface) {
  Sheet sheet;
  double top = lay_legend(page, typeface, &sheet);
  if (!page.figure.marks.empty()) top += kPointers;
  sheet.plot = {kLeft, top, kWidth - kMargin - kLeft, kPlotHeight};
  lay_notes(page, typeface, sheet.plot.bottom() + kBelow, &sheet);
  return sheet;
}

void draw_names_of_axes(Canvas* canvas, Typeface* typeface, const Figure& figure, const Box& plot) {
  const std::string across = cut(typeface, figure.x_label, Ink::kTextSize, plot.width);
  const std::string up = cut(typeface, figure.y_label, Ink::kTextSize, plot.height);
  canvas->text({plot.x + plot.width / 2, plot.bottom() + 28}, across,
               {Ink::kTextSize, Ink::kText, Anchor::middle});
  canvas->text({kMargin + Ink::kTextSize * 0.8, plot.y + plot.height / 2}, up,
               {Ink::kTextSize, Ink::kText, Anchor::middle, Direction::upwards});
}

void draw(const Page& page, const Sheet& sheet, Typeface* typeface, Canvas* canvas) {
  const std::array<Point, 4> paper{{{0, 0}, {kWidth, 0}, {kWidth, sheet.height}, {0, sheet.height}}};
  canvas->polygon(paper, Ink::kGround);
  // A figure that is not made of curves, such as a heat map, is drawn into sheet.plot here.
  draw_plot(canvas, typeface, frame_of(page.figure, sheet.plot), page.figure);
  draw_names_of_axes(canvas, typeface, page.figure, sheet.plot);
  for (const LegendEntry& entry : sheet.legend) {
    if (entry.guide) {
      draw_swatch(canvas, guide_pen(entry.number), entry.left);
    } else {
      draw_swatch(canvas, entry.number, entry.left);
    }
    const double base = entry.left.y + kBaseLine * Ink::kTextSize;
    const double x = entry.left.x + Ink::kSwatch;
    canvas->text({x, base}, entry.words, {Ink::kTextSize, Ink::kText});
    if (!entry.note.empty()) {
      canvas->text({x + entry.words_width, base}, entry.note, {Ink::kSmall, Ink::kSecondary});
    }
  }
  for (const NoteLine& line : sheet.notes) canvas->text(line.start, line.words, {Ink::kSmall, line.color});
}

template <class Sheets>
std::string made_of(const Page& page, Sheets&& canvas_of) {
  Typeface typeface;
  const Sheet sheet = lay_out(page, &typeface);
  auto canvas = canvas_of(sheet.height, &typeface);
  draw(page, sheet, &typeface, &canvas);
  return canvas.take();
}

}  // namespace

std::string svg_of(const Page& page) {
  return made_of(page, [&](double height, Typeface*) { return SvgCanvas(kWidth, height, title_of(page)); });
}

std::string pdf_of(const Page& page) {
  return made_of(page, [&](double height, Typeface* typeface) {
    return PdfCanvas(kWidth, height, title_of(page), typeface);
  });
}

std::string png_of(const Page& page) {
  constexpr double kPixelsPerPoint = kDotsPerInch / 72.0;
  return made_of(page, [&](double height, Typeface* typeface) {
    return PngCanvas(kWidth, height, kPixelsPerPoint, typeface);
  });
}

}  // namespace gradflow::figure
