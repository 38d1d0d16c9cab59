#include "app/ui/edits.h"

namespace gradflow::ui {
namespace {

/// Length of the UTF-8 character that starts with this byte; 0 for none.
std::size_t character_length(unsigned char lead) {
  if (lead == 0) return 0;
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

}  // namespace

void apply_wiring(const NamedWiring& wiring, StackSpec* spec) {
  for (const SublayerKind kind : kSublayerKinds) {
    if (SublayerSpec* sublayer = spec->sublayers.find(kind)) *sublayer = {wiring.norm, true};
  }
  const bool was_deepnorm = spec->residual_scale.rule == SkipGain::Rule::deepnorm;
  spec->residual_scale.rule = wiring.skip;
  if (wiring.skip == SkipGain::Rule::deepnorm) {
    spec->init.residual_output = ResidualOutput::deepnorm;
  } else if (was_deepnorm && spec->init.residual_output == ResidualOutput::deepnorm) {
    spec->init.residual_output = ResidualOutput::none;
  }
}

void set_depth(session::Scene* scene, std::size_t stack, int depth) {
  for (std::size_t i = 0; i < scene->stacks.size(); ++i) {
    StackSpec& spec = scene->stacks[i];
    if ((scene->depth_linked || i == stack) && has_drawn_weights(spec)) spec.num_layers = depth;
  }
}

bool is_editable_text(std::string_view bytes) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    const std::size_t length = character_length(static_cast<unsigned char>(bytes[i]));
    if (length == 0 || i + length > bytes.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(bytes[i + k]) & 0xC0U) != 0x80U) return false;
    }
    i += length;
  }
  return true;
}

}  // namespace gradflow::ui
