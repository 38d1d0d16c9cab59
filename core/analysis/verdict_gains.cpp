// What calls for caution in how a stack's weights start and how its residuals are scaled.
#include <array>
#include <cmath>

#include "core/analysis/verdict_rules.h"
#include "core/analysis/verdict_words.h"

namespace gradflow::verdict {
namespace {

bool is_cloned(const Evidence& e) { return e.spec().init.clone_layers && e.depth() > 1; }
std::string cloned(const Evidence& e) {
  if (!is_uniform(e.block(), {Site::pre})) {
    return "cloned layers: W_1's gradient is " + figure(e.first(kTopQuantity)) + " in layer 0, " +
           figure(e.top(kTopQuantity)) + " at the top";
  }
  const double start = e.first("stream_rms");
  return "cloned layers: stream RMS " + figure(e.top("stream_rms")) +
         " at the top; layers that differ stay below " + figure(std::sqrt(start * start + 1.5 * e.depth())) +
         " (Lemma 2)";
}

bool has_deepnorm_init(const Evidence& e) {
  return e.spec().init.residual_output == ResidualOutput::deepnorm;
}
bool is_alpha_alone(const Evidence& e) { return has_deepnorm_alpha(e.spec()) && !has_deepnorm_init(e); }
std::string alpha_alone(const Evidence& e) {
  return "DeepNorm's α without its initial weights: top-of-stack gradient " + figure(e.top(kTopQuantity));
}
bool is_init_alone(const Evidence& e) { return has_deepnorm_init(e) && !has_deepnorm_alpha(e.spec()); }
std::string init_alone(const Evidence& e) {
  return "DeepNorm's initial weights without its α: top-of-stack gradient " + figure(e.top(kTopQuantity));
}

bool is_scaled(const Evidence& e) { return has_other_gain(e.spec()); }
std::string scaled(const Evidence& e) {
  return "residual × " + figure(e.spec().residual_scale.at(e.depth())) + ": stream RMS " +
         figure(e.top("stream_rms")) + " at the top, top-of-stack gradient " + figure(e.top(kTopQuantity));
}

constexpr std::array kRules{
    Rule{{"cloned-layers", "cloned layers", Judgement::caution, "all layers start as copies of layer 0",
          "copies push the stream in the same direction, so that their outputs add up instead of averaging "
          "out: in Pre-LN its RMS grows with L instead of √L. Draw each layer's weights anew",
          "PyTorch issues 86274 and 72253; Xiong et al. 2020, Lemma 2, for layers of their own; measured at "
          "24 layers: mean square 562 instead of 25"},
         is_cloned,
         cloned},
    Rule{{"alpha-alone", "α without β", Judgement::caution,
          "DeepNorm's gain on the residual, but not its initial weights",
          "DeepNorm bounds the update with two constants that belong together: the residual × (2L)^(1/4), "
          "and W_V, W_O and the feed-forward's weights × (8L)^(-1/4). With one of them the bound does not "
          "hold",
          "Wang et al. 2022, Table 1; measured at 48 layers of width 64: 0.35 with α alone, 0.045 with both"},
         is_alpha_alone,
         alpha_alone},
    Rule{{"init-alone", "β without α", Judgement::caution,
          "DeepNorm's initial weights, but not its gain on the residual",
          "DeepNorm bounds the update with two constants that belong together: the residual × (2L)^(1/4), "
          "and W_V, W_O and the feed-forward's weights × (8L)^(-1/4). With one of them the bound does not "
          "hold",
          "Wang et al. 2022, Table 1; measured at 48 layers of width 64, Post-LN: 0.15 with the weights "
          "alone, 0.045 with both"},
         is_init_alone,
         init_alone},
    Rule{{"residual-scaled", "scaled residual", Judgement::caution, "the residual has a gain other than 1",
          "over L layers the direct wire multiplies by the gain once a sub-layer: above 1 the stream "
          "outgrows what the branches add, below 1 it forgets its input and the tokens become alike. A norm "
          "after the sum brings the scale back",
          "measured in Pre-LN at 48 layers of width 64: × 1.1 gives stream RMS 2e4 and W_1 4e-5 at the top, "
          "× 0.5 gives W_Q 1e-10 in layer 0"},
         is_scaled,
         scaled},
};

}  // namespace

std::span<const Rule> gain_rules() { return kRules; }

}  // namespace gradflow::verdict
