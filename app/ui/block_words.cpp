#include "app/ui/block_words.h"

#include <array>

#include "app/figure/axis.h"

namespace gradflow::ui {
namespace {

constexpr std::array<std::string_view, kSites.size()> kSiteTips{
    "Entry norm, on the trunk before it splits: the residual then carries the normed stream, a bug found in "
    "the wild. ",
    "Pre-LN: norm on the branch's input; the trunk stays untouched. ",
    "Output norm (OLMo 2): norm on the branch's output, before it is added; with pre it makes a sandwich. ",
    "Post-LN (2017): norm on the sum of residual and branch, so the trunk itself passes through it. ",
};
constexpr std::string_view kFinalTip =
    "Final norm, above the last layer, before the unembedding: Pre-LN stacks need it. ";
constexpr std::string_view kEmbeddingTip =
    "Embedding norm, on the sum of token and position embedding, as in BERT and BLOOM. ";
constexpr std::string_view kKindTip =
    "Turns every norm of this stack from LayerNorm (LN), which subtracts the mean and divides by the "
    "standard "
    "deviation, into RMSNorm, which only divides by the root mean square, and back.";
constexpr std::array<std::string_view, figure::kWireCount> kWireWords{
    "The residual stream below this sub-layer. ",
    "The trunk, before it splits. ",
    "The foot of the branch: what it hands back to the trunk. ",
    "The input of the function. ",
    "The output of the function. ",
    "The branch at the add: an add hands the gradient above it to both of its wires. ",
    "The residual (skip) connection: the gradient's way past the function. ",
    "The sum of residual and branch. ",
    "The residual stream above this sub-layer. ",
};
constexpr std::array<std::string_view, figure::kEndWireCount> kEndWords{
    "The sum of token and position embedding. ",
    "The residual stream below layer 0. ",
    "The residual stream above the last layer. ",
    "The input of the unembedding. ",
};
constexpr std::string_view kMemoryWords =
    "The memory that cross-attention reads in place of an encoder's output: fixed, so no gradient runs here.";

}  // namespace

std::string wire_tip(const BlockView& view, const figure::WirePlace& place) {
  if (std::holds_alternative<figure::MemoryWire>(place)) return std::string(kMemoryWords);
  const auto* end = std::get_if<figure::EndWire>(&place);
  const auto* inner = std::get_if<figure::SublayerWire>(&place);
  std::string tip(end != nullptr ? kEndWords[static_cast<std::size_t>(*end)]
                                 : kWireWords[static_cast<std::size_t>(inner->wire)]);
  const figure::WireGradient gradient = view.gradient.at(place);
  const std::string where = end == nullptr && !view.measured.empty() ? " in " + view.measured : "";
  switch (figure::flow_of(gradient)) {
    case figure::Flow::unknown: return tip + "Its gradient is not measured yet.";
    case figure::Flow::zero: return tip + "The gradient here is exactly 0" + where + ": drawn dashed.";
    case figure::Flow::overflow: return tip + "The gradient here is not finite" + where + ": drawn hollow.";
    case figure::Flow::finite: break;
  }
  return tip + "‖∂L/∂‖ is " + figure::three_figures(*gradient) + where +
         "; as thick as its logarithm, thin at " + figure::power_of_ten(figure::kThinDecade) +
         " or less, thickest at " + figure::power_of_ten(figure::kThickDecade) + " or more.";
}

std::string_view socket_tip(const figure::SocketPlace& place) {
  if (const auto* site = std::get_if<figure::SitePlace>(&place))
    return kSiteTips[static_cast<std::size_t>(site->site)];
  return std::get<bool StackSpec::*>(place) == &StackSpec::final_norm ? kFinalTip : kEmbeddingTip;
}

std::string_view norm_kind_tip() { return kKindTip; }

std::string residual_tip(const BlockView& view, const figure::WireLine& line) {
  if (line.cut)
    return "The residual (skip) connection is cut: all gradient has to go through the function. Click: mend "
           "it.";
  return wire_tip(view, line.place) + " Click: cut it.";
}

}  // namespace gradflow::ui
