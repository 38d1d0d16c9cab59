#include "app/ui/source_note.h"

#include <algorithm>
#include <string>
#include <vector>

#include "app/figure/lines.h"

namespace gradflow::ui {
namespace {

constexpr float kLine = 20, kFurtherLine = 17;
constexpr float kStep = 8;             // by which lines get longer until they are few enough
constexpr std::size_t kMostLines = 3;  // in a window that is narrower still, the last is cut

std::vector<std::string> lines_within(const Ui& ui, float width, std::string_view words) {
  return figure::broken_lines(
      words, [&](const std::string& line) { return ui.width(ui.fonts().small, line) <= width; });
}

/// As few as may be, and then as even as may be.
std::vector<std::string> even_lines(const Ui& ui, float width, std::string_view words) {
  std::vector<std::string> lines = lines_within(ui, width, words);
  const std::size_t fewest = lines.size();
  for (; lines.size() > kMostLines; lines.pop_back()) lines.end()[-2] += " " + lines.back();
  if (fewest < 2 || fewest > kMostLines) return lines;
  const float mean = ui.width(ui.fonts().small, words) / static_cast<float>(fewest);
  for (float narrow = mean; narrow < width; narrow += ui.px(kStep)) {
    std::vector<std::string> even = lines_within(ui, narrow, words);
    if (even.size() == fewest) return even;
  }
  return lines;
}

float height_of(const Ui& ui, std::size_t lines) {
  return lines == 0 ? 0 : ui.px(kLine) + ui.px(kFurtherLine) * static_cast<float>(lines - 1);
}

}  // namespace

float source_height(const Ui& ui, float width, std::string_view words) {
  return height_of(ui, std::min(kMostLines, lines_within(ui, width, words).size()));
}

void draw_source(const Ui& ui, std::string_view name, const Rect& place, std::string_view words) {
  const std::vector<std::string> lines = even_lines(ui, place.width, words);
  if (lines.empty()) return;
  ui.landmark(std::string(name) + ".source", {place.x, place.y, place.width, height_of(ui, lines.size())});
  Rect row{place.x, place.y, place.width, ui.px(kLine)};
  for (const std::string& line : lines) {
    ui.text_in(ui.fonts().small, row, Align::center, ui.theme().secondary, line);
    row.y += ui.px(kFurtherLine);
  }
}

}  // namespace gradflow::ui
