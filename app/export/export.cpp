#include "app/export/export.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <variant>

#include "app/export/caption.h"
#include "app/figure/page.h"
#include "app/figure/style.h"
#include "app/session/scene_file.h"
#include "app/ui/views.h"
#include "core/io/text_code.h"
#include "core/io/tidy.h"
#include "core/io/training_table.h"

namespace gradflow {
namespace {

/// Whether these bytes of UTF-8 end in one of Unicode's code points for no character (U+FDD0 to U+FDEF, and
/// the last two of every plane), which neither XML nor Cairo takes.
bool ends_in_no_character(std::string_view text) {
  if (text.size() < 3) return false;
  const std::string_view last = text.substr(text.size() - 3);
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(last[i]); };
  if (byte(0) == 0xEF && byte(1) == 0xB7) return byte(2) >= 0x90 && byte(2) <= 0xAF;
  if (byte(1) != 0xBF || byte(2) < 0xBE) return false;
  const bool after_lead = text.size() > 3 && static_cast<unsigned char>(text[text.size() - 4]) >= 0xF0;
  return byte(0) == 0xEF || (after_lead && (byte(0) & 0x0FU) == 0x0FU);
}

/// Names are anybody's bytes; paper wants text.
void clean(std::string* text) {
  constexpr std::size_t kLongest = 2000;
  constexpr std::string_view kUnknown = "\xEF\xBF\xBD";
  std::string shown;
  for (const char byte : clipped(*text, kLongest)) {
    shown += byte;
    if (!ends_in_no_character(shown)) continue;
    const bool four = (static_cast<unsigned char>(shown[shown.size() - 3]) & 0xC0U) == 0x80U;
    shown.replace(shown.size() - (four ? 4 : 3), std::string::npos, kUnknown);
  }
  *text = std::move(shown);
}

void clean(figure::Figure* figure) {
  for (std::string* text : {&figure->x_label, &figure->y_label, &figure->guides_note}) clean(text);
  for (figure::Curve& curve : figure->curves) {
    clean(&curve.name);
    clean(&curve.note);
  }
  for (figure::Absence& absence : figure->absences) clean(&absence.sentence);
  for (figure::Guide& guide : figure->guides) clean(&guide.label);
  for (figure::Mark& mark : figure->marks) clean(&mark.label);
}

void clean(figure::HeatMap* map) {
  for (std::string* text : {&map->x_label, &map->value_label, &map->note}) clean(text);
  for (figure::HeatRow& row : map->rows) clean(&row.tag);
  for (figure::HeatPanel& panel : map->panels) {
    clean(&panel.name);
    clean(&panel.absence);
  }
}

/// Stacks of one name get their letters, so that their rows can be told apart.
std::vector<std::string> names_in_table(const session::Scene& scene) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) {
    const std::string& name = scene.stacks[i].name;
    const auto same = std::count_if(scene.stacks.begin(), scene.stacks.end(),
                                    [&](const StackSpec& stack) { return stack.name == name; });
    names.push_back(same > 1 ? std::string(1, figure::stack_letter(i)) + " " + name : name);
  }
  return names;
}

/// A stack's own report, or that of every seed that its band is made of and what only all of them say.
std::string rows_of(const StackReport& report, const StackReport* band, const std::string& name) {
  const auto rows = [&](StackReport named, std::optional<std::uint64_t> seed) {
    named.spec.name = name;
    return tidy_rows(named, seed);
  };
  const bool seeded = band != nullptr && !band->seeds.empty() && has_drawn_weights(report.spec);
  if (!seeded) return rows(report, report.spec.seed);
  std::string table;
  std::uint64_t seed = report.spec.seed;  // after the last seed that there is comes 0
  for (const auto& one : band->seeds) table += rows(*one, seed++);
  StackReport together;
  together.scalars = band->scalars;
  std::erase_if(together.scalars, [](const Scalar& scalar) { return scalar.quantity == "seeds"; });
  return table + rows(together, std::nullopt);
}

/// Every step that the history still has by itself.
std::string race_table_of(const session::Scene& scene, const ui::Measurements& measured) {
  const std::vector<std::string> names = names_in_table(scene);
  const std::vector<session::Lane> lanes = session::lanes_of(scene);
  std::string table(kTrainingHeader);
  for (std::size_t i = 0; i < std::min(lanes.size(), measured.race.lanes.size()); ++i) {
    LaneReport lane = *measured.race.lanes[i];
    lane.stack.name = names[lanes[i].stack];
    if (lanes[i].warmup) lane.stack.name += ", warmup " + std::to_string(lane.training.warmup);
    for (const StepSpan& span : lane.history.spans()) table += training_rows(lane, span.first);
  }
  return table;
}

std::string table_of(const session::Scene& scene, const ui::Measurements& measured) {
  if (scene.view == session::View::training) return race_table_of(scene, measured);
  const std::vector<std::string> names = names_in_table(scene);
  const ui::Answers answers = measured.*ui::view_kind(scene.view).source;
  const ui::Answers bands = ui::bands_of(measured, scene);
  std::string table(kTidyHeader);
  for (std::size_t i = 0; i < std::min(names.size(), answers.size()); ++i) {
    if (!answers[i]) continue;
    table += rows_of(*answers[i], i < bands.size() ? bands[i].get() : nullptr, names[i]);
  }
  return table;
}

std::string page_of(const session::Scene& scene, const ui::Measurements& measured,
                    const ui::Measurements& pinned, FigureFormat format) {
  figure::Page page{ui::drawing_of(measured, ui::ghosts_of(pinned, scene), scene), {}, caption_of(scene)};
  ui::leave_out_hidden(scene, &page.drawing);
  std::visit([](auto& drawing) { clean(&drawing); }, page.drawing);
  for (const StackSpec& stack : scene.stacks) clean(&page.names.emplace_back(stack.name));
  switch (format) {
    case FigureFormat::pdf: return figure::pdf_of(page);
    case FigureFormat::png: return with_resolution(figure::png_of(page), figure::kDotsPerInch);
    case FigureFormat::svg:
    case FigureFormat::csv: break;
  }
  return figure::svg_of(page);
}

}  // namespace

std::string exported(const session::Scene& scene, const ui::Measurements& measured,
                     const ui::Measurements& pinned, FigureFormat format) {
  const bool table = format == FigureFormat::csv;
  const std::string file = table ? table_of(scene, measured) : page_of(scene, measured, pinned, format);
  return embed_session(file, format, session::scene_json(scene));
}

}  // namespace gradflow
