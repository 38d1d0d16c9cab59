// A heat map on paper: as app/ui/heat_*.cpp draw it on the screen.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/figure/ink.h"
#include "app/figure/page_heat.h"
#include "app/figure/quantity.h"
#include "app/figure/viridis.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

constexpr double kTitle = 18, kPanelGap = 8, kTickRow = 24, kTickColumn = 30;
constexpr double kLowRow = 11, kHighRow = 18, kLeast = 170, kMost = 296;  // heights
constexpr double kBarGap = 12, kBar = 10, kNumbers = 42, kBarName = 14;
constexpr double kPatch = 14;  // of a pattern at the end of the bar
constexpr int kShades = 128;
constexpr double kBaseLine = 0.36;

void draw_row_names(Canvas* canvas, const HeatMap& map, const PageBox& area) {
  const double height = area.height / static_cast<double>(std::max<std::size_t>(1, map.rows.size()));
  for (std::size_t row = 0; row < map.rows.size(); ++row) {
    const double middle = area.y + (static_cast<double>(row) + 0.5) * height;
    canvas->text({area.x - 5, middle + kBaseLine * Ink::kSmall}, map.rows[row].tag,
                 {Ink::kSmall, Ink::kText, Anchor::end});
  }
}

void draw_columns(Canvas* canvas, const HeatMap& map, const PageBox& panel, int layers) {
  const int most = std::max(1, static_cast<int>(panel.width / kTickColumn));
  for (const Tick& tick : integer_ticks({double(map.x_first), double(map.number_of(layers - 1))}, most)) {
    const double x = panel.x + (map.column_of(tick.at) + 0.5) / layers * panel.width;
    canvas->line(std::array<PagePoint, 2>{{{x, panel.bottom()}, {x, panel.bottom() + 3}}},
                 {Ink::kSecondary, Ink::kHair});
    canvas->text({x, panel.bottom() + 13}, tick.label, {Ink::kSmall, Ink::kText, Anchor::middle});
  }
}

void draw_numbers(Canvas* canvas, const PageBox& bar, const Range& decades) {
  for (const Tick& tick : log_ticks(decades, static_cast<int>(bar.height / kTickRow))) {
    const double y = bar.y + (1 - decades.fraction(tick.at)) * bar.height;
    if (y < bar.y - 0.1 || y > bar.bottom() + 0.1 || tick.label.empty()) continue;
    canvas->line(std::array<PagePoint, 2>{{{bar.right(), y}, {bar.right() + 3, y}}},
                 {Ink::kSecondary, Ink::kHair});
    canvas->text({bar.right() + 5, y + kBaseLine * Ink::kSmall}, tick.label,
                 {Ink::kSmall, tick.major ? Ink::kText : Ink::kSecondary});
  }
}

void draw_patch(Canvas* canvas, const PageBox& patch, Lane lane, std::string_view words) {
  draw_pattern(canvas, patch, lane);
  canvas->text({patch.right() + 5, patch.y + patch.height / 2 + kBaseLine * Ink::kSmall}, words,
               {Ink::kSmall, Ink::kBad});
}

/// The colours, with the patterns that occur at their ends.
void draw_bar(Canvas* canvas, const Extent& extent, const Range& decades, PageBox bar) {
  const double taken = kPatch + 4;
  if (extent.overflow) {
    draw_patch(canvas, {bar.x, bar.y, bar.width, kPatch}, Lane::overflow, tr("overflow"));
    bar.y += taken;
    bar.height -= taken;
  }
  if (extent.underflow) {
    bar.height -= taken;
    draw_patch(canvas, {bar.x, bar.bottom() + 4, bar.width, kPatch}, Lane::underflow, tr("zero"));
  }
  if (!extent.y) return;
  for (int i = 0; i < kShades; ++i) {  // each down to the end, so that no seam shows
    const double top = bar.y + bar.height * i / kShades;
    canvas->rectangle({bar.x, top, bar.width, bar.bottom() - top}, viridis(1 - (i + 0.5) / kShades));
  }
  draw_numbers(canvas, bar, decades);
}

std::string title_of(const HeatMap& map, const std::vector<std::string>& names, std::size_t panel) {
  const std::size_t stack = map.panels[panel].stack;
  const bool lane = map.x_word == "step";  // which has a name of its own
  const std::string& name = !lane && stack < names.size() ? names[stack] : map.panels[panel].name;
  return std::string(1, stack_letter(stack)) + "  " + name;
}

}  // namespace

std::vector<PageBox> heat_panels(const HeatMap& map, const PageBox& area) {
  const auto count = static_cast<double>(std::max<std::size_t>(1, map.panels.size()));
  const double width = (area.width - kPanelGap * (count - 1)) / count;
  std::vector<PageBox> panels;
  for (std::size_t p = 0; p < map.panels.size(); ++p) {
    panels.push_back({area.x + static_cast<double>(p) * (width + kPanelGap), area.y, width, area.height});
  }
  return panels;
}

PageBox heat_area(Typeface* typeface, const HeatMap& map, const PageBox& page) {
  double names = 20;
  for (const HeatRow& row : map.rows) names = std::max(names, typeface->width(row.tag, Ink::kSmall) + 6);
  const auto rows = static_cast<double>(map.rows.size());
  const double height = std::max({kLeast, kLowRow * rows, std::min(kMost, kHighRow * rows)});
  const double right = kBarGap + kBar + kNumbers + kBarName;
  return {page.x + names, page.y + kTitle, page.width - names - right, height};
}

std::vector<std::string> heat_notes(Typeface* typeface, const HeatMap& map,
                                    const std::vector<std::string>& names, const PageBox& area) {
  std::vector<std::string> notes;
  const std::vector<PageBox> panels = heat_panels(map, area);
  std::string cut_names;
  bool lacking = false;
  bool shared = false;
  for (std::size_t p = 0; p < panels.size(); ++p) {
    const HeatPanel& panel = map.panels[p];
    const std::string title = title_of(map, names, p);
    if (typeface->width(title, Ink::kTextSize) > panels[p].width) {
      cut_names += (cut_names.empty() ? "" : "; ") + title;
    }
    shared |= panel.layers > heat_columns(panels[p], panel.layers);
    std::vector<std::string> round_off;
    for (const int row : panel.round_off)
      round_off.push_back(map.rows[static_cast<std::size_t>(row)].quantity);
    if (!round_off.empty()) {
      notes.push_back(std::string(1, stack_letter(panel.stack)) + ": " + left_out_words(round_off));
    }
    for (std::size_t i = 0; i < panel.cells.size(); ++i) {
      const int row = static_cast<int>(i / static_cast<std::size_t>(panel.layers));
      const auto& rows = panel.round_off;
      lacking |= !panel.cells[i] && std::find(rows.begin(), rows.end(), row) == rows.end();
    }
  }
  if (!cut_names.empty()) notes.insert(notes.begin(), cut_names);
  if (lacking)
    notes.emplace_back(map.x_word == "step" ? tr("blank: a step that was not made")
                                            : tr("blank: a weight that the layer does not have"));
  if (shared) {
    notes.emplace_back(map.x_word == "step" ? tr("steps that share a column are drawn as the one that is not "
                                                 "finite or zero, else as the largest")
                                            : tr("layers that share a column are drawn as the one that is "
                                                 "not finite or zero, else as the largest"));
  }
  return notes;
}

void draw_heat_map(Canvas* canvas, Typeface* typeface, const HeatMap& map,
                   const std::vector<std::string>& names, const PageBox& area) {
  const Extent extent = extent_of(map);
  const Range decades = extent.y ? fit_decades(*extent.y) : Range{-3, 0};
  const std::vector<PageBox> panels = heat_panels(map, area);
  draw_row_names(canvas, map, area);
  for (std::size_t p = 0; p < panels.size(); ++p) {
    const PageBox& panel = panels[p];
    const std::string title = cut(typeface, title_of(map, names, p), Ink::kTextSize, panel.width);
    canvas->text({panel.x, panel.y - 5}, title, {Ink::kTextSize, Ink::kText});
    if (map.panels[p].layers == 0) {
      canvas->rectangle(panel, Ink::kFineGrid);
    } else {
      draw_cells(canvas, map, p, decades, panel);
      draw_columns(canvas, map, panel, map.panels[p].layers);
    }
  }
  const double bar = area.right() + kBarGap;
  draw_bar(canvas, extent, decades, {bar, area.y, kBar, area.height});
  canvas->text({area.x + area.width / 2, area.bottom() + 28},
               cut(typeface, map.x_label, Ink::kTextSize, area.width),
               {Ink::kTextSize, Ink::kText, Anchor::middle});
  canvas->text({bar + kBar + kNumbers + kBarName - 3, area.y + area.height / 2},
               cut(typeface, map.value_label, Ink::kTextSize, area.height),
               {Ink::kTextSize, Ink::kText, Anchor::middle, Direction::upwards});
}

}  // namespace gradflow::figure
