#include "core/spec/code_wiring.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace gradflow {

std::vector<WiredLayers> distinct_wirings(const StackSpec& spec) {
  std::vector<WiredLayers> wirings;
  for (int layer = 0; layer < spec.num_layers; ++layer) {
    const Sublayers sublayers = sublayers_of(spec, layer);
    const auto same = [&](const WiredLayers& wiring) { return wiring.sublayers == sublayers; };
    const auto known = std::find_if(wirings.begin(), wirings.end(), same);
    if (known == wirings.end()) {
      wirings.push_back({sublayers, {layer}});
    } else {
      known->layers.push_back(layer);
    }
  }
  return wirings;
}

bool any_sublayer(const std::vector<WiredLayers>& wirings,
                  const std::function<bool(const SublayerSpec&)>& holds) {
  for (const WiredLayers& wiring : wirings) {
    for (SublayerKind kind : kSublayerKinds) {
      const SublayerSpec* sublayer = wiring.sublayers.find(kind);
      if (sublayer != nullptr && holds(*sublayer)) return true;
    }
  }
  return false;
}

std::vector<LayerRun> layer_runs(const std::vector<WiredLayers>& wirings) {
  std::map<int, std::size_t> wiring_of;  // by layer
  for (std::size_t i = 0; i < wirings.size(); ++i) {
    for (int layer : wirings[i].layers) wiring_of[layer] = i;
  }
  std::vector<LayerRun> runs;
  for (const auto& [layer, wiring] : wiring_of) {
    if (runs.empty() || runs.back().wiring != wiring) runs.push_back({wiring, 0});
    ++runs.back().length;
  }
  return runs;
}

std::string layers_text(const std::vector<int>& layers, int num_layers, std::size_t columns) {
  constexpr std::string_view kMore = ", ...";
  if (layers.size() == static_cast<std::size_t>(num_layers)) return "Every layer";
  std::string text = layers.size() == 1 ? "Layer " : "Layers ";
  std::string_view separator;
  for (std::size_t first = 0; first < layers.size();) {
    std::size_t last = first;
    while (last + 1 < layers.size() && layers[last + 1] == layers[last] + 1) ++last;
    std::string range = std::string(separator) + std::to_string(layers[first]);
    if (last > first) range += (last == first + 1 ? ", " : " to ") + std::to_string(layers[last]);
    const std::size_t reserve = last + 1 == layers.size() ? 0 : kMore.size();
    if (text.size() + range.size() + reserve > columns) return text + std::string(kMore);
    text += range;
    separator = ", ";
    first = last + 1;
  }
  return text;
}

}  // namespace gradflow
