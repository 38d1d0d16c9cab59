#include "core/spec/stack.h"

#include <algorithm>
#include <utility>

#include "core/spec/asset.h"

namespace gradflow {
namespace {

void apply(const SublayerPatch& patch, SublayerSpec* sublayer) {
  if (sublayer == nullptr) return;
  if (patch.norm) sublayer->norm = *patch.norm;
  if (patch.residual) sublayer->residual = *patch.residual;
}

}  // namespace

const SublayerSpec* Sublayers::find(SublayerKind kind) const {
  switch (kind) {
    case SublayerKind::attention: return &attention;
    case SublayerKind::cross_attention: return cross_attention ? &*cross_attention : nullptr;
    case SublayerKind::ffn: return &ffn;
  }
  return nullptr;
}

SublayerSpec* Sublayers::find(SublayerKind kind) {
  return const_cast<SublayerSpec*>(std::as_const(*this).find(kind));
}

std::string InputSpec::default_text() { return std::string(asset("text/default.txt")); }

bool has_drawn_weights(const StackSpec& spec) { return spec.init.weights.empty(); }

std::string weights_name(const StackSpec& spec) {
  return spec.init.weights.substr(spec.init.weights.rfind('/') + 1);
}

Sublayers sublayers_of(const StackSpec& spec, int layer) {
  Sublayers sublayers = spec.sublayers;
  for (const Override& entry : spec.overrides) {
    if (std::find(entry.layers.begin(), entry.layers.end(), layer) == entry.layers.end()) continue;
    apply(entry.attention, &sublayers.attention);
    apply(entry.cross_attention, sublayers.find(SublayerKind::cross_attention));
    apply(entry.ffn, &sublayers.ffn);
  }
  return sublayers;
}

StackSpec pre_ln_stack() { return StackSpec{}; }

StackSpec post_ln_stack() {
  StackSpec spec;
  spec.name = "Post-LN";
  spec.sublayers.attention.norm = {Site::post};
  spec.sublayers.ffn.norm = {Site::post};
  spec.final_norm = false;
  return spec;
}

}  // namespace gradflow
