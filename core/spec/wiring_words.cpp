#include "core/spec/wiring_words.h"

#include <array>

#include "core/spec/text.h"

namespace gradflow {

const NamedWiring* wiring_of(const StackSpec& spec) {
  const SublayerSpec& first = spec.sublayers.attention;
  for (const SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* sublayer = spec.sublayers.find(kind);
    if (sublayer != nullptr && (!sublayer->residual || !(sublayer->norm == first.norm))) return nullptr;
  }
  return find_wiring(first.norm, spec.residual_scale.rule);
}

std::string_view sublayer_words(SublayerKind kind) {
  constexpr std::array<const char*, kSublayerKinds.size()> kWords{
      text_key("attention"), text_key("cross-attention"), text_key("feed-forward")};
  return tr(kWords[static_cast<std::size_t>(kind)]);
}

std::string wiring_words(const StackSpec& spec) {
  std::string words;
  std::string before;
  bool cut = false;
  for (const SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* sublayer = spec.sublayers.find(kind);
    if (sublayer == nullptr) continue;
    const NamedWiring* wiring = find_wiring(sublayer->norm, spec.residual_scale.rule);
    const std::string label = std::string(wiring == nullptr ? tr("own wiring") : tr(wiring->label));
    if (label != before) words += (words.empty() ? "" : " + ") + label;
    before = label;
    cut |= !sublayer->residual;
  }
  return cut ? tr("{0}, residual off", {words}) : words;
}

}  // namespace gradflow
