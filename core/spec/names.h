// How each choice of a stack is spelled: the key in stack files and on the command line, the label in the
// window. Adding a choice is one enumerator and one row here.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/spec/stack.h"
#include "core/spec/text.h"

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
    Named<Site>{Site::entry, "entry", text_key("entry")},
    Named<Site>{Site::pre, "pre", text_key("pre")},
    Named<Site>{Site::branch, "branch", text_key("branch")},
    Named<Site>{Site::post, "post", text_key("post")},
};
template <>
inline constexpr std::array kNames<Positions>{
    Named<Positions>{Positions::none, "none", text_key("none")},
    Named<Positions>{Positions::learned, "learned", text_key("learned")},
    Named<Positions>{Positions::sinusoidal, "sinusoidal", text_key("sinusoidal")},
    Named<Positions>{Positions::rotary, "rotary", text_key("rotary (RoPE)")},
};
template <>
inline constexpr std::array kNames<Activation>{
    Named<Activation>{Activation::relu, "relu", text_key("ReLU")},
    Named<Activation>{Activation::gelu, "gelu", text_key("GELU")},
    Named<Activation>{Activation::gelu_tanh, "gelu_tanh", text_key("GELU (tanh)")},
    Named<Activation>{Activation::silu, "silu", text_key("SiLU")},
    Named<Activation>{Activation::swiglu, "swiglu", text_key("SwiGLU")},
    Named<Activation>{Activation::geglu, "geglu", text_key("GEGLU")},
};
template <>
inline constexpr std::array kNames<NormKind>{
    Named<NormKind>{NormKind::layer_norm, "layer_norm", text_key("LayerNorm")},
    Named<NormKind>{NormKind::rms_norm, "rms_norm", text_key("RMSNorm")},
};
template <>
inline constexpr std::array kNames<QkNorm>{
    Named<QkNorm>{QkNorm::none, "none", text_key("none")},
    Named<QkNorm>{QkNorm::head, "head", text_key("per head")},
    Named<QkNorm>{QkNorm::full, "full", text_key("full width")},
};
template <>
inline constexpr std::array kNames<InitScheme>{
    Named<InitScheme>{InitScheme::xavier_normal, "xavier_normal", text_key("Xavier normal")},
    Named<InitScheme>{InitScheme::xavier_uniform, "xavier_uniform", text_key("Xavier uniform")},
    Named<InitScheme>{InitScheme::normal_002, "normal_0.02", text_key("N(0, 0.02)")},
    Named<InitScheme>{InitScheme::small_init, "small_init", text_key("SmallInit")},
    Named<InitScheme>{InitScheme::lecun_normal, "lecun_normal", text_key("LeCun normal")},
};
template <>
inline constexpr std::array kNames<ResidualOutput>{
    Named<ResidualOutput>{ResidualOutput::none, "none", text_key("none")},
    Named<ResidualOutput>{ResidualOutput::gpt2, "gpt2", text_key("GPT-2: W_O, W_2 × 1/√(2L)")},
    Named<ResidualOutput>{ResidualOutput::deepnorm, "deepnorm", text_key("DeepNorm: × (8L)^(-1/4)")},
};
template <>
inline constexpr std::array kNames<InputKind>{
    Named<InputKind>{InputKind::text, "text", text_key("text")},
    Named<InputKind>{InputKind::random, "random", text_key("random tokens")},
};
template <>
inline constexpr std::array kNames<SublayerKind>{
    Named<SublayerKind>{SublayerKind::attention, "attention", text_key("Attention")},
    Named<SublayerKind>{SublayerKind::cross_attention, "cross_attention", text_key("Cross-attention")},
    Named<SublayerKind>{SublayerKind::ffn, "ffn", text_key("Feed-forward")},
};

template <class E>
constexpr const Named<E>& named(E value) {
  return kNames<E>[static_cast<std::size_t>(value)];
}

template <class E>
constexpr std::string_view key_of(E value) {
  return named(value).key;
}

/// The label in the language chosen.
template <class E>
std::string_view label_of(E value) {
  return tr(named(value).label);
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
