// What calls for caution in what depth does to gradients and tokens, and in stacks that measure less than it
// seems.
#include <array>

#include "core/analysis/verdict_rules.h"
#include "core/analysis/verdict_words.h"
#include "core/spec/text.h"

namespace gradflow::verdict {
namespace {

/// Tokens this alike on average leave W_Q and W_K little to learn from: where Post-LN reached it, at 12
/// layers of width 64, W_Q's gradient in the last layer was 1/25 (causal text) to 1/200 (bidirectional) of
/// the first's.
constexpr double kAlike = 0.99;

/// Times the depth. W₁'s gradient in the last layer was at most 0.9 √L times that of the first in Post-LN of
/// width 64 (2 to 96 layers, 5 seeds each); with cross-attention it is 41, 135 and 430 times at 12, 18
/// and 24.
constexpr double kVanishes = 2.0;

constexpr std::string_view kWq = "grad_norm/attention.w_q";

// What depth does to gradients and tokens

bool vanishes(const Evidence& e) {
  return e.top(kTopQuantity) > kVanishes * e.depth() * e.first(kTopQuantity);
}
std::string vanishing(const Evidence& e) {
  return tr("the gradient vanishes downwards: W₁'s is {0} at the top, {1} in layer 0",
            {figure(e.top(kTopQuantity)), figure(e.first(kTopQuantity))});
}

bool collapses(const Evidence& e) { return e.top("token_cosine") > kAlike; }
std::string collapse(const Evidence& e) {
  int layers = 0;
  while (layers < e.depth() && !(e.at("token_cosine", layers) > kAlike)) ++layers;
  return tr("rank collapse: token cosine above {0} after {1} of {2} layers; W_Q's gradient falls to {3}",
            {figure(kAlike), std::to_string(layers), std::to_string(e.depth()), figure(e.least(kWq))});
}

bool starts_flat(const Evidence& e) {
  return is_plain_post_ln(e) && e.spec().init.scheme == InitScheme::normal_002 && e.ratio_to_pre_ln() &&
         e.ratio_to_pre_ln()->value <= kWarmupRatio;
}
std::string flat_start(const Evidence& e) {
  const Ratio ratio = e.ratio_to_pre_ln().value_or(Ratio{});
  return tr("{0}: N(0, 0.02) starts flat; {1} × {2}'s gradient does not tell if it trains",
            {block_name(e), figure(ratio.value), std::string(1, ratio.letter)});
}

// Nothing to attend to

bool has_one_token(const Evidence& e) { return e.spec().sequence_length == 1; }
std::string one_token(const Evidence& e) {
  return tr("one token: attention has nothing to choose from, W_Q's gradient is {0}", {figure(e.top(kWq))});
}
bool has_equal_memory(const Evidence& e) {
  return e.block().cross_attention && e.spec().memory_cosine == 1 && !has_one_token(e);
}
std::string equal_memory(const Evidence& e) {
  return tr("memory of equal tokens: the gradient of cross-attention's W_Q is {0}",
            {figure(e.top("grad_norm/cross_attention.w_q"))});
}

constexpr std::array kRules{
    Rule{{"vanishing", text_key("vanishing gradient"), Judgement::caution,
          "W₁'s gradient in the last layer is more than 2L times that of layer 0",
          text_key("every layer passes down less than it got. In Post-LN decoders it is cross-attention that "
                   "does it, to a memory whose tokens are alike, as an encoder's are; encoders keep their "
                   "gradient unless they are narrow"),
          text_key("Liu et al. 2020 (Admin); measured at 18 layers of width 96, memory cosine 0.9: W₁ 0.57 "
                   "at the top, 0.004 in layer 0")},
         vanishes,
         vanishing},
    Rule{{"rank-collapse", text_key("rank collapse"), Judgement::caution,
          "the mean cosine between tokens is above 0.99 at the top",
          text_key("once all tokens are the same it does not matter which one attention picks, so W_Q and "
                   "W_K get no gradient. What is left of it is round-off"),
          text_key("Dong et al. 2021; Noci et al. 2022; measured bidirectionally at 48 layers of width 128: "
                   "W_Q 0.31 in the first layer, 8e-14 in the last, Pre-LN 0.28 and 0.003")},
         collapses,
         collapse,
         Says::finding,
         Holds::as_reading},
    Rule{{"flat-start", text_key("flat start"), Judgement::caution,
          "Post-LN with N(0, 0.02), up to 3 times the Pre-LN stack's gradient",
          text_key("weights this small leave the stream as it was embedded, so that every wiring starts with "
                   "the same flat curve and the rule of thumb has nothing to measure. What tells them apart "
                   "is the updates: see the training race"),
          text_key("Radford et al. 2019, section 2.3; measured at 6 to 96 layers: all curves flat within 10 "
                   "percent")},
         starts_flat,
         flat_start},
    Rule{{"one-token", text_key("one token"), Judgement::caution, "sequences of one token",
          text_key("attention over one token gives it the weight 1 whatever W_Q and W_K are, so they have no "
                   "gradient. This is no underflow; take longer sequences"),
          text_key("the softmax of a single score")},
         has_one_token,
         one_token,
         Says::finding,
         Holds::always},
    Rule{{"equal-memory", text_key("equal memory"), Judgement::caution,
          "cross-attention to a memory of equal tokens",
          text_key("it does not matter which of equal tokens is picked, so cross-attention's W_Q and W_K "
                   "have no gradient. This is no underflow; lower memory_cosine"),
          text_key("a mean of equal values does not depend on its weights")},
         has_equal_memory,
         equal_memory},
};

}  // namespace

std::span<const Rule> depth_rules() { return kRules; }

}  // namespace gradflow::verdict
