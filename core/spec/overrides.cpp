#include "core/spec/overrides.h"

#include <algorithm>
#include <map>
#include <utility>

namespace gradflow {
namespace {

/// What all overrides together say of one layer; its own `layers` stay empty.
using Patches = std::map<int, Override>;

SublayerPatch& patch_of(Override* entry, SublayerKind kind) {
  switch (kind) {
    case SublayerKind::attention: return entry->attention;
    case SublayerKind::cross_attention: return entry->cross_attention;
    case SublayerKind::ffn: return entry->ffn;
  }
  return entry->attention;
}

Patches patches_of(const StackSpec& spec) {
  Patches patches;
  for (Override entry : spec.overrides) {
    for (const int layer : std::exchange(entry.layers, {})) {
      for (const SublayerKind kind : kSublayerKinds) {
        const SublayerPatch& later = patch_of(&entry, kind);
        SublayerPatch& patch = patch_of(&patches[layer], kind);
        if (later.norm) patch.norm = later.norm;
        if (later.residual) patch.residual = later.residual;
      }
    }
  }
  return patches;
}

/// One entry for all layers that are patched alike, in the order of their first layers.
std::vector<Override> overrides_of(const Patches& patches) {
  std::vector<Override> overrides;
  for (const auto& [layer, laid] : patches) {
    const Override& patch = laid;  // clang 14 captures no structured binding
    if (patch == Override{}) continue;
    const auto alike = std::find_if(overrides.begin(), overrides.end(), [&](Override entry) {
      entry.layers.clear();
      return entry == patch;
    });
    Override& entry = alike == overrides.end() ? overrides.emplace_back(patch) : *alike;
    entry.layers.push_back(layer);
  }
  return overrides;
}

SublayerPatch difference(const SublayerSpec& own, const SublayerSpec& wanted) {
  SublayerPatch patch;
  if (!(wanted.norm == own.norm)) patch.norm = wanted.norm;
  if (wanted.residual != own.residual) patch.residual = wanted.residual;
  return patch;
}

}  // namespace

void edit_wiring(StackSpec* spec, const Layers& layers, SublayerKind kind,
                 const std::function<void(SublayerSpec*)>& edit) {
  SublayerSpec* own = spec->sublayers.find(kind);
  if (own == nullptr) return;
  if (layers.empty()) {
    edit(own);
    return;
  }
  Patches patches = patches_of(*spec);
  for (const int layer : layers) {
    Sublayers wiring = sublayers_of(*spec, layer);
    SublayerSpec* sublayer = wiring.find(kind);
    edit(sublayer);
    patch_of(&patches[layer], kind) = difference(*own, *sublayer);
  }
  spec->overrides = overrides_of(patches);
}

void reset_layers(StackSpec* spec, const Layers& layers) {
  if (layers.empty()) {
    spec->overrides.clear();
    return;
  }
  Patches patches = patches_of(*spec);
  for (const int layer : layers) patches.erase(layer);
  spec->overrides = overrides_of(patches);
}

bool is_overridden(const StackSpec& spec, int layer) {
  return !(sublayers_of(spec, layer) == spec.sublayers);
}

Layers overridden_layers(const StackSpec& spec) {
  if (spec.overrides.empty()) return {};
  Layers layers;
  Patches patches = patches_of(spec);
  for (auto& [layer, laid] : patches) {
    Override& patch = laid;
    const bool changes = std::any_of(kSublayerKinds.begin(), kSublayerKinds.end(), [&](SublayerKind kind) {
      const SublayerSpec* own = spec.sublayers.find(kind);
      const SublayerPatch& of = patch_of(&patch, kind);
      return own != nullptr &&
             ((of.norm && !(*of.norm == own->norm)) || of.residual.value_or(own->residual) != own->residual);
    });
    if (changes && layer >= 0 && layer < spec.num_layers) layers.push_back(layer);
  }
  return layers;
}

}  // namespace gradflow
