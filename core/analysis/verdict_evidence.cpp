#include "core/analysis/verdict_evidence.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "core/analysis/verdict.h"
#include "core/spec/fields.h"

namespace gradflow::verdict {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr double kHandTyped = 1e-2;  // a gain this close to alpha, relatively, is meant to be it

/// One a layer, also where the stack was refused for its depth.
std::vector<Sublayers> layers_of(const StackSpec& spec) {
  const IntField& depth = kIntFields[0];
  const int num_layers = std::clamp(spec.num_layers, depth.min, depth.max);
  std::vector<Sublayers> layers(static_cast<std::size_t>(num_layers), spec.sublayers);
  if (spec.overrides.empty()) return layers;
  for (std::size_t l = 0; l < layers.size(); ++l) layers[l] = sublayers_of(spec, static_cast<int>(l));
  return layers;
}

struct Count {
  Sublayers wiring;
  int layers = 0;
};

/// The wiring of most layers; of two that are equally frequent, the lower one's.
Sublayers most_frequent(const std::vector<Sublayers>& layers) {
  std::vector<Count> counts;  // as many as overrides make: few
  for (const Sublayers& layer : layers) {
    const auto same = [&](const Count& count) { return count.wiring == layer; };
    const auto known = std::find_if(counts.begin(), counts.end(), same);
    if (known == counts.end()) {
      counts.push_back({layer, 1});
    } else {
      ++known->layers;
    }
  }
  const auto fewer = [](const Count& a, const Count& b) { return a.layers < b.layers; };
  return std::max_element(counts.begin(), counts.end(), fewer)->wiring;
}

bool same_norms(const Sublayers& a, const Sublayers& b) {
  return std::all_of(kSublayerKinds.begin(), kSublayerKinds.end(), [&](SublayerKind kind) {
    const SublayerSpec* left = a.find(kind);
    const SublayerSpec* right = b.find(kind);
    return left == nullptr || right == nullptr || left->norm == right->norm;
  });
}

bool equal_but_for_wiring(StackSpec left, const StackSpec& right) {
  left.name = right.name;
  left.sublayers = right.sublayers;
  left.final_norm = right.final_norm;
  left.overrides = right.overrides;
  return left == right;
}

/// Pre-LN as it is published: no residual cut or scaled, a final norm, all layers alike.
bool is_whole_pre_ln(const StackSpec& spec) {
  const bool uncut = std::all_of(kSublayerKinds.begin(), kSublayerKinds.end(), [&](SublayerKind kind) {
    const SublayerSpec* sublayer = spec.sublayers.find(kind);
    return sublayer == nullptr || sublayer->residual;
  });
  return uncut && is_uniform(spec.sublayers, {Site::pre}) && spec.residual_scale == SkipGain{} &&
         spec.final_norm && spec.overrides.empty();
}

double value_of(const std::optional<double>& value) { return value.value_or(kNothing); }

}  // namespace

Evidence::Evidence(const StackReport& report, Reports all)
    : report_(report), all_(all), layers_(layers_of(report.spec)), block_(most_frequent(layers_)) {
  for (int l = 0; l < depth(); ++l) {
    if (!same_norms(layer(l), block_)) unlike_block_.push_back(l);
  }
}

std::vector<int> Evidence::cut_layers(SublayerKind kind) const {
  const bool all_off = spec().residual_scale == SkipGain{SkipGain::Rule::constant, 0};
  std::vector<int> cut;
  for (int l = 0; l < depth(); ++l) {
    const SublayerSpec* sublayer = layer(l).find(kind);
    if (sublayer != nullptr && (all_off || !sublayer->residual)) cut.push_back(l);
  }
  return cut;
}

double Evidence::first(std::string_view quantity) const {
  const Series* series = report_.find(quantity);
  return series == nullptr || series->values.empty() ? kNothing : series->values.front();
}

double Evidence::least(std::string_view quantity) const {
  const Series* series = report_.find(quantity);
  if (series == nullptr || series->values.empty()) return kNothing;
  return *std::min_element(series->values.begin(), series->values.end());
}

double Evidence::top(std::string_view quantity) const { return value_of(report_.top(quantity)); }

double Evidence::scalar(std::string_view quantity) const { return value_of(report_.scalar(quantity)); }

double Evidence::at(std::string_view quantity, int layer) const {
  const Series* series = report_.find(quantity);
  return series == nullptr ? kNothing : value_of(series->at(layer));
}

std::optional<Ratio> Evidence::ratio_to_pre_ln() const {
  for (std::size_t i = 0; i < all_.size(); ++i) {
    const StackReport* other = all_[i].get();
    if (other == nullptr || other == &report_ || !other->error.empty()) continue;
    if (!is_whole_pre_ln(other->spec) || !equal_but_for_wiring(other->spec, spec())) continue;
    const double ratio = top(kTopQuantity) / value_of(other->top(kTopQuantity));
    if (std::isfinite(ratio)) return Ratio{ratio, static_cast<char>('A' + i)};
  }
  return std::nullopt;
}

bool is_uniform(const Sublayers& sublayers, SiteSet norm) {
  return is_uniform(sublayers) && sublayers.attention.norm == norm;
}

bool is_uniform(const Sublayers& sublayers) {
  return sublayers.ffn.norm == sublayers.attention.norm &&
         (!sublayers.cross_attention || sublayers.cross_attention->norm == sublayers.attention.norm);
}

bool norms_trunk(const Sublayers& sublayers) {
  return std::any_of(kSublayerKinds.begin(), kSublayerKinds.end(), [&](SublayerKind kind) {
    const SublayerSpec* sublayer = sublayers.find(kind);
    return sublayer != nullptr &&
           (sublayer->norm.contains(Site::entry) || sublayer->norm.contains(Site::post));
  });
}

std::vector<SublayerKind> unnormed(const Sublayers& sublayers) {
  std::vector<SublayerKind> kinds;
  if (norms_trunk(sublayers)) return kinds;
  for (SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* sublayer = sublayers.find(kind);
    if (sublayer != nullptr && sublayer->norm.empty()) kinds.push_back(kind);
  }
  return kinds;
}

bool has_deepnorm_alpha(const StackSpec& spec) {
  const double alpha = SkipGain{SkipGain::Rule::deepnorm, 1}.at(spec.num_layers);
  return std::abs(spec.residual_scale.at(spec.num_layers) / alpha - 1) < kHandTyped;
}

bool has_other_gain(const StackSpec& spec) {
  const double gain = spec.residual_scale.at(spec.num_layers);
  return gain != 1 && gain != 0 && !has_deepnorm_alpha(spec);
}

}  // namespace gradflow::verdict
