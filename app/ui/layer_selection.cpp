#include "app/ui/layer_selection.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <numeric>

#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

Layers layers_of(const LayerRun& run) {
  Layers layers(static_cast<std::size_t>(run.last - run.first + 1));
  std::iota(layers.begin(), layers.end(), run.first);
  return layers;
}

Layers without(const Layers& from, const Layers& what) {
  Layers rest;
  std::set_difference(from.begin(), from.end(), what.begin(), what.end(), std::back_inserter(rest));
  return rest;
}

Layers together(const Layers& left, const Layers& right) {
  Layers all;
  std::set_union(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(all));
  return all;
}

}  // namespace

void pick_layers(const LayerRun& run, Pick pick, LayerSelection* selection) {
  const Layers picked = layers_of(run);
  switch (pick) {
    case Pick::alone:
      selection->layers = selection->layers == picked ? Layers{} : picked;
      selection->anchor = run.first;
      break;
    case Pick::range:
      if (selection->layers.empty()) selection->anchor = run.first;
      selection->layers =
          layers_of({std::min(selection->anchor, run.first), std::max(selection->anchor, run.last)});
      break;
    case Pick::toggle: {
      const Layers rest = without(selection->layers, picked);
      const bool had = rest.size() + picked.size() == selection->layers.size();
      selection->layers = had ? rest : together(selection->layers, picked);
      selection->anchor = run.first;
      break;
    }
  }
  selection->cursor = run.first;
}

void move_cursor(int by, Pick pick, int num_layers, LayerSelection* selection) {
  const bool fresh =
      selection->layers.empty() && std::abs(by) == 1;  // the first step picks where the cursor is
  const int to = std::clamp(selection->cursor + (fresh ? 0 : by), 0, std::max(0, num_layers - 1));
  if (pick == Pick::alone) selection->layers.clear();
  pick_layers({to, to}, pick, selection);
}

void clamp_selection(int num_layers, LayerSelection* selection) {
  std::erase_if(selection->layers, [num_layers](int layer) { return layer >= num_layers; });
  selection->anchor = std::clamp(selection->anchor, 0, std::max(0, num_layers - 1));
  selection->cursor = std::clamp(selection->cursor, 0, std::max(0, num_layers - 1));
}

std::vector<LayerRun> strip_cells(int num_layers, float length, float least) {
  std::vector<LayerRun> cells;
  const float room = std::max(1.0F, std::floor(length / std::max(least, 1.0F)));
  const int each = std::max(1, static_cast<int>(std::ceil(static_cast<float>(num_layers) / room)));
  for (int first = 0; first < num_layers; first += each) {
    cells.push_back({first, std::min(first + each, num_layers) - 1});
  }
  return cells;
}

std::string selection_words(const LayerSelection& selection, int num_layers) {
  const Layers& layers = selection.layers;
  if (layers.empty())
    return num_layers == 1 ? std::string(tr("the only layer"))
                           : tr("all {0} layers", {std::to_string(num_layers)});
  if (layers.size() == 1) return tr("layer {0}", {std::to_string(layers.front())});
  const bool run = layers.back() - layers.front() + 1 == static_cast<int>(layers.size());
  if (!run) return tr("{0} layers", {std::to_string(layers.size())});
  return tr("layers {0} to {1}", {std::to_string(layers.front()), std::to_string(layers.back())});
}

}  // namespace gradflow::ui
