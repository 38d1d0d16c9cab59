#include "app/ui/token_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/glyphs.h"
#include "app/ui/token_boxes.h"
#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

using figure::TokenLine;
using figure::TokenPanel;
using figure::TokenSection;
using figure::TokenTable;
using figure::TokenTrack;

constexpr float kPad = 12, kTitle = 28, kSection = 24, kLine = 20, kNote = 14;
constexpr float kTrack = 14, kIndent = 10, kLabel = 104;  // the trunk's line, and what stands behind it
constexpr float kFigure = 46, kLeastCell = 44, kMostCell = 76;
constexpr float kBar = 2;

/// The columns of a panel, the same in all.
struct Columns {
  float label = 0, cell = 0, figure = 0;  // widths of one
  std::size_t figures = 0;                // of three, the last ones
  std::size_t numbers = 0;
  float width(const Ui& ui) const {
    return ui.px(kTrack) + label + static_cast<float>(numbers) * cell + static_cast<float>(figures) * figure;
  }
};

/// As narrow as the table's widest words and numbers allow.
Columns least_columns(const Ui& ui, const TokenTable& table) {
  Columns columns{ui.px(kLabel), ui.px(kLeastCell), ui.px(kFigure), 3, table.width};
  const auto room = [&](const std::string& text, float* width) {
    *width = std::max(*width, ui.width(ui.fonts().small, text) + ui.px(8));
  };
  for (const TokenPanel& panel : table.panels) {
    for (const TokenSection& section : panel.sections) {
      for (const TokenLine& line : section.lines) {
        if (line.track != TokenTrack::branch) room(line.label, &columns.label);
        for (const std::string& number : line.numbers) room(number, &columns.cell);
        for (const std::string& text : line.figures) room(text, &columns.figure);
      }
    }
  }
  return columns;
}

/// Fewer figures where there is no room for all, wider cells where there is more.
Columns fitted(const Ui& ui, Columns columns, float inside) {
  while (columns.figures > 0 && columns.width(ui) > inside) columns.figures -= columns.figures == 3 ? 2 : 1;
  const float more = std::max(0.0F, inside - columns.width(ui)) / static_cast<float>(columns.numbers);
  columns.cell = std::max(columns.cell, std::min(columns.cell + std::floor(more), ui.px(kMostCell)));
  return columns;
}

float height_of(const Ui& ui, const TokenLine& line) {
  return ui.px(kLine) + (line.note.empty() ? 0 : ui.px(kNote));
}

float height_of(const Ui& ui, const TokenPanel& panel) {
  float height = ui.px(kTitle + kPad / 2) + (panel.note.empty() ? 0 : ui.px(kLine));
  for (std::size_t s = 0; s < panel.sections.size(); ++s) {
    if (s > 0) height += ui.px(kSection);
    for (const TokenLine& line : panel.sections[s].lines) height += height_of(ui, line);
  }
  return height;
}

class PanelPainter {
 public:
  PanelPainter(const Ui& ui, const TokenPanel& panel, const Rect& place, const Columns& least)
      : ui_(ui),
        panel_(panel),
        inside_{place.x + ui.px(kPad), place.y, place.width - 2 * ui.px(kPad), place.height},
        columns_(fitted(ui, least, inside_.width)),
        y_(place.y) {
    inside_.width = std::min(inside_.width, columns_.width(ui));
  }

  void draw() {
    draw_title();
    for (const TokenSection& section : panel_.sections) {
      if (&section != &panel_.sections.front()) draw_head(section);
      for (const TokenLine& line : section.lines) draw(line, section.largest);
    }
  }

 private:
  ImU32 color() const { return ui_.theme().stack(panel_.stack); }
  float figure_left(std::size_t shown) const {
    return inside_.x + inside_.width - static_cast<float>(columns_.figures - shown) * columns_.figure;
  }

  void draw_figures(const std::array<std::string, 3>& texts, float y, float height) {
    const std::size_t skipped = texts.size() - columns_.figures;
    for (std::size_t i = 0; i < columns_.figures; ++i) {
      ui_.text_in(ui_.fonts().small, {figure_left(i), y, columns_.figure, height}, Align::right,
                  ui_.theme().secondary, texts[skipped + i]);
    }
  }

  void draw_title() {
    const float height = ui_.px(kTitle);
    draw_swatch(ui_, panel_.stack, {inside_.x, y_, ui_.px(22), height}, color());
    const float left = inside_.x + ui_.px(30);
    const std::string words = std::string(1, figure::stack_letter(panel_.stack)) + "  " + panel_.name;
    ui_.text_in(ui_.fonts().text, {left, y_, std::max(1.0F, figure_left(0) - left), height}, Align::left,
                ui_.theme().text, words);
    draw_figures(panel_.sections.front().heads, y_, height);
    y_ += height;
    if (panel_.note.empty()) return;
    ui_.text_in(ui_.fonts().small, {inside_.x, y_, inside_.width, ui_.px(kLine)}, Align::left,
                ui_.theme().secondary, panel_.note);
    y_ += ui_.px(kLine);
  }

  /// The name of a sub-layer and its equation; the way back has heads of its own.
  void draw_head(const TokenSection& section) {
    const float height = ui_.px(kSection);
    const bool back = section.equation.empty();
    const float left = inside_.x + ui_.px(kTrack);
    ui_.text_in(ui_.fonts().small, {left, y_ + ui_.px(2), inside_.x + inside_.width - left, height},
                Align::left, ui_.theme().secondary, section.title);
    if (back) {
      draw_figures(section.heads, y_ + ui_.px(2), height);
    } else {
      ui_.text_in(ui_.fonts().small,
                  {left + ui_.px(kLabel), y_ + ui_.px(2), inside_.width - ui_.px(kTrack + kLabel), height},
                  Align::right, ui_.theme().secondary, section.equation);
      draw_trunk(y_, height, true);
    }
    y_ += height;
  }

  void draw_trunk(float y, float height, bool wire) {
    const float x = inside_.x + ui_.px(3);
    if (wire) ui_.draw()->AddLine(ImVec2(x, y), ImVec2(x, y + height), color(), std::max(1.0F, ui_.px(2)));
  }

  /// A dot where the vector is on the trunk, a bar across where a norm is.
  void draw_knot(const TokenLine& line) {
    if (line.track == TokenTrack::branch) return;
    const float x = inside_.x + ui_.px(3);
    const float y = y_ + ui_.px(kLine) / 2;
    if (line.track == TokenTrack::trunk) {
      ui_.draw()->AddCircleFilled(ImVec2(x, y), ui_.px(3), color());
    } else {
      const float r = ui_.px(4);
      ui_.draw()->AddRectFilled(ImVec2(x - r, y - r), ImVec2(x + r, y + r), ui_.theme().panel);
      ui_.draw()->AddRect(ImVec2(x - r, y - r), ImVec2(x + r, y + r), color(), ui_.px(1), 0, ui_.px(2));
    }
  }

  /// The number, and a bar from the cell's middle to the side of its sign.
  void draw_cell(const std::string& number, double value, double largest, const Rect& cell) {
    ui_.text_in(ui_.fonts().small, cell, Align::right, ui_.theme().text, number);
    if (!std::isfinite(value) || largest <= 0) return;
    const float half = (cell.width - ui_.px(10)) / 2;
    const float middle = cell.x + cell.width - half;
    const float end = middle + static_cast<float>(value / largest) * half;
    const float top = cell.y + cell.height - ui_.px(kBar);
    ui_.draw()->AddRectFilled(ImVec2(std::min(middle, end), top),
                              ImVec2(std::max(middle, end), top + ui_.px(2)), color());
  }

  void draw(const TokenLine& line, double largest) {
    const float height = height_of(ui_, line);
    const Rect row{inside_.x, y_, inside_.width, height};
    const std::string name = "token.row." + std::to_string(panel_.stack) + "." + line.key;
    const bool hovered =
        ImGui::IsWindowHovered() &&
        ImGui::IsMouseHoveringRect(ImVec2(row.x, row.y), ImVec2(row.x + row.width, row.y + height));
    ui_.landmark(name, row);
    if (hovered) {
      ui_.fill({row.x - ui_.px(4), row.y, row.width + ui_.px(8), row.height}, ui_.theme().control);
      ui_.explain(name, row, line.tip);
    }
    draw_trunk(y_, height, line.wire);
    draw_knot(line);
    const float indent = line.track == TokenTrack::branch ? ui_.px(kIndent) : 0;
    const float left = inside_.x + ui_.px(kTrack) + indent;
    const float first = ui_.px(kLine);
    ui_.text_in(ui_.fonts().small, {left, y_, columns_.label - indent, first}, Align::left, ui_.theme().text,
                line.label);
    Rect cell{inside_.x + ui_.px(kTrack) + columns_.label, y_, columns_.cell, first};
    for (std::size_t i = 0; i < line.values.size(); ++i) {
      draw_cell(line.numbers[i], line.values[i], largest, cell);
      cell.x += cell.width;
    }
    draw_figures(line.figures, y_, first);
    if (!line.note.empty()) {
      const Rect note{left, y_ + first - ui_.px(3), inside_.width - ui_.px(kTrack) - indent, ui_.px(kNote)};
      ui_.text_in(ui_.fonts().small, note, Align::left, ui_.theme().secondary, line.note);
    }
    y_ += height;
  }

  const Ui& ui_;
  const TokenPanel& panel_;
  Rect inside_;
  Columns columns_;
  float y_;
};

/// As many side by side as have room for their numbers and one figure; two, which are there to be compared,
/// do without it.
std::size_t panels_a_row(const Ui& ui, float width, Columns least, std::size_t count) {
  least.figures = count == 2 ? 0 : 1;
  const float gap = ui.px(Metrics::kGap);
  const float panel = least.width(ui) + 2 * ui.px(kPad);
  const auto fit = static_cast<std::size_t>(std::max(1.0F, (width + gap) / (panel + gap)));
  return std::clamp<std::size_t>(fit, 1, std::max<std::size_t>(1, count));
}

void draw_panels(const Ui& ui, const Rect& place, const TokenTable& table, const std::vector<bool>& hidden) {
  std::vector<const TokenPanel*> shown;
  for (std::size_t p = 0; p < table.panels.size(); ++p) {
    if (p >= hidden.size() || !hidden[p]) shown.push_back(&table.panels[p]);
  }
  const Columns least = least_columns(ui, table);
  const std::size_t columns = panels_a_row(ui, place.width, least, shown.size());
  const float gap = ui.px(Metrics::kGap);
  const auto count = static_cast<float>(columns);
  const float width = std::floor((place.width - gap * (count - 1)) / count);
  float y = place.y;
  for (std::size_t first = 0; first < shown.size(); first += columns) {
    const std::size_t end = std::min(shown.size(), first + columns);
    float height = 0;
    for (std::size_t p = first; p < end; ++p) height = std::max(height, height_of(ui, *shown[p]));
    for (std::size_t p = first; p < end; ++p) {
      const Rect card{place.x + static_cast<float>(p - first) * (width + gap), y, width, height};
      ui.fill(card, ui.theme().panel, Metrics::kPanelCorner);
      ui.landmark("token.panel." + std::to_string(shown[p]->stack), card);
      PanelPainter(ui, *shown[p], card, least).draw();
    }
    y += height + gap;
  }
  if (shown.empty()) {
    ui.text_in(ui.fonts().text, {place.x, y, place.width, ui.px(Metrics::kRow)}, Align::left,
               ui.theme().secondary, tr("All stacks are hidden: a click in the legend shows them."));
    y += ui.px(Metrics::kRow);
  }
  ImGui::SetCursorScreenPos(ImVec2(place.x, y));
  ImGui::Dummy(ImVec2(1, 1));
}

}  // namespace

void draw_token_view(const Ui& ui, const Rect& place, const TokenTable& table,
                     const std::vector<bool>& hidden, session::Scene* scene) {
  ImGui::SetCursorScreenPos(ImVec2(place.x, place.y));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, ui.theme().ground);
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoNavInputs | ImGuiWindowFlags_NoSavedSettings;
  if (ImGui::BeginChild("token", ImVec2(place.width, place.height), false, kFlags)) {
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float bar = ui.px(12);  // kept free for the scroll bar, so that nothing moves when it comes
    Rect rest{origin.x, origin.y, place.width - bar, place.height};
    rest.y += draw_token_boxes(ui, rest, scene) + ui.px(Metrics::kGap);
    draw_panels(ui, rest, table, hidden);
  }
  ImGui::EndChild();
  ImGui::PopStyleColor();
}

}  // namespace gradflow::ui
