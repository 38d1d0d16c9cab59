// The keys of a stack file: one list, walked alike by reading, writing and "key=value". Adding a field to
// StackSpec is one line here.
//
// each_key(object, fn) calls fn(key, member) for every key of the object, in the order of the file.
#pragma once

#include <concepts>
#include <string>
#include <type_traits>
#include <vector>

#include "core/spec/fields.h"
#include "core/spec/names.h"
#include "core/spec/stack.h"

namespace gradflow {

/// T or const T.
template <class O, class T>
concept Like = std::same_as<std::remove_const_t<O>, T>;

/// The "sublayers" of an override, which StackSpec keeps flat. O is Override or const Override.
template <class O>
struct Patches {
  O& override;
};

template <Like<NormSpec> O, class Fn>
void each_key(O& norm, Fn&& fn) {
  fn("kind", norm.kind);
  fn("epsilon", norm.epsilon);
}

template <Like<SublayerSpec> O, class Fn>
void each_key(O& sublayer, Fn&& fn) {
  fn("norm", sublayer.norm);
  fn("residual", sublayer.residual);
}

template <Like<SublayerPatch> O, class Fn>
void each_key(O& patch, Fn&& fn) {
  fn("norm", patch.norm);
  fn("residual", patch.residual);
}

template <Like<Sublayers> O, class Fn>
void each_key(O& sublayers, Fn&& fn) {
  fn(key_of(SublayerKind::attention), sublayers.attention);
  fn(key_of(SublayerKind::cross_attention), sublayers.cross_attention);
  fn(key_of(SublayerKind::ffn), sublayers.ffn);
}

template <class O, class Fn>
void each_key(const Patches<O>& patches, Fn&& fn) {
  fn(key_of(SublayerKind::attention), patches.override.attention);
  fn(key_of(SublayerKind::cross_attention), patches.override.cross_attention);
  fn(key_of(SublayerKind::ffn), patches.override.ffn);
}

template <Like<Override> O, class Fn>
void each_key(O& override, Fn&& fn) {
  fn("layers", override.layers);
  Patches<O> patches{override};
  fn("sublayers", patches);
}

template <Like<InitSpec> O, class Fn>
void each_key(O& init, Fn&& fn) {
  fn("scheme", init.scheme);
  fn("gain", init.gain);
  fn("residual_output", init.residual_output);
  fn("embedding_std", init.embedding_std);
  fn("position_std", init.position_std);
  fn("clone_layers", init.clone_layers);
  fn("weights", init.weights);
}

template <Like<InputSpec> O, class Fn>
void each_key(O& input, Fn&& fn) {
  fn("kind", input.kind);
  fn("text", input.text);
}

template <Like<StackSpec> O, class Fn>
void each_key(O& spec, Fn&& fn) {
  fn("name", spec.name);
  for (const IntField& field : kIntFields) fn(field.key, spec.*field.member);
  fn("causal", spec.causal);
  fn("positions", spec.positions);
  fn("activation", spec.activation);
  fn("norm", spec.norm);
  fn("bias", spec.bias);
  fn("qk_norm", spec.qk_norm);
  fn("tied_embedding", spec.tied_embedding);
  fn("embedding_norm", spec.embedding_norm);
  fn("sublayers", spec.sublayers);
  fn("memory_cosine", spec.memory_cosine);
  fn("residual_scale", spec.residual_scale);
  fn("final_norm", spec.final_norm);
  fn("init", spec.init);
  fn("seed", spec.seed);
  fn("input", spec.input);
  fn("overrides", spec.overrides);
}

/// What a stack file writes as a JSON object.
template <class T>
concept Keyed = requires(T& object) {
  each_key(object, [](std::string_view, auto&) {});
};

template <Keyed T>
std::vector<std::string> keys_of(const T& object) {
  std::vector<std::string> keys;
  each_key(object, [&](std::string_view key, const auto&) { keys.emplace_back(key); });
  return keys;
}

inline constexpr std::string_view kDeepnormGain = "deepnorm";  // residual_scale by rule, not a number
inline constexpr std::string_view kBase64Key = "base64";       // bytes that are not UTF-8

}  // namespace gradflow
