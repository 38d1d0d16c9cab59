// What calls for caution in how a stack is wired: it trains, but not as it should or not as one thinks.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/analysis/verdict_rules.h"
#include "core/analysis/verdict_words.h"
#include "core/spec/text.h"

namespace gradflow::verdict {
namespace {

bool passes_threshold(const Evidence& e) {
  const auto ratio = e.ratio_to_pre_ln();
  return ratio && ratio->value > kWarmupRatio;
}

std::vector<SublayerKind> without_norm(const Sublayers& block) {
  std::vector<SublayerKind> kinds;
  for (SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* sublayer = block.find(kind);
    if (sublayer != nullptr && sublayer->norm.empty()) kinds.push_back(kind);
  }
  return kinds;
}

bool has_one_norm(const Evidence& e) { return norms_trunk(e.block()) && !without_norm(e.block()).empty(); }
std::string one_norm(const Evidence& e) {
  return tr("no norm at the {0}, the trunk's holds: {1}",
            {in_words(without_norm(e.block())), top_gradient_against_pre_ln(e)});
}

bool is_mixed(const Evidence& e) { return !is_uniform(e.block()) && without_norm(e.block()).empty(); }
std::string mixed(const Evidence& e) {
  const auto ratio = e.ratio_to_pre_ln();
  if (!ratio)
    return tr("mixed: not broken, but no published model ships it; top-of-stack gradient {0}",
              {figure(e.top(kTopQuantity))});
  const std::string letter(1, ratio->letter);
  return passes_threshold(e)
             ? tr("mixed: not broken, but no published model ships it; needs warmup: {0} × {1}'s (> 3)",
                  {figure(ratio->value), letter})
             : tr("mixed: not broken, but no published model ships it; top-of-stack gradient {0} × {1}'s (up "
                  "to 3)",
                  {figure(ratio->value), letter});
}

bool is_unnamed(const Evidence& e) {
  return is_uniform(e.block()) && !has_other_gain(e.spec()) && find_wiring_of(e) == nullptr;
}
std::string unnamed(const Evidence& e) {
  return tr("norms at {0}, in no published model: {1}",
            {in_words(e.block().ffn.norm), top_gradient_against_pre_ln(e)});
}

bool needs_warmup(const Evidence& e) { return is_plain_post_ln(e) && passes_threshold(e); }
std::string warmup(const Evidence& e) {
  return tr("{0}, warmup required: {1}", {block_name(e), top_gradient_against_pre_ln(e)});
}

/// The stream adds up to the top: no norm on the trunk and no cut in the last layer.
bool lacks_final_norm(const Evidence& e) {
  const Sublayers& last = e.last_layer();
  const bool cut = std::any_of(kSublayerKinds.begin(), kSublayerKinds.end(), [&](SublayerKind kind) {
    const std::vector<int> layers = e.cut_layers(kind);
    return !layers.empty() && layers.back() == e.depth() - 1;
  });
  return !e.spec().final_norm && !norms_trunk(last) && !cut;
}
std::string no_final_norm(const Evidence& e) {
  const double ln_v = std::log(e.spec().vocab_size);
  const double loss = e.scalar("loss");
  return figure(loss) == figure(ln_v)
             ? tr("no final norm: the loss at the start is {0}, ln V itself; stream RMS {1}",
                  {figure(loss), figure(e.top("stream_rms"))})
             : tr("no final norm: the loss at the start is {0} instead of {1} (ln V)",
                  {figure(loss), figure(ln_v)});
}

bool layers_differ(const Evidence& e) { return !e.unlike_block().empty(); }

/// "attention post": what is unlike the block in layers that are wired alike.
std::string difference(const Evidence& e, const Sublayers& wiring) {
  std::string text;
  for (SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* own = wiring.find(kind);
    if (own == nullptr || own->norm == e.block().find(kind)->norm) continue;
    text += (text.empty() ? "" : ", ") + in_words(kind) + " " + in_words(own->norm);
  }
  return text;
}
std::string differing(const Evidence& e) {
  const std::vector<int>& layers = e.unlike_block();
  const std::string first = difference(e, e.layer(layers.front()));
  const bool alike =
      std::all_of(layers.begin(), layers.end(), [&](int l) { return difference(e, e.layer(l)) == first; });
  const std::string below = figure(e.at("stream_rms", layers.front()));
  const std::string above = figure(e.at("stream_rms", layers.back() + 1));
  return alike ? tr("{0} unlike the rest ({1}): stream RMS {2} below, {3} above",
                    {blocks(layers), first, below, above})
               : tr("{0} unlike the rest: stream RMS {1} below, {2} above", {blocks(layers), below, above});
}

constexpr std::array kRules{
    Rule{{"one-norm", text_key("one norm a layer"), Judgement::caution,
          "a sub-layer has no norm, but another's sits on the trunk",
          text_key("one norm on the trunk in every layer holds the stream at scale 1, so nothing overflows, "
                   "and the gradients are Post-LN's. Without a norm on its own input or output the other "
                   "sub-layer's branch just takes the scale that it finds"),
          text_key("measured at 48 layers of width 64: W₁ 1.0 at the top with one post norm, Post-LN 1.0, "
                   "Pre-LN 0.13")},
         has_one_norm,
         one_norm},
    Rule{{"mixed", text_key("mixed"), Judgement::caution, "sub-layers have their norms at different sites",
          text_key("one norm on the trunk in every layer is enough for Post-LN's gradient, and so for its "
                   "warmup. The stream stays at scale 1 as well: exactly where the post norm is the last "
                   "one, about 1.2 where another sub-layer adds to it"),
          text_key("measured at 48 layers of width 64: 0.97 attention pre and feed-forward post, 1.1 the "
                   "other way round, Post-LN 1.0, Pre-LN 0.13")},
         is_mixed,
         mixed},
    Rule{{"unnamed", text_key("unnamed placement"), Judgement::caution,
          "all sub-layers have their norms at sites that no row of the wiring table has",
          text_key("a norm on the sum is what counts: with it the last layer's gradient keeps its size over "
                   "depth, as in Post-LN, whatever else is normed"),
          text_key("measured at 24 layers of width 64: pre + post 1.15, branch + post 1.96, Post-LN 1.16, "
                   "Pre-LN 0.20")},
         is_unnamed,
         unnamed},
    Rule{{"warmup", text_key("warmup required"), Judgement::caution,
          "Post-LN, and its top-of-stack gradient is more than 3 times the Pre-LN stack's",
          text_key("rule of thumb of the course: more than 3 times the last-layer gradient (W₁) of the "
                   "Pre-LN stack with everything else equal calls for warmup. It is the ratio that grows "
                   "with depth: Pre-LN's falls as 1/√L while Post-LN's stays"),
          text_key("Xiong et al. 2020, Theorem 1; measured: ratio 3.0 at 12 layers, 9.2 at 96")},
         needs_warmup,
         warmup},
    Rule{{"final-norm-missing", text_key("no final norm"), Judgement::caution,
          "no final norm above a stream that no norm on the trunk holds",
          text_key("the stream grows with depth and the logits with it, so training starts from confident "
                   "guesses that are wrong. One norm above the last layer pins them. Post-LN needs none: its "
                   "last norm is on the trunk"),
          text_key("Xiong et al. 2020, Lemma 2, for the stream; measured with V = 128: loss 6.5, 10 and 21 "
                   "at 6, 24 and 96 layers, ln V = 4.85")},
         lacks_final_norm,
         no_final_norm},
    Rule{{"layers-differ", text_key("layers differ"), Judgement::caution,
          "some layers have their norms at other sites than most",
          text_key("one layer with a norm on its trunk sets the stream's scale anew for all above it; one "
                   "without a norm lets it grow by that layer's gain. Mix-LN does it on purpose: Post-LN "
                   "below, Pre-LN above"),
          text_key("Li et al. 2024, Mix-LN; measured in block 6 of a Pre-LN stack: stream RMS 2.6 to 1 with "
                   "post, 2.6 to 4.5 without norms")},
         layers_differ,
         differing,
         Says::finding,
         Holds::as_reading},
};

}  // namespace

std::span<const Rule> placement_rules() { return kRules; }

}  // namespace gradflow::verdict
