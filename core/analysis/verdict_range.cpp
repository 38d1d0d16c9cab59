#include "core/analysis/verdict_range.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/analysis/verdict_words.h"
#include "core/spec/text.h"

namespace gradflow::verdict {
namespace {

constexpr double kFloatMax = std::numeric_limits<float>::max();

/// A norm sums the squares of d_model activations before it divides: in float the sum is lost long before the
/// stream is, and the norm's output is 0.
bool loses_squares(const Evidence& e, int k, double rms) {
  const bool last = k == e.depth();
  const Sublayers& reader = e.layer(last ? k - 1 : k);
  const bool is_read_by_norm = last ? e.spec().final_norm : !is_uniform(reader, {});
  return is_read_by_norm && rms > std::sqrt(kFloatMax / e.spec().d_model);
}

/// The sentence on the lowest layer whose output is beyond float, or nothing.
std::string stream_overflow(const Evidence& e) {
  const Series* rms = e.report().find("stream_rms");
  if (rms == nullptr) return "";
  for (std::size_t i = 0; i < rms->values.size(); ++i) {
    const int k = rms->layers[i];
    const double value = rms->values[i];
    const std::string layer = std::to_string(std::max(0, k - 1));
    if (!std::isfinite(value)) {
      if (i == 0) return std::string(tr("overflow in the embedding: the stream's RMS is not finite"));
      return tr("overflow from layer {0} up: stream RMS {1} below, not finite above",
                {layer, figure(rms->values[i - 1])});
    }
    if (k <= e.depth() && loses_squares(e, k, value)) {
      return tr("overflow from layer {0} up: the norms square a stream of RMS {1}", {layer, figure(value)});
    }
  }
  return "";
}

std::string gradient_overflow(const Evidence& e) {
  const Series* total = e.report().find("grad_norm/total");
  if (total == nullptr) return "";
  for (std::size_t i = total->values.size(); i-- > 0;) {
    if (std::isfinite(total->values[i])) continue;
    const bool top = i + 1 == total->values.size();
    const std::string layer = std::to_string(total->layers[i]);
    return top ? tr("overflow from layer {0} down: gradient not finite", {layer})
               : tr("overflow from layer {0} down: gradient {1} above, not finite below",
                    {layer, figure(total->values[i + 1])});
  }
  return "";
}

/// Weights that have no gradient for a reason that is no underflow: a choice among one, or among equals.
bool chooses_nothing(const StackSpec& spec, std::string_view parameter) {
  const bool chooser = parameter.ends_with(".w_q") || parameter.ends_with(".w_k");
  const bool equals = spec.memory_cosine == 1 && parameter.starts_with("cross_attention");
  return chooser && (spec.sequence_length == 1 || equals);
}

struct Dead {
  std::string_view parameter;
  std::ptrdiff_t layers = 0;
  int highest = 0;
};

/// The weight whose gradient is exactly 0 in most layers.
Dead dead_weight(const Evidence& e) {
  constexpr std::string_view kGradNorm = "grad_norm/";
  Dead dead;
  for (const Series& series : e.report().series) {
    if (!series.quantity.starts_with(kGradNorm) || series.quantity.find(".w_") == std::string::npos) continue;
    const std::string_view parameter = std::string_view(series.quantity).substr(kGradNorm.size());
    if (chooses_nothing(e.spec(), parameter)) continue;
    const std::ptrdiff_t zeros = std::count(series.values.begin(), series.values.end(), 0.0);
    if (zeros <= dead.layers) continue;
    const auto highest = std::find(series.values.rbegin(), series.values.rend(), 0.0);
    const auto index = static_cast<std::size_t>(series.values.rend() - highest) - 1;
    dead = {parameter, zeros, series.layers[index]};
  }
  return dead;
}

}  // namespace

std::string overflow(const Evidence& e) {
  std::string stream = stream_overflow(e);
  if (!stream.empty()) return stream;
  std::string gradient = gradient_overflow(e);
  if (!gradient.empty()) return gradient;
  const std::optional<double> loss = e.report().scalar("loss");
  return loss && !std::isfinite(*loss) ? std::string(tr("overflow: the loss is not finite")) : "";
}

std::string underflow(const Evidence& e) {
  const Dead dead = dead_weight(e);
  if (dead.layers == 0) return "";
  const std::string owner(dead.parameter.substr(0, dead.parameter.find('.')));
  return tr("underflow: the gradient of {0} ({1}) is exactly 0 in {2} of {3} layers, up to layer {4}",
            {weight_symbol(dead.parameter), owner, std::to_string(dead.layers), std::to_string(e.depth()),
             std::to_string(dead.highest)});
}

}  // namespace gradflow::verdict
