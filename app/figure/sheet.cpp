#include "app/figure/sheet.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "app/figure/ghosts.h"
#include "app/figure/ink.h"
#include "app/figure/page_heat.h"
#include "app/figure/page_token.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

constexpr double kLeft = 54;     // of the plot, from the margin: the y axis' name and numbers
constexpr double kBelow = 38;    // the x axis' numbers and name
constexpr double kPointers = 8;  // above the plot, the names of what is pointed at
constexpr double kLegendRow = 17, kNoteRow = 12.5, kGap = 8;
constexpr double kBaseLine = 0.36;  // of the text size, from the middle of a line to where letters stand

std::string letter_of(std::size_t stack) { return {stack_letter(stack)}; }

double swatch_width(Swatch swatch) { return swatch == Swatch::none ? 0 : Ink::kSwatch; }

/// Entries side by side, in as many rows as it takes. Curves that have a style of their own are named at
/// their ends, and here stands whose they are.
class Legend {
 public:
  Legend(Typeface* typeface, const SheetSize& size, std::vector<LegendEntry>* entries)
      : typeface_(typeface),
        entries_(entries),
        left_(size.margin),
        right_(size.width - size.margin),
        at_{left_, size.margin + kLegendRow / 2} {}

  void add(Swatch swatch, std::size_t number, const std::string& name, const std::string& note) {
    const double note_width = typeface_->width(note, Ink::kSmall);
    const double beside = swatch_width(swatch) + note_width;
    const std::string words = cut(typeface_, name, Ink::kTextSize, right_ - left_ - beside);
    const double width = typeface_->width(words, Ink::kTextSize);
    if (at_.x > left_ && at_.x + beside + width > right_) at_ = {left_, at_.y + kLegendRow};
    entries_->push_back({swatch, number, at_, words, note, width});
    at_.x += beside + width + kSpace;
  }

  /// Where the page goes on.
  double bottom() const { return at_.y + (entries_->empty() ? -kLegendRow / 2 : kLegendRow / 2 + kGap); }

 private:
  static constexpr double kSpace = 20;
  Typeface* typeface_;
  std::vector<LegendEntry>* entries_;
  double left_, right_;
  PagePoint at_;
};

double lay_legend(const Page& page, const Figure& figure, Typeface* typeface, Sheet* sheet) {
  Legend legend(typeface, sheet->size, &sheet->legend);
  std::vector<std::size_t> owners;  // of curves with a style of their own
  for (std::size_t c = 0; c < figure.curves.size(); ++c) {
    const Curve& curve = figure.curves[c];
    if (curve.pinned) {
      legend.add(Swatch::curve, c, label_of(curve) + " " + curve.note, "");  // which starts with its name
    } else if (!curve.style) {
      legend.add(Swatch::curve, c, letter_of(curve.stack) + "  " + curve.name,
                 curve.note.empty() ? "" : "   " + curve.note);
    } else if (std::find(owners.begin(), owners.end(), curve.stack) == owners.end()) {
      owners.push_back(curve.stack);
      const std::string name = curve.stack < page.names.size() ? page.names[curve.stack] : std::string();
      legend.add(Swatch::none, c, letter_of(curve.stack) + "  " + name, "");
    }
  }
  for (std::size_t i = 0; i < figure.guides.size(); ++i) {
    const bool named = std::any_of(sheet->guide_names.begin(), sheet->guide_names.end(),
                                   [i](const GuideName& name) { return name.guide == i; });
    if (named || !is_shown(figure, figure.guides[i], {})) continue;
    legend.add(Swatch::guide, i, figure.guides[i].label, "");
  }
  return legend.bottom();
}

/// Why stacks are not drawn; those of one reason share a sentence.
class Absences {
 public:
  explicit Absences(const std::vector<std::string>& names) : names_(names) {}

  void add(std::size_t stack, const std::string& sentence) {
    std::string who = letter_of(stack);
    if (stack < names_.size()) who += " " + names_[stack];
    const auto same =
        std::find_if(rows_.begin(), rows_.end(), [&](const auto& row) { return row.second == sentence; });
    if (same == rows_.end()) {
      rows_.emplace_back(who, sentence);
    } else {
      same->first += ", " + who;
    }
  }

  std::vector<std::string> sentences(std::string_view what) const {
    std::vector<std::string> list;
    for (const auto& [who, sentence] : rows_) list.push_back(tr(what, {who, sentence}));
    return list;
  }

 private:
  const std::vector<std::string>& names_;
  std::vector<std::pair<std::string, std::string>> rows_;  // stacks, sentence
};

/// Lines below the plot.
class Notes {
 public:
  Notes(Typeface* typeface, double top, Sheet* sheet)
      : typeface_(typeface), size_(sheet->size), lines_(&sheet->notes), y_(top) {}

  void add(std::string_view sentence, Rgb color) {
    for (std::string& line : broken(typeface_, sentence, Ink::kSmall, size_.width - 2 * size_.margin)) {
      y_ += kNoteRow;
      lines_->push_back(
          {{size_.margin, y_ - kNoteRow / 2 + kBaseLine * Ink::kSmall}, std::move(line), color});
    }
  }

  void add(const std::vector<std::string>& sentences, Rgb color) {
    for (const std::string& sentence : sentences) add(sentence, color);
  }

  double bottom() const { return y_; }

 private:
  Typeface* typeface_;
  SheetSize size_;
  std::vector<NoteLine>* lines_;
  double y_;
};

void add_notes(const Page& page, const Figure& figure, Notes* notes) {
  Absences absences(page.names);
  for (const Absence& absence : figure.absences) absences.add(absence.stack, absence.sentence);
  notes->add(absences.sentences(text_key("{0} has no curve: {1}")), Ink::kText);
  notes->add(figure.guides_note, Ink::kSecondary);
  const Extent extent = extent_of(figure);
  if (extent.overflow) notes->add(tr("overflow: a value that is infinite or not a number"), Ink::kBad);
  if (extent.underflow) notes->add(tr("underflow: a value that is exactly 0"), Ink::kBad);
  const auto& curves = figure.curves;
  if (std::any_of(curves.begin(), curves.end(), [](const Curve& curve) { return !curve.marks.empty(); })) {
    notes->add(tr("triangles on the axis: layers with a wiring of their own"), Ink::kSecondary);
  }
}

void add_notes(const Page& page, const HeatMap& map, const PageBox& area, Typeface* typeface, Notes* notes) {
  Absences absences(page.names);
  for (const HeatPanel& panel : map.panels) {
    if (panel.layers == 0) absences.add(panel.stack, panel.absence);
  }
  notes->add(absences.sentences(text_key("{0} has no cells: {1}")), Ink::kText);
  const Extent extent = extent_of(map);
  if (extent.overflow) notes->add(tr("overflow: a gradient that is infinite or not a number"), Ink::kBad);
  if (extent.underflow) notes->add(tr("zero: a gradient that is exactly 0"), Ink::kBad);
  notes->add(map.note, Ink::kSecondary);
  notes->add(heat_notes(typeface, map, page.names, area), Ink::kSecondary);
}

void draw_names_of_axes(Canvas* canvas, Typeface* typeface, const Figure& figure, const Sheet& sheet) {
  const PageBox& plot = sheet.plot;
  const std::string across = cut(typeface, figure.x_label, Ink::kTextSize, plot.width);
  const std::string up = cut(typeface, figure.y_label, Ink::kTextSize, plot.height);
  canvas->text({plot.x + plot.width / 2, plot.bottom() + 28}, across,
               {Ink::kTextSize, Ink::kText, Anchor::middle});
  canvas->text({sheet.size.margin + Ink::kTextSize * 0.8, plot.y + plot.height / 2}, up,
               {Ink::kTextSize, Ink::kText, Anchor::middle, Direction::upwards});
}

void draw_legend(Canvas* canvas, const Figure& figure, const std::vector<LegendEntry>& legend) {
  for (const LegendEntry& entry : legend) {
    if (entry.swatch == Swatch::guide) {
      draw_guide_swatch(canvas, entry.number, figure.guides[entry.number].is_band(), entry.left);
    } else if (entry.swatch == Swatch::curve) {
      draw_swatch(canvas, style_of(figure.curves[entry.number]), entry.left);
    }
    const double base = entry.left.y + kBaseLine * Ink::kTextSize;
    const double x = entry.left.x + swatch_width(entry.swatch);
    canvas->text({x, base}, entry.words, {Ink::kTextSize, Ink::kText});
    if (!entry.note.empty()) {
      canvas->text({x + entry.words_width, base}, entry.note, {Ink::kSmall, Ink::kSecondary});
    }
  }
}

}  // namespace

Sheet lay_out(const Page& page, const SheetSize& size, Typeface* typeface) {
  Sheet sheet;
  sheet.size = size;
  const double margin = size.margin;
  const auto* map = std::get_if<HeatMap>(&page.drawing);
  const auto* table = std::get_if<TokenTable>(&page.drawing);
  const auto* figure = std::get_if<Figure>(&page.drawing);
  if (table != nullptr) {
    sheet.plot = token_area(*table, {margin, margin, size.width - 2 * margin, 0});
  } else if (map != nullptr) {
    sheet.plot = heat_area(typeface, *map, {margin, margin, size.width - 2 * margin, 0});
  } else {
    const PageBox ends = ends_room(typeface, *figure);
    sheet.plot = {margin + kLeft, 0, size.width - 2 * margin - kLeft - ends.width,
                  std::max(size.plot_height, ends.height)};
    sheet.guide_names = guide_names(typeface, frame_of(*figure, sheet.plot), *figure);
    sheet.plot.y = lay_legend(page, *figure, typeface, &sheet);
    if (!figure->marks.empty()) sheet.plot.y += kPointers;
  }
  Notes notes(typeface, sheet.plot.bottom() + (table != nullptr ? kGap : kBelow), &sheet);
  if (map != nullptr) {
    add_notes(page, *map, sheet.plot, typeface, &notes);
  } else if (figure != nullptr) {
    add_notes(page, *figure, &notes);
  }
  notes.add(page.caption, Ink::kSecondary);
  sheet.height = notes.bottom() + margin;
  return sheet;
}

void draw(const Page& page, const Sheet& sheet, Typeface* typeface, Canvas* canvas) {
  canvas->rectangle({0, 0, sheet.size.width, sheet.height}, Ink::kGround);
  if (const auto* map = std::get_if<HeatMap>(&page.drawing)) {
    draw_heat_map(canvas, typeface, *map, page.names, sheet.plot);
  } else if (const auto* table = std::get_if<TokenTable>(&page.drawing)) {
    draw_token_table(canvas, typeface, *table, page.names, sheet.plot);
  } else {
    const auto& figure = std::get<Figure>(page.drawing);
    draw_plot(canvas, typeface, frame_of(figure, sheet.plot), figure);
    for (const GuideName& name : sheet.guide_names) {
      canvas->text({name.start.x, sheet.plot.y + name.start.y}, figure.guides[name.guide].label,
                   {Ink::kSmall, Ink::kSecondary});
    }
    draw_names_of_axes(canvas, typeface, figure, sheet);
    draw_legend(canvas, figure, sheet.legend);
  }
  for (const NoteLine& line : sheet.notes) canvas->text(line.start, line.words, {Ink::kSmall, line.color});
}

}  // namespace gradflow::figure
