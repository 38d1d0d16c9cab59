// What calls for caution in how a stack's weights start and how its residuals are scaled.
#include <array>
#include <cmath>

#include "core/analysis/verdict_rules.h"
#include "core/analysis/verdict_words.h"
#include "core/spec/text.h"

namespace gradflow::verdict {
namespace {

bool is_cloned(const Evidence& e) { return e.spec().init.clone_layers && e.depth() > 1; }
std::string cloned(const Evidence& e) {
  if (!is_uniform(e.block(), {Site::pre})) {
    return tr("cloned layers: W₁'s gradient is {0} in layer 0, {1} at the top",
              {figure(e.first(kTopQuantity)), figure(e.top(kTopQuantity))});
  }
  const double start = e.first("stream_rms");
  return tr("cloned layers: stream RMS {0} at the top; layers that differ stay below {1} (Lemma 2)",
            {figure(e.top("stream_rms")), figure(std::sqrt(start * start + 1.5 * e.depth()))});
}

bool has_deepnorm_init(const Evidence& e) {
  return e.spec().init.residual_output == ResidualOutput::deepnorm;
}
bool is_alpha_alone(const Evidence& e) { return has_deepnorm_alpha(e.spec()) && !has_deepnorm_init(e); }
std::string alpha_alone(const Evidence& e) {
  return tr("DeepNorm's α without its initial weights: top-of-stack gradient {0}",
            {figure(e.top(kTopQuantity))});
}
bool is_init_alone(const Evidence& e) { return has_deepnorm_init(e) && !has_deepnorm_alpha(e.spec()); }
std::string init_alone(const Evidence& e) {
  return tr("DeepNorm's initial weights without its α: top-of-stack gradient {0}",
            {figure(e.top(kTopQuantity))});
}

bool is_scaled(const Evidence& e) { return has_other_gain(e.spec()); }
std::string scaled(const Evidence& e) {
  return tr("residual × {0}: stream RMS {1} at the top, top-of-stack gradient {2}",
            {figure(e.spec().residual_scale.at(e.depth())), figure(e.top("stream_rms")),
             figure(e.top(kTopQuantity))});
}

constexpr std::array kRules{
    Rule{{"cloned-layers", text_key("cloned layers"), Judgement::caution,
          "all layers start as copies of layer 0",
          text_key(
              "copies push the stream in the same direction, so that their outputs add up instead of "
              "averaging out: in Pre-LN its RMS grows with L instead of √L. Draw each layer's weights anew"),
          text_key("PyTorch issues 86274 and 72253; Xiong et al. 2020, Lemma 2, for layers of their own; "
                   "measured at 24 layers: mean square 562 instead of 25")},
         is_cloned,
         cloned},
    Rule{{"alpha-alone", text_key("α without β"), Judgement::caution,
          "DeepNorm's gain on the residual, but not its initial weights",
          text_key("DeepNorm bounds the update with two constants that belong together: the residual × "
                   "(2L)^(1/4), and W_V, W_O and the feed-forward's weights × (8L)^(-1/4). With one of them "
                   "the bound does not hold"),
          text_key("Wang et al. 2022, Table 1; measured at 48 layers of width 64: 0.35 with α alone, 0.045 "
                   "with both")},
         is_alpha_alone,
         alpha_alone},
    Rule{{"init-alone", text_key("β without α"), Judgement::caution,
          "DeepNorm's initial weights, but not its gain on the residual",
          text_key("DeepNorm bounds the update with two constants that belong together: the residual × "
                   "(2L)^(1/4), and W_V, W_O and the feed-forward's weights × (8L)^(-1/4). With one of them "
                   "the bound does not hold"),
          text_key("Wang et al. 2022, Table 1; measured at 48 layers of width 64, Post-LN: 0.15 with the "
                   "weights alone, 0.045 with both")},
         is_init_alone,
         init_alone},
    Rule{{"residual-scaled", text_key("scaled residual"), Judgement::caution,
          "the residual has a gain other than 1",
          text_key("over L layers the direct wire multiplies by the gain once a sub-layer: above 1 the "
                   "stream outgrows what the branches add, below 1 it forgets its input and the tokens "
                   "become alike. A norm after the sum brings the scale back"),
          text_key("measured in Pre-LN at 48 layers of width 64: × 1.1 gives stream RMS 2e4 and W₁ 4e-5 at "
                   "the top, × 0.5 gives W_Q 1e-10 in layer 0")},
         is_scaled,
         scaled},
};

}  // namespace

std::span<const Rule> gain_rules() { return kRules; }

}  // namespace gradflow::verdict
