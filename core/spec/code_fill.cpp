#include "core/spec/code_fill.h"

#include <array>
#include <charconv>

#include "core/spec/fields.h"
#include "core/spec/names.h"

namespace gradflow {
namespace {

/// The elementwise function of an activation; the gated ones put it on the gate.
constexpr Activation curve_of(Activation activation) {
  switch (activation) {
    case Activation::swiglu: return Activation::silu;
    case Activation::geglu: return Activation::gelu;
    default: return activation;
  }
}

/// A flag "choice.key" for every row of an enumeration; that of `chosen` is up.
template <class E>
void raise(TemplateFill& fill, const std::string& choice, E chosen) {
  for (const Named<E>& row : kNames<E>) fill.flags[choice + "." + std::string(row.key)] = row.value == chosen;
}

/// The line that defines ALPHA, and where it comes from.
std::string alpha_definition(const StackSpec& spec) {
  return "# DeepNorm's alpha, (2 L) ** (1 / 4) at L = " + std::to_string(spec.num_layers) +
         " layers (Wang et al. 2022)\nALPHA = " + number_code(spec.residual_scale.at(spec.num_layers));
}

void add_flags(const StackSpec& spec, const std::vector<WiredLayers>& wirings, TemplateFill& fill) {
  raise(fill, "positions", spec.positions);
  raise(fill, "curve", curve_of(spec.activation));
  raise(fill, "qk_norm", spec.qk_norm);
  const bool stack_norm =
      spec.final_norm || spec.embedding_norm ||
      any_sublayer(wirings, [](const SublayerSpec& sublayer) { return !sublayer.norm.empty(); });
  const bool any_norm = stack_norm || spec.qk_norm != QkNorm::none;
  const bool layer_norm = stack_norm && spec.norm.kind == NormKind::layer_norm;
  const bool rms_norm = any_norm && (spec.norm.kind == NormKind::rms_norm || spec.qk_norm != QkNorm::none);
  const bool alpha = spec.residual_scale.rule == SkipGain::Rule::deepnorm &&
                     any_sublayer(wirings, [](const SublayerSpec& sublayer) { return sublayer.residual; });
  fill.flags.insert({{"any_norm", any_norm},
                     {"layer_norm", layer_norm},
                     {"rms_norm", rms_norm},
                     {"alpha", alpha},
                     {"several_blocks", wirings.size() > 1},
                     {"gated", is_gated(spec.activation)},
                     {"bias", spec.bias},
                     {"causal", spec.causal},
                     {"cross_attention", spec.sublayers.cross_attention.has_value()},
                     {"embedding_norm", spec.embedding_norm},
                     {"final_norm", spec.final_norm},
                     {"tied_embedding", spec.tied_embedding}});
}

}  // namespace

TemplateFill code_fill(const StackSpec& spec, const std::vector<WiredLayers>& wirings) {
  TemplateFill fill;
  add_flags(spec, wirings, fill);
  for (const IntField& field : kIntFields) {
    fill.values[std::string(field.key)] = std::to_string(spec.*field.member);
  }
  const bool cross = spec.sublayers.cross_attention.has_value();
  const Named<NormKind>& norm = named(spec.norm.kind);
  const std::string torch_has_it = spec.norm.kind == NormKind::layer_norm ? "nn." : "";
  fill.values.insert({{"name", name_in_comment(spec.name)},
                      {"epsilon", number_code(spec.norm.epsilon)},
                      {"alpha", alpha_definition(spec)},
                      {"norm", std::string(norm.key)},
                      {"Norm", torch_has_it + std::string(norm.label)},
                      {"activation", std::string(named(spec.activation).label)},
                      {"curve", std::string(key_of(curve_of(spec.activation)))},
                      {"source", cross ? "source" : "x"},
                      {"data", cross ? R"(("tokens", "targets", "memory"))" : R"(("tokens", "targets"))"}});
  return fill;
}

std::string number_code(double value) {
  std::array<char, 32> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end};
}

std::string name_in_comment(std::string_view name) {
  constexpr std::size_t kColumns = 24;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    std::string shown(1, c);
    if (byte < 0x20 || byte > 0x7e) shown = {'\\', 'x', kDigits[byte >> 4U], kDigits[byte & 0xfU]};
    if (text.size() + shown.size() > kColumns) return text + "...";
    text += shown;
  }
  return text;
}

}  // namespace gradflow
