#include "app/ui/layer_strip.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/compat.h"
#include "app/ui/wire.h"
#include "core/spec/fields.h"

namespace gradflow::ui {
namespace {

constexpr float kLeastCell = 3;  // pixels a layer at scale 1; with less, neighbours share a cell
constexpr float kNumbered = 18;  // height from which on a cell has room for its number
constexpr float kSeparated = 5;  // and for a gap to the next
constexpr float kMark = 8, kEndLabel = 18;
constexpr float kTrunkShare = 0.72F;  // of the width, where the trunk runs

/// A cell on the screen.
struct Cell {
  LayerRun run;
  Rect rect;
};

std::vector<Cell> lay_out(const Ui& ui, const Rect& area, int num_layers) {
  std::vector<Cell> cells;
  const std::vector<LayerRun> runs = strip_cells(num_layers, area.height, ui.px(kLeastCell));
  const float height = area.height / static_cast<float>(std::max<std::size_t>(1, runs.size()));
  const float gap = height >= ui.px(kSeparated) ? std::max(1.0F, ui.px(1)) : 0;
  const float bottom = area.y + area.height;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const float low = std::round(bottom - height * static_cast<float>(i));
    const float high = std::round(bottom - height * static_cast<float>(i + 1));
    cells.push_back({runs[i], {area.x, high, area.width, std::max(1.0F, low - high - gap)}});
  }
  return cells;
}

bool holds_any(const Layers& layers, const LayerRun& run) {
  const auto first = std::lower_bound(layers.begin(), layers.end(), run.first);
  return first != layers.end() && *first <= run.last;
}

/// Of the stream above the run; what is worst to see wins: not finite, then zero, then the smallest.
figure::WireGradient gradient_of(const Series* series, const LayerRun& run) {
  figure::WireGradient worst;
  if (series == nullptr) return worst;
  for (int layer = run.first; layer <= run.last; ++layer) {
    const auto value = series->at(layer + 1);
    if (!value) continue;
    if (!std::isfinite(*value)) return value;
    if (!worst || *value < *worst) worst = value;
  }
  return worst;
}

void draw_cell(const Ui& ui, const Cell& cell, const StripView& view, const Series* series, bool picked) {
  const Theme& theme = ui.theme();
  const Rect& rect = cell.rect;
  const ImU32 ground = picked ? mix(theme.control, theme.text, 0.3F) : theme.control;
  const float corner = rect.height >= ui.px(kNumbered) ? Metrics::kCorner : 0;
  ui.fill(rect, ground, corner);
  const float x = std::round(rect.x + rect.width * kTrunkShare);
  const std::array<ImVec2, 2> points{ImVec2(x, rect.y + rect.height), ImVec2(x, rect.y)};
  const figure::WireGradient gradient = gradient_of(series, cell.run);
  if (gradient) draw_wire(ui, styled_wire(ui, points, gradient, view.stack, view.dim, ground));
  if (rect.height >= ui.px(kNumbered)) {
    const Rect number{rect.x, rect.y, rect.width * kTrunkShare - ui.px(6), rect.height};
    ui.text_in(ui.fonts().small, number, Align::center, picked ? theme.text : theme.secondary,
               std::to_string(cell.run.first));
  }
  if (!holds_any(view.overridden, cell.run)) return;
  const float size = ui.px(kMark);
  const float y = rect.center_y();
  const float half = std::max(size / 2, ui.px(3));
  ui.draw()->AddTriangleFilled(ImVec2(rect.x - size, y - half), ImVec2(rect.x - size, y + half),
                               ImVec2(rect.x - ui.px(1), y), theme.caution);
}

Pick pick_of(const ImGuiIO& io) {
  return io.KeyShift ? Pick::range : io.KeyCtrl ? Pick::toggle : Pick::alone;
}

void take_keys(const Ui& ui, const Hit& hit, int num_layers, LayerSelection* selection) {
  if (!hit.focused || !ui.keys_free()) return;
  const Pick pick = ImGui::GetIO().KeyShift ? Pick::range : Pick::alone;
  if (compat::pressed(Key::up)) move_cursor(1, pick, num_layers, selection);
  if (compat::pressed(Key::down)) move_cursor(-1, pick, num_layers, selection);
  if (compat::pressed(Key::home)) move_cursor(-num_layers, pick, num_layers, selection);
  if (compat::pressed(Key::end)) move_cursor(num_layers, pick, num_layers, selection);
}

void take_click(const Hit& hit, const std::vector<Cell>& cells, LayerSelection* selection) {
  if (!hit.clicked) return;
  if (hit.focused) {  // by key
    pick_layers({selection->cursor, selection->cursor}, pick_of(ImGui::GetIO()), selection);
    return;
  }
  const float y = ImGui::GetIO().MousePos.y;
  const auto at =
      std::find_if(cells.begin(), cells.end(), [y](const Cell& cell) { return y >= cell.rect.y; });
  if (at != cells.end()) pick_layers(at->run, pick_of(ImGui::GetIO()), selection);
}

}  // namespace

void draw_layer_strip(const Ui& ui, const Rect& rect, const StripView& view, LayerSelection* selection) {
  const int num_layers = std::min(view.spec.num_layers, kIntFields[0].max);  // more cannot be measured
  if (num_layers < 1) return;
  const float label = ui.px(kEndLabel);
  const Rect area{rect.x, rect.y + label, rect.width, std::max(1.0F, rect.height - 2 * label)};
  const std::vector<Cell> cells = lay_out(ui, area, num_layers);
  const Hit hit = ui.control("block.layers", area,
                             tr("All layers, 0 at the bottom, each as thick as the gradient above it. Click: "
                                "show and edit one alone; Shift+click: a range; Ctrl+click: one more. A "
                                "triangle marks a layer with a wiring of its own."));
  take_click(hit, cells, selection);
  take_keys(ui, hit, num_layers, selection);
  const Series* series =
      view.report == nullptr || !view.report->error.empty() ? nullptr : view.report->find("stream_grad_norm");
  for (const Cell& cell : cells) {
    const std::string name = "block.layer." + std::to_string(cell.run.first);
    ui.landmark(name, cell.rect);
    ui.scroll_into_view(name, false);
    draw_cell(ui, cell, view, series, holds_any(selection->layers, cell.run));
  }
  // Where cells have no room for their numbers, the ends have theirs.
  const bool numbered = cells.front().rect.height >= ui.px(kNumbered);
  const auto words = [&](float y, std::string_view text) {
    ui.text_in(ui.fonts().small, {rect.x, y, rect.width, label}, Align::center, ui.theme().secondary, text);
  };
  words(rect.y, numbered ? std::string(tr("layer")) : std::to_string(num_layers - 1));
  if (!numbered) words(rect.y + rect.height - label, "0");
}

}  // namespace gradflow::ui
