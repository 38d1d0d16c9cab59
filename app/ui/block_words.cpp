#include "app/ui/block_words.h"

#include <array>

#include "app/figure/axis.h"
#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

constexpr std::array<std::string_view, kSites.size()> kSiteTips{
    text_key("Entry norm, on the trunk before it splits: the residual then carries the normed stream, a bug "
             "found in the wild."),
    text_key("Pre-LN: norm on the branch's input; the trunk stays untouched."),
    text_key("Output norm (OLMo 2): norm on the branch's output, before it is added; with pre it makes a "
             "sandwich."),
    text_key(
        "Post-LN (2017): norm on the sum of residual and branch, so the trunk itself passes through it."),
};
constexpr std::string_view kFinalTip =
    text_key("Final norm, above the last layer, before the unembedding: Pre-LN stacks need it.");
constexpr std::string_view kEmbeddingTip =
    text_key("Embedding norm, on the sum of token and position embedding, as in BERT and BLOOM.");
constexpr std::string_view kKindTip = text_key(
    "Turns every norm of this stack from LayerNorm (LN), which subtracts the mean and divides by the "
    "standard deviation, into RMSNorm, which only divides by the root mean square, and back.");
constexpr std::array<std::string_view, figure::kWireCount> kWireWords{
    text_key("The residual stream below this sub-layer."),
    text_key("The trunk, before it splits."),
    text_key("The foot of the branch: what it hands back to the trunk."),
    text_key("The input of the function."),
    text_key("The output of the function."),
    text_key("The branch at the add: an add hands the gradient above it to both of its wires."),
    text_key("The residual (skip) connection: the gradient's way past the function."),
    text_key("The sum of residual and branch."),
    text_key("The residual stream above this sub-layer."),
};
constexpr std::array<std::string_view, figure::kEndWireCount> kEndWords{
    text_key("The sum of token and position embedding."),
    text_key("The residual stream below layer 0."),
    text_key("The residual stream above the last layer."),
    text_key("The input of the unembedding."),
};
constexpr std::string_view kMemoryWords = text_key(
    "The memory that cross-attention reads in place of an encoder's output: fixed, so no gradient runs "
    "here.");

}  // namespace

std::string wire_tip(const BlockView& view, const figure::WirePlace& place) {
  if (std::holds_alternative<figure::MemoryWire>(place)) return std::string(tr(kMemoryWords));
  const auto* end = std::get_if<figure::EndWire>(&place);
  const auto* inner = std::get_if<figure::SublayerWire>(&place);
  const std::string tip =
      std::string(tr(end != nullptr ? kEndWords[static_cast<std::size_t>(*end)]
                                    : kWireWords[static_cast<std::size_t>(inner->wire)])) +
      " ";
  const figure::WireGradient gradient = view.gradient.at(place);
  const std::string layer = end == nullptr ? view.measured : "";
  switch (figure::flow_of(gradient)) {
    case figure::Flow::unknown: return tip + std::string(tr("Its gradient is not measured yet."));
    case figure::Flow::zero:
      return tip + (layer.empty() ? std::string(tr("The gradient here is exactly 0: drawn dashed."))
                                  : tr("The gradient here is exactly 0 in {0}: drawn dashed.", {layer}));
    case figure::Flow::overflow:
      return tip + (layer.empty() ? std::string(tr("The gradient here is not finite: drawn hollow."))
                                  : tr("The gradient here is not finite in {0}: drawn hollow.", {layer}));
    case figure::Flow::finite: break;
  }
  const std::string value = figure::three_figures(*gradient);
  const std::string thin = figure::power_of_ten(figure::kThinDecade);
  const std::string thick = figure::power_of_ten(figure::kThickDecade);
  if (layer.empty()) {
    return tip + tr("‖∂L/∂‖ is {0}; as thick as its logarithm, thin at {1} or less, thickest at {2} or more.",
                    {value, thin, thick});
  }
  return tip +
         tr("‖∂L/∂‖ is {0} in {3}; as thick as its logarithm, thin at {1} or less, thickest at {2} or more.",
            {value, thin, thick, layer});
}

std::string socket_tip(const figure::SocketPlace& place) {
  if (const auto* site = std::get_if<figure::SitePlace>(&place))
    return std::string(tr(kSiteTips[static_cast<std::size_t>(site->site)]));
  const bool final = std::get<bool StackSpec::*>(place) == &StackSpec::final_norm;
  return std::string(tr(final ? kFinalTip : kEmbeddingTip));
}

std::string_view norm_kind_tip() { return tr(kKindTip); }

std::string residual_tip(const BlockView& view, const figure::WireLine& line) {
  if (line.cut)
    return std::string(
        tr("The residual (skip) connection is cut: all gradient has to go through the function. Click: mend "
           "it."));
  return wire_tip(view, line.place) + " " + std::string(tr("Click: cut it."));
}

}  // namespace gradflow::ui
