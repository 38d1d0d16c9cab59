#include "core/spec/validate.h"

#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>

#include "core/spec/text.h"

namespace gradflow {
namespace {

[[noreturn]] void refuse(const std::string& sentence) { throw InvalidSpec(sentence); }

std::string number(double value) {
  char text[32];
  const bool whole = value == std::floor(value) && std::abs(value) < 1e15;
  std::snprintf(text, sizeof text, whole ? "%.0f" : "%g", value);
  return text;
}

void check_range(std::string_view key, double value, double min, double max) {
  if (value >= min && value <= max) return;  // NaN fails both
  refuse(tr("{0} is {1}; allowed is {2} to {3}", {key, number(value), number(min), number(max)}));
}

void check_relations(const StackSpec& spec) {
  const auto need = [](bool fine, const std::string& sentence) {
    if (!fine) refuse(sentence);
  };
  const std::string width = std::to_string(spec.d_model);
  const std::string heads = std::to_string(spec.num_heads);
  need(spec.d_model % spec.num_heads == 0,
       tr("d_model is {0} and num_heads is {1}; d_model must be a multiple of num_heads", {width, heads}));
  need(spec.positions != Positions::sinusoidal || spec.d_model % 2 == 0,
       tr("d_model is {0}; sinusoidal positions need an even d_model", {width}));
  need(spec.positions != Positions::rotary || (spec.d_model / spec.num_heads) % 2 == 0,
       tr("d_model is {0} and num_heads is {1}; rotary positions need an even d_model / num_heads",
          {width, heads}));
}

void check_input(const StackSpec& spec) {
  if (spec.input.kind != InputKind::text) return;
  if (spec.input.text.empty())
    refuse(std::string(tr("input.text is empty; a text input needs at least one byte")));
  if (spec.input.text.size() > kMaxTextBytes) {
    refuse(tr("input.text has {0} bytes; at most {1} are allowed",
              {std::to_string(spec.input.text.size()), std::to_string(kMaxTextBytes)}));
  }
  if (spec.vocab_size < kVocabularyOfBytes) {
    refuse(tr("vocab_size is {0}; a text input needs 256 or more, one token a byte",
              {std::to_string(spec.vocab_size)}));
  }
}

void check_overrides(const StackSpec& spec) {
  for (std::size_t i = 0; i < spec.overrides.size(); ++i) {
    for (int layer : spec.overrides[i].layers) {
      if (layer >= 0 && layer < kIntFields[0].max) continue;
      refuse(tr("overrides[{0}].layers holds {1}; allowed is 0 to {2}",
                {std::to_string(i), std::to_string(layer), std::to_string(kIntFields[0].max - 1)}));
    }
  }
}

void check_weights(const StackSpec& spec) {
  if (has_drawn_weights(spec)) return;
  refuse(
      tr("init.weights is \"{0}\", a file in place of drawn weights, which only gradflow and gradflow-cli "
         "figure "
         "read; gradflow-cli measure and gradients take it as --weights",
         {spec.init.weights}));
}

double layer_parameters(const StackSpec& spec) {
  const double d = spec.d_model;
  const double f = spec.d_ff;
  const double gate = is_gated(spec.activation) ? 1 : 0;
  const double attention = 4 * d * d + 4 * d + (spec.qk_norm == QkNorm::none ? 0 : 2 * d);
  const double ffn = (2 + gate) * d * f + (1 + gate) * f + d;
  const double norms = 2 * 4 * d;  // all four sites
  return attention + ffn + 2 * norms + (spec.sublayers.cross_attention ? attention + norms : 0);
}

/// Scalars kept for the backward pass by one layer: what the tapes of core/model hold, all four sites
/// counted.
double layer_activations(const StackSpec& spec) {
  const double tokens = static_cast<double>(spec.batch_size) * spec.sequence_length;
  const double d = spec.d_model;
  const double f = spec.d_ff;
  double sites = 0;
  int attentions = 1;
  for (SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* sublayer = spec.sublayers.find(kind);
    if (sublayer == nullptr) continue;
    for (Site site : kSites) sites += sublayer->norm.contains(site) ? 2 : 0;  // normalised, output
    sites += 2;                                                               // the branch, the sum
    attentions += kind == SublayerKind::cross_attention ? 1 : 0;
  }
  const double qk = spec.qk_norm == QkNorm::none && spec.positions != Positions::rotary ? 0 : 4;
  const double attention = (4 + qk) * d * tokens + spec.num_heads * tokens * spec.sequence_length;
  const double hidden = spec.activation == Activation::relu ? 1 : is_gated(spec.activation) ? 3 : 2;
  return sites * d * tokens + attentions * attention + hidden * f * tokens;
}

}  // namespace

double weight_bytes(const StackSpec& spec, std::size_t scalar_size) {
  const double ends =
      (2.0 * spec.vocab_size + spec.sequence_length) * spec.d_model + 4.0 * spec.d_model;  // two norms
  return (spec.num_layers * layer_parameters(spec) + ends) * static_cast<double>(scalar_size);
}

double pass_bytes(const StackSpec& spec, std::size_t scalar_size, bool keep_gradients) {
  const double tokens = static_cast<double>(spec.batch_size) * spec.sequence_length;
  const double d = spec.d_model;
  const double layer = layer_parameters(spec);
  const double weights = weight_bytes(spec, 1);
  const double gradients = keep_gradients ? weights : weights - (spec.num_layers - 1) * layer;
  const double working = 2 * layer_activations(spec) + 2 * tokens * spec.vocab_size + 8 * tokens * d;
  const double scalars = spec.num_layers * layer_activations(spec) + weights + gradients + working;
  return scalars * static_cast<double>(scalar_size);
}

void check_range_of(const StackSpec& spec, std::string_view key) {
  for (const IntField& field : kIntFields) {
    if (field.key == key) check_range(key, spec.*field.member, field.min, field.max);
  }
  for (const RealField& field : kRealFields) {
    if (field.key == key) check_range(key, field.get(spec), field.min, field.max);
  }
}

void check_memory(const StackSpec& spec, double bytes, std::size_t memory_limit) {
  if (bytes <= static_cast<double>(memory_limit)) return;
  const double gib = std::exp2(30);
  refuse(tr("the stack \"{0}\" needs {1} GiB of memory; the limit is {2} GiB",
            {spec.name, number(std::ceil(bytes / gib * 100) / 100),
             number(static_cast<double>(memory_limit) / gib)}));
}

void validate(const StackSpec& spec, std::size_t memory_limit) {
  for (const IntField& field : kIntFields) check_range_of(spec, field.key);
  for (const RealField& field : kRealFields) check_range_of(spec, field.key);
  check_relations(spec);
  check_input(spec);
  check_overrides(spec);
  check_weights(spec);
  check_memory(spec, pass_bytes(spec, sizeof(float)), memory_limit);
}

void validate_beside_weights(const StackSpec& spec, std::size_t memory_limit) {
  StackSpec drawn = spec;
  drawn.init.weights.clear();
  drawn.input = {InputKind::random, {}};
  validate(drawn, memory_limit);
}

}  // namespace gradflow
