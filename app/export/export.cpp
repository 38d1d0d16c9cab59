#include "app/export/export.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "app/export/caption.h"
#include "app/export/figure_page.h"
#include "app/figure/page.h"
#include "app/figure/style.h"
#include "app/session/scene_file.h"
#include "app/ui/views.h"
#include "core/io/tidy.h"
#include "core/io/token_rows.h"
#include "core/io/training_table.h"

namespace gradflow {
namespace {

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

std::string token_table_of(const session::Scene& scene) {
  const std::vector<std::string> names = names_in_table(scene);
  std::string table(kTokenHeader);
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) {
    table += token_rows(token_walk(scene.stacks[i], scene.token), names[i]);
  }
  return table;
}

std::string table_of(const session::Scene& scene, const ui::Measurements& measured) {
  if (scene.view == session::View::training) return race_table_of(scene, measured);
  if (scene.view == session::View::token) return token_table_of(scene);
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
  figure::Page page = figure_page(scene, measured, pinned);
  page.caption = caption_of(scene);
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
