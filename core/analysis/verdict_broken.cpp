// What is broken: numbers that left float's range, wires that are cut, norms that are missing or misplaced.
#include <algorithm>
#include <array>

#include "core/analysis/verdict_range.h"
#include "core/analysis/verdict_residuals.h"
#include "core/analysis/verdict_rules.h"
#include "core/analysis/verdict_words.h"
#include "core/spec/text.h"

namespace gradflow::verdict {
namespace {

/// Times the depth. A healthy gradient grows downwards by a power of depth: W₁'s in the first layer was at
/// most 1.7 √L times that of the last in Pre-LN and sandwich norm at width 64, 3 √L at width 16 (2 to 192
/// layers, 5 seeds each), and 0.5 to 0.9 L times in OLMo 2's stack, whose embedding is small. One that
/// explodes grows exponentially: OLMo 2's placement without QK-norm has 66 at 24 layers, 600 at 48 and 2e5
/// at 96.
constexpr double kExplodes = 2.0;

bool refused(const Evidence& e) { return !e.report().error.empty(); }
std::string refusal(const Evidence& e) { return e.report().error; }

bool overflows(const Evidence& e) { return !overflow(e).empty(); }
bool underflows(const Evidence& e) { return !underflow(e).empty(); }

bool has_no_norm(const Evidence& e) { return is_uniform(e.block(), {}); }
std::string no_norm(const Evidence& e) {
  return tr("no norm in any block: stream RMS {0} at the top, W₁'s gradient {1} in layer 0",
            {figure(e.top("stream_rms")), figure(e.first(kTopQuantity))});
}

bool lacks_norm(const Evidence& e) { return !has_no_norm(e) && !unnormed(e.block()).empty(); }
std::string norm_missing(const Evidence& e) {
  return tr("no norm at the {0}: stream RMS {1} at the top, W₁'s gradient {2} in layer 0",
            {in_words(unnormed(e.block())), figure(e.top("stream_rms")), figure(e.first(kTopQuantity))});
}

// Norms and gains that are misplaced

bool is_norm_before_split(const Sublayers& sublayers) {
  return std::any_of(kSublayerKinds.begin(), kSublayerKinds.end(), [&](SublayerKind kind) {
    const SublayerSpec* sublayer = sublayers.find(kind);
    return sublayer != nullptr && sublayer->norm.contains(Site::entry);
  });
}
std::vector<int> layers_with_bug(const Evidence& e) {
  std::vector<int> layers;
  for (int l = 0; l < e.depth(); ++l) {
    if (is_norm_before_split(e.layer(l))) layers.push_back(l);
  }
  return layers;
}
bool has_bug(const Evidence& e) { return !layers_with_bug(e).empty(); }
std::string bug(const Evidence& e) {
  const std::vector<int> layers = layers_with_bug(e);
  const bool everywhere = static_cast<int>(layers.size()) == e.depth();
  const std::string gradient = top_gradient_against_pre_ln(e);
  return everywhere ? tr("residual taken after the norm: {0}", {gradient})
                    : tr("residual taken after the norm in {0}: {1}", {blocks(layers), gradient});
}

bool is_alpha_outside_post(const Evidence& e) {
  if (!has_deepnorm_alpha(e.spec())) return false;
  return std::any_of(kSublayerKinds.begin(), kSublayerKinds.end(), [&](SublayerKind kind) {
    const SublayerSpec* sublayer = e.block().find(kind);
    return sublayer != nullptr && sublayer->residual && !sublayer->norm.contains(Site::post);
  });
}
std::string alpha_outside_post(const Evidence& e) {
  return tr("DeepNorm's α without Post-LN: stream RMS {0} at the top, top-of-stack gradient {1}",
            {figure(e.top("stream_rms")), figure(e.top(kTopQuantity))});
}

// Gradients that explode

bool explodes(const Evidence& e) {
  return e.first(kTopQuantity) > kExplodes * e.depth() * e.top(kTopQuantity);
}
bool is_output_norm(const Evidence& e) {
  return e.block().attention.norm == SiteSet{Site::branch} && e.spec().qk_norm == QkNorm::none;
}
std::string ends_of_w1(const Evidence& e) {
  return tr("W₁'s gradient is {0} in layer 0, {1} at the top",
            {figure(e.first(kTopQuantity)), figure(e.top(kTopQuantity))});
}

bool lacks_qk_norm(const Evidence& e) { return is_output_norm(e) && explodes(e); }
std::string qk_norm_missing(const Evidence& e) {
  return tr("output norm without QK-norm: {0}", {ends_of_w1(e)});
}

/// Where no other row names the cause.
bool explodes_otherwise(const Evidence& e) {
  const bool named = !unnormed(e.block()).empty() || is_output_norm(e) || is_alpha_outside_post(e) ||
                     has_other_gain(e.spec()) || e.spec().init.clone_layers;
  return !named && explodes(e);
}
std::string exploding(const Evidence& e) {
  return tr("the gradient explodes downwards: {0}", {ends_of_w1(e)});
}

constexpr std::array kRules{
    Rule{{"refused", text_key("refused"), Judgement::bad, "the stack cannot be computed",
          text_key("the stack was refused before anything was computed"), ""},
         refused,
         refusal,
         Says::everything,
         Holds::always},
    Rule{{"overflow", text_key("overflow"), Judgement::bad,
          "stream, gradient or loss is not finite, or its squares are not",
          text_key("single precision ends at 3.4e38. A norm and the attention scores multiply activations "
                   "with one another, so they are lost once the stream passes about 1e18. What follows is "
                   "drawn in the overflow lane"),
          text_key("IEEE 754 binary32; measured without norms: RMS 5e9 after 47 layers, nan from 92 up")},
         overflows,
         overflow,
         Says::finding,
         Holds::always},
    Rule{{"no-norm", text_key("no norm"), Judgement::bad, "no sub-layer has a norm",
          text_key(
              "each branch multiplies the scale of its input, so the stream grows as a power of depth. The "
              "scores grow with its square: the softmax picks one token, and W_Q and W_K get no gradient"),
          text_key("measured at 48 layers of width 64: stream RMS 8e9, attention entropy under 0.01 nats "
                   "from layer 6 up")},
         has_no_norm,
         no_norm},
    Rule{{"norm-missing", text_key("norm missing"), Judgement::bad,
          "a sub-layer has no norm, and none sits on the trunk",
          text_key(
              "the branch without a norm multiplies the scale of the stream, which no norm brings back. At "
              "the attention the gradient explodes as well, at the feed-forward the stream grows alone"),
          text_key("measured at 96 layers of width 64: no norm at the feed-forward, stream RMS 1e6 and W₁ "
                   "0.5 in layer 0; no norm at the attention, the gradient overflows from layer 94 down")},
         lacks_norm,
         norm_missing},
    Rule{{"underflow", text_key("underflow"), Judgement::bad,
          "the gradient of a weight is exactly 0 in some layer",
          text_key("a weight with gradient 0 does not learn. The smallest float is 1e-45; W_Q and W_K also "
                   "get exactly 0 where the softmax picks one token, or where all tokens are the same to the "
                   "last bit. Drawn in the underflow lane"),
          text_key("IEEE 754 binary32; measured with all residuals off: W_Q 0 in the lower layers of 1000")},
         underflows,
         underflow,
         Says::finding,
         Holds::always},
    Rule{{"residual-off", text_key("residual off"), Judgement::bad,
          "a sub-layer's residual is off in every layer",
          text_key("without the direct wire all passes through the branches. Attention averages tokens, so "
                   "they become alike, and then W_Q and W_K get no gradient: attention cannot learn above a "
                   "few layers. The feed-forward keeps its gradient, so not everything vanishes"),
          text_key("Dong et al. 2021 for the tokens, Noci et al. 2022 for W_Q and W_K; measured with both "
                   "off in Pre-LN at 24 layers: W_Q 1e-6 in layer 0 and 4e-10 at its least, W₁ at least 1")},
         is_residual_off,
         residual_off,
         Says::finding,
         Holds::as_reading},
    Rule{
        {"residual-cut", text_key("residual cut"), Judgement::bad,
         "a sub-layer's residual is off in some layers",
         text_key("at the cut everything passes through one branch: the stream starts anew with the branch's "
                  "output, and below the cut the gradient has crossed the branch's weights alone. In Pre-LN "
                  "it loses most of its length there; in Post-LN less, for the norm rescales what is left"),
         text_key("measured in block 6 of 12, feed-forward: stream gradient 0.126 above and 0.026 below in "
                  "Pre-LN, 0.061 and 0.059 in Post-LN")},
        is_residual_cut,
        residual_cut,
        Says::finding,
        Holds::as_reading},
    Rule{{"residual-after-norm", text_key("residual after the norm"), Judgement::bad,
          "a norm sits on the trunk before it splits",
          text_key("a known bug: what was meant as Pre-LN adds the normed input instead of the input, so the "
                   "norm is on the trunk and the gradients are Post-LN's"),
          text_key("PyTorch issue 61165; measured bidirectionally at 6 layers of width 128: W₁ 0.90 to "
                   "1.12, Post-LN 0.90 to 1.13")},
         has_bug,
         bug,
         Says::finding,
         Holds::as_reading},
    Rule{{"alpha-outside-post", text_key("α without Post-LN"), Judgement::bad,
          "DeepNorm's gain on a residual that no norm follows",
          text_key("α multiplies the stream in every sub-layer, α^(2L) in all. DeepNorm has a norm after "
                   "every sum that brings it back; without one the stream grows until it overflows"),
          text_key("Wang et al. 2022, Table 1, for α; measured in Pre-LN at 24 layers: the norms' squares "
                   "overflow from layer 21 up")},
         is_alpha_outside_post,
         alpha_outside_post},
    Rule{{"qk-norm-missing", text_key("no QK-norm"), Judgement::bad,
          "output norm without QK-norm, and W₁'s gradient explodes downwards",
          text_key("the output norm leaves the attention's input as it comes, so the scores grow with the "
                   "stream and the softmax passes on ever larger gradients. OLMo 2 has a norm on queries and "
                   "keys for that"),
          text_key("OLMo 2, equations 1 and 2; measured bidirectionally at 48 layers of width 128: first "
                   "layer 3010 without QK-norm, 0.94 with it")},
         lacks_qk_norm,
         qk_norm_missing},
    Rule{{"exploding", text_key("exploding gradient"), Judgement::bad,
          "W₁'s gradient in layer 0 is more than 2L times that of the last layer",
          text_key(
              "every layer passes down a larger gradient than it got, so the excess grows exponentially with "
              "depth. In a healthy stack the first layer's grows like √L or at most L over the last one's"),
          text_key("measured at width 64, 2 to 96 layers, 5 seeds: at most 1.7 √L in Pre-LN")},
         explodes_otherwise,
         exploding},
};

}  // namespace

std::span<const Rule> broken_rules() { return kRules; }

}  // namespace gradflow::verdict
