// What cells do, and how curves lie to the lines of the theory.
#include <algorithm>
#include <cmath>
#include <optional>

#include "app/figure/axis.h"
#include "app/figure/explanation_parts.h"
#include "app/figure/style.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

/// Where the guide speaks of a curve: how many of its points lie inside the band, or how far off the line.
std::string against_guide(const Subject& subject, const Figure& figure, const Guide& guide) {
  std::string words;
  for (const Curve* curve : shown_curves(subject, figure)) {
    if (curve->pinned ||
        std::find(guide.stacks.begin(), guide.stacks.end(), curve->stack) == guide.stacks.end())
      continue;
    int inside = 0, all = 0;
    double furthest = 1;
    for (std::size_t i = 0; i < curve->x.size(); ++i) {
      const auto low = guide_at(figure, guide, guide.low, curve->x[i]);
      const auto high = guide.is_band() ? guide_at(figure, guide, guide.high, curve->x[i]) : low;
      if (!low || !high || lane_of(curve->y[i], figure.y_scale) != Lane::data) continue;
      ++all;
      inside += curve->y[i] >= *low && curve->y[i] <= *high ? 1 : 0;
      const double ratio = curve->y[i] / *low;
      if (std::abs(std::log(ratio)) > std::abs(std::log(furthest))) furthest = ratio;
    }
    if (all == 0) continue;
    const std::string name = curve_name(subject, *curve);
    words += " ";
    words += guide.is_band()
                 ? tr("{0} lies within it at {1} of {2} places.",
                      {name, std::to_string(inside), std::to_string(all)})
                 : tr("{0} is {1} times it where it is furthest off.", {name, three_figures(furthest)});
  }
  return words;
}

std::string cell_place(const HeatMap& map, const HeatRow& row, int column) {
  return row.tag + " " + place_words(map.x_word, map.number_of(column));
}

std::string one_panel(const HeatMap& map, std::size_t p) {
  const HeatPanel& panel = map.panels[p];
  std::optional<HeatPlace> least, most;
  int zero = 0, infinite = 0;
  const auto value = [&](const HeatPlace& place) { return *map.at(p, place); };
  for (int row = 0; row < static_cast<int>(map.rows.size()); ++row) {
    for (int layer = 0; layer < panel.layers; ++layer) {
      const HeatPlace place{row, layer};
      const HeatCell cell = map.at(p, place);
      if (!cell) continue;
      zero += lane_of(*cell) == Lane::underflow ? 1 : 0;
      infinite += lane_of(*cell) == Lane::overflow ? 1 : 0;
      if (lane_of(*cell) != Lane::data) continue;
      if (!least || *cell < value(*least)) least = place;
      if (!most || *cell > value(*most)) most = place;
    }
  }
  std::string line;
  if (!most) {
    line = tr("{0}: no cell has a colour.", {panel.name});
  } else {
    const auto at = [&](const HeatPlace& place) {
      return value_words(value(place)) + ", " +
             cell_place(map, map.rows[static_cast<std::size_t>(place.row)], place.layer);
    };
    line = tr("{0}: the largest is {1}; the smallest is {2}. Between them lies a factor of {3}.",
              {panel.name, at(*most), at(*least), three_figures(value(*most) / value(*least))});
  }
  if (zero > 0) line += " " + tr("Cells that are exactly zero: {0}.", {std::to_string(zero)});
  if (infinite > 0) line += " " + tr("Cells that are not finite: {0}.", {std::to_string(infinite)});
  return line;
}

}  // namespace

Paragraphs cell_words(const Subject& subject) {
  const auto& map = std::get<HeatMap>(subject.drawing);
  Paragraphs lines;
  for (std::size_t p = 0; p < map.panels.size(); ++p) {
    const HeatPanel& panel = map.panels[p];
    if (is_hidden(subject, panel.stack)) continue;
    lines.push_back(panel.absence.empty() ? one_panel(map, p)
                                          : tr("{0} has no panel: {1}.",
                                               {std::string(1, stack_letter(panel.stack)), panel.absence}));
  }
  if (!map.note.empty()) lines.push_back(tr("Note: {0}.", {map.note}));
  return lines;
}

Paragraphs table_words(const Subject& subject) {
  Paragraphs lines;
  for (const TokenPanel& panel : std::get<TokenTable>(subject.drawing).panels) {
    if (is_hidden(subject, panel.stack)) continue;
    for (const TokenSection& section : panel.sections) {
      if (section.lines.empty()) continue;
      const TokenLine& last = section.lines.back();
      std::string numbers;
      for (std::size_t i = 0; i < last.numbers.size(); ++i) numbers += (i == 0 ? "" : ", ") + last.numbers[i];
      lines.push_back(tr("{0}, {1}: the last line, {2}, is ({3}).",
                         {std::string(1, stack_letter(panel.stack)), section.title, last.label, numbers}));
    }
    if (!panel.note.empty()) lines.push_back(panel.note);
  }
  return lines;
}

Paragraphs guide_words(const Subject& subject) {
  const auto* figure = std::get_if<Figure>(&subject.drawing);
  if (figure == nullptr) return {};
  Paragraphs lines;
  const bool compared = figure->x_word != "depth" && !subject.race;  // with the line itself
  for (const Guide& guide : figure->guides) {
    const std::string against = against_guide(subject, *figure, guide);
    if (against.empty()) continue;  // its stacks are hidden
    lines.push_back(guide.label + "." + (compared ? against : std::string()));
  }
  if (lines.empty()) return lines;
  if (subject.race)
    lines.emplace_back(tr("It is the loss of who knows nothing but how often each token comes."));
  if (!figure->guides_note.empty()) {
    const std::string_view thin = tr("thin: ");  // which the title says
    std::string_view note = figure->guides_note;
    if (note.starts_with(thin)) note.remove_prefix(thin.size());
    lines.push_back(tr("Their source: {0}.", {note}));
  }
  if (!compared && !figure->guides_ratio.empty()) lines.push_back(figure->guides_ratio);
  return lines;
}

}  // namespace gradflow::figure
