// The question: everything that determines an answer, as one plain value. Another program that reads these
// fields (core/io/README.md) and the same weights gets the same numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/spec/wiring.h"

namespace gradflow {

enum class Positions : std::uint8_t {
  none,
  learned,     // a table added to the token embedding
  sinusoidal,  // Vaswani et al. 2017, section 3.5
  rotary,      // on q and k of self-attention, base 10000; Su et al. 2021
};
enum class Activation : std::uint8_t { relu, gelu, gelu_tanh, silu, swiglu, geglu };
enum class NormKind : std::uint8_t { layer_norm, rms_norm };
enum class QkNorm : std::uint8_t {
  none,
  head,  // over d_head, one weight shared by the heads
  full,  // over d_model, before the split into heads
};
enum class InitScheme : std::uint8_t { xavier_normal, xavier_uniform, normal_002, small_init, lecun_normal };
enum class ResidualOutput : std::uint8_t {
  none,
  gpt2,      // W_O and W_2 x 1/sqrt(2 num_layers)
  deepnorm,  // W_V, W_O, W_1, W_gate, W_2 x (8 num_layers)^(-1/4)
};
enum class InputKind : std::uint8_t {
  text,    // the bytes of a text; the target is the next byte
  random,  // uniform tokens and targets from the seed
};
enum class SublayerKind : std::uint8_t { attention, cross_attention, ffn };
inline constexpr std::array<SublayerKind, 3> kSublayerKinds{SublayerKind::attention,
                                                            SublayerKind::cross_attention, SublayerKind::ffn};

/// W_2 (act(gate) * value) has a third matrix, W_gate.
constexpr bool is_gated(Activation activation) {
  return activation == Activation::swiglu || activation == Activation::geglu;
}

struct NormSpec {
  NormKind kind = NormKind::layer_norm;
  double epsilon = 1e-5;
  friend bool operator==(const NormSpec&, const NormSpec&) = default;
};

/// The sub-layers of a layer, in the order they run.
struct Sublayers {
  SublayerSpec attention;
  std::optional<SublayerSpec> cross_attention;  // over a fixed memory that stands for an encoder's output
  SublayerSpec ffn;
  const SublayerSpec* find(SublayerKind kind) const;  // nullptr where there is none
  SublayerSpec* find(SublayerKind kind);
  friend bool operator==(const Sublayers&, const Sublayers&) = default;
};

/// What replaces a sub-layer's wiring in some layers; what is not set stays as it was.
struct SublayerPatch {
  std::optional<SiteSet> norm;
  std::optional<bool> residual;
  friend bool operator==(const SublayerPatch&, const SublayerPatch&) = default;
};

struct Override {
  std::vector<int> layers;  // 0-based
  SublayerPatch attention, cross_attention, ffn;
  friend bool operator==(const Override&, const Override&) = default;
};

struct InitSpec {
  InitScheme scheme = InitScheme::xavier_normal;
  double gain = 1.0;
  ResidualOutput residual_output = ResidualOutput::none;
  double embedding_std = 1.0;
  double position_std = 1.0;
  bool clone_layers = false;  // every layer starts with layer 0's weights, as copying a layer does
  std::string weights = {};   // path of a safetensors file in place of all that is drawn; empty: drawn
  friend bool operator==(const InitSpec&, const InitSpec&) = default;
};

struct InputSpec {
  InputKind kind = InputKind::text;
  std::string text = default_text();
  static std::string default_text();  // assets/text/default.txt
  friend bool operator==(const InputSpec&, const InputSpec&) = default;
};

struct StackSpec {
  std::string name = "Pre-LN";
  int num_layers = 12, d_model = 64, num_heads = 4, d_ff = 256;
  int vocab_size = 256, sequence_length = 16, batch_size = 4;
  bool causal = true;
  Positions positions = Positions::learned;
  Activation activation = Activation::relu;
  NormSpec norm;
  bool bias = true;
  QkNorm qk_norm = QkNorm::none;
  bool tied_embedding = false;
  bool embedding_norm = false;
  Sublayers sublayers;
  double memory_cosine = 0.9;
  SkipGain residual_scale;
  bool final_norm = true;
  InitSpec init;
  std::uint64_t seed = 1;
  InputSpec input;
  std::vector<Override> overrides;
  friend bool operator==(const StackSpec&, const StackSpec&) = default;
};

/// Whether the weights are drawn, not read from a file.
bool has_drawn_weights(const StackSpec& spec);

/// The name of the file that the weights are read from, without its folder.
std::string weights_name(const StackSpec& spec);

/// The wiring of layer `layer` with the overrides applied, later entries winning.
Sublayers sublayers_of(const StackSpec& spec, int layer);

/// The two built-in stacks: Pre-LN with a final norm, Post-LN without.
StackSpec pre_ln_stack();
StackSpec post_ln_stack();

}  // namespace gradflow
