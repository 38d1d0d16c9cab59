// How each choice of a stack is spelled: the key in stack files and on the command line, the label in the
// window. Adding a choice is one enumerator and one row here.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/spec/stack.h"

namespace gradflow {

template <class E>
struct Named {
  E value;
  std::string_view key;
  std::string_view label;
};

/// The rows of an enumeration, in its own order: kNames<Positions>[1].key is "learned".
template <class E>
inline constexpr std::array<Named<E>, 0> kNames{};

template <>
inline constexpr std::array kNames<Site>{
    Named<Site>{Site::entry, "entry", "entry"},
    Named<Site>{Site::pre, "pre", "pre"},
    Named<Site>{Site::branch, "branch", "branch"},
    Named<Site>{Site::post, "post", "post"},
};
template <>
inline constexpr std::array kNames<Positions>{
    Named<Positions>{Positions::none, "none", "none"},
    Named<Positions>{Positions::learned, "learned", "learned"},
    Named<Positions>{Positions::sinusoidal, "sinusoidal", "sinusoidal"},
    Named<Positions>{Positions::rotary, "rotary", "rotary (RoPE)"},
};
template <>
inline constexpr std::array kNames<Activation>{
    Named<Activation>{Activation::relu, "relu", "ReLU"},
    Named<Activation>{Activation::gelu, "gelu", "GELU"},
    Named<Activation>{Activation::gelu_tanh, "gelu_tanh", "GELU (tanh)"},
    Named<Activation>{Activation::silu, "silu", "SiLU"},
    Named<Activation>{Activation::swiglu, "swiglu", "SwiGLU"},
    Named<Activation>{Activation::geglu, "geglu", "GEGLU"},
};
template <>
inline constexpr std::array kNames<NormKind>{
    Named<NormKind>{NormKind::layer_norm, "layer_norm", "LayerNorm"},
    Named<NormKind>{NormKind::rms_norm, "rms_norm", "RMSNorm"},
};
template <>
inline constexpr std::array kNames<QkNorm>{
    Named<QkNorm>{QkNorm::none, "none", "none"},
    Named<QkNorm>{QkNorm::head, "head", "per head"},
    Named<QkNorm>{QkNorm::full, "full", "full width"},
};
template <>
inline constexpr std::array kNames<InitScheme>{
    Named<InitScheme>{InitScheme::xavier_normal, "xavier_normal", "Xavier normal"},
    Named<InitScheme>{InitScheme::xavier_uniform, "xavier_uniform", "Xavier uniform"},
    Named<InitScheme>{InitScheme::normal_002, "normal_0.02", "N(0, 0.02)"},
    Named<InitScheme>{InitScheme::small_init, "small_init", "SmallInit"},
    Named<InitScheme>{InitScheme::lecun_normal, "lecun_normal", "LeCun normal"},
};
template <>
inline constexpr std::array kNames<ResidualOutput>{
    Named<ResidualOutput>{ResidualOutput::none, "none", "none"},
    Named<ResidualOutput>{ResidualOutput::gpt2, "gpt2", "GPT-2: W_O, W_2 × 1/√(2L)"},
    Named<ResidualOutput>{ResidualOutput::deepnorm, "deepnorm", "DeepNorm: × (8L)^(-1/4)"},
};
template <>
inline constexpr std::array kNames<InputKind>{
    Named<InputKind>{InputKind::text, "text", "text"},
    Named<InputKind>{InputKind::random, "random", "random tokens"},
};
template <>
inline constexpr std::array kNames<SublayerKind>{
    Named<SublayerKind>{SublayerKind::attention, "attention", "Attention"},
    Named<SublayerKind>{SublayerKind::cross_attention, "cross_attention", "Cross-attention"},
    Named<SublayerKind>{SublayerKind::ffn, "ffn", "Feed-forward"},
};

template <class E>
constexpr const Named<E>& named(E value) {
  return kNames<E>[static_cast<std::size_t>(value)];
}

template <class E>
constexpr std::string_view key_of(E value) {
  return named(value).key;
}

template <class E>
constexpr std::optional<E> from_key(std::string_view key) {
  for (const Named<E>& row : kNames<E>) {
    if (row.key == key) return row.value;
  }
  return std::nullopt;
}

/// "none, learned, sinusoidal, rotary": what an error sentence says is allowed.
template <class E>
std::string all_keys() {
  std::string list;
  for (const Named<E>& row : kNames<E>) {
    if (!list.empty()) list += ", ";
    list += row.key;
  }
  return list;
}

}  // namespace gradflow
