#include "core/spec/zero_gradient.h"

#include "core/spec/text.h"

namespace gradflow {

std::string why_zero(const StackSpec& spec, std::string_view name) {
  const bool cross = name.starts_with("cross_attention.");
  if (!cross && !name.starts_with("attention.")) return {};
  const std::string_view leaf = name.substr(name.find('.') + 1);
  const bool query = leaf == "w_q" || leaf == "b_q" || leaf.starts_with("q_norm");
  const bool key = leaf == "w_k" || leaf == "b_k" || leaf.starts_with("k_norm");
  if (!query && !key) return {};
  if (spec.sequence_length == 1)
    return std::string(tr("zero: softmax over a single token is 1 whatever its score"));
  if (cross && spec.memory_cosine == 1) return std::string(tr("zero: every token of the memory is the same"));
  const bool seen = spec.qk_norm != QkNorm::none || (spec.positions == Positions::rotary && !cross);
  if (leaf == "b_k" && !seen)
    return std::string(tr("zero: softmax does not see a shift of all scores of a row"));
  return {};
}

}  // namespace gradflow
