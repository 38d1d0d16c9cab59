// What is sound: the block by its name, with the number that it stands for.
#include <array>

#include "core/analysis/verdict_rules.h"
#include "core/analysis/verdict_words.h"
#include "core/spec/text.h"

namespace gradflow::verdict {
namespace {

bool is_final_norm_doubled(const Evidence& e) {
  return e.spec().final_norm && e.last_layer().ffn.norm.contains(Site::post);
}
std::string final_norm_doubled(const Evidence& e) {
  return tr("{0}: the final norm repeats its last norm, stream RMS {1} before it",
            {block_name(e), figure(e.top("stream_rms"))});
}

bool is_one_layer(const Evidence& e) { return e.depth() == 1; }
std::string one_layer(const Evidence& e) {
  return tr("{0}, one layer: placement tells from 2 up; {1}",
            {block_name(e), top_gradient_against_pre_ln(e)});
}

bool is_pre_ln(const Evidence& e) { return is_uniform(e.block(), {Site::pre}); }
std::string pre_ln(const Evidence& e) {
  return tr("{0}: {1}", {block_name(e), top_gradient_against_pre_ln(e)});
}

std::string post_ln(const Evidence& e) {
  const bool compared = e.ratio_to_pre_ln().has_value();
  const std::string gradient = top_gradient_against_pre_ln(e);
  return compared ? tr("{0}: {1}, no warmup by rule of thumb", {block_name(e), gradient})
                  : tr("{0}: {1}", {block_name(e), gradient});
}

bool is_any(const Evidence&) { return true; }
std::string named(const Evidence& e) {
  return tr("{0}: W₁'s gradient is {1} in layer 0, {2} at the top",
            {block_name(e), figure(e.first(kTopQuantity)), figure(e.top(kTopQuantity))});
}

bool is_of_file(const Evidence& e) { return !has_drawn_weights(e.spec()); }
std::string of_file(const Evidence& e) {
  constexpr std::size_t kMostLetters = 24;
  std::string file = weights_name(e.spec());
  if (letters(file) > kMostLetters) file = tr("a file");
  return tr("weights of {0}: loss {1}, W₁'s gradient {2} in layer 0, {3} at the top",
            {file, figure(e.scalar("loss")), figure(e.first(kTopQuantity)), figure(e.top(kTopQuantity))});
}

constexpr std::array kRules{
    Rule{
        {"weights-of-file", text_key("weights of a file"), Judgement::good, "the weights are those of a file",
         text_key("what wiring and depth do to a gradient is known of weights as they are drawn, and said of "
                  "those alone. Training changes both the weights and what they are fed with"),
         text_key("the numbers are those of one pass over the file's tokens, or, where it has none, over the "
                  "stack's input")},
        is_of_file,
        of_file,
        Says::block,
        Holds::always},
    Rule{{"final-norm-doubled", text_key("final norm doubled"), Judgement::good,
          "a final norm above a last sub-layer that ends in a norm",
          text_key("a norm of what was just normed changes nothing at the start: harmless, and not needed. "
                   "Post-LN is published without it"),
          text_key("Vaswani et al. 2017, section 3.1; measured: stream RMS 1 above every post norm")},
         is_final_norm_doubled,
         final_norm_doubled},
    Rule{{"one-layer", text_key("one layer"), Judgement::good, "a stack of one layer",
          text_key("what tells placements apart is the product over layers; a single one has none"),
          text_key("measured with one layer of width 64: W₁ 0.41 in Pre-LN, 0.60 in Post-LN")},
         is_one_layer,
         one_layer,
         Says::block},
    Rule{{"pre-ln", text_key("Pre-LN"), Judgement::good, "every sub-layer has its norm on the branch's input",
          text_key("the trunk passes no norm between the blocks. The gradient of the last layer falls as "
                   "1/√L, and early layers get more than late ones"),
          text_key("Xiong et al. 2020, Theorem 1 and figure 3; GPT-2, LLaMA")},
         is_pre_ln,
         pre_ln,
         Says::block},
    Rule{{"post-ln", text_key("Post-LN"), Judgement::good, "every sub-layer has its norm on the sum",
          text_key("every sum is normed, so the stream stays at RMS 1 and needs no final norm. The last "
                   "layer's gradient (W₁) does not depend on depth; more than 3 times that of the Pre-LN "
                   "stack with everything else equal calls for warmup, by the course's rule of thumb"),
          text_key("Xiong et al. 2020, Theorem 1; Vaswani et al. 2017, BERT")},
         is_plain_post_ln,
         post_ln,
         Says::block},
    Rule{{"named", text_key("named placement"), Judgement::good, "a row of the wiring table",
          text_key("placements that are built for depth: DeepNorm's gradients are the same in every layer "
                   "and fall as 1/√L; norms on the branch's output bound what a branch adds to the stream"),
          text_key("DeepNorm: Wang et al. 2022; output norm with QK-norm: OLMo 2, 2024; sandwich norm: "
                   "CogView 2021, Gemma 2, Peri-LN 2025; measured at 48 layers: DeepNorm 0.046 to 0.045, the "
                   "others 0.8 to 0.2")},
         is_any,
         named,
         Says::block},
};

}  // namespace

std::span<const Rule> sound_rules() { return kRules; }

const NamedWiring* find_wiring_of(const Evidence& e) {
  if (!is_uniform(e.block())) return nullptr;
  const auto rule = has_deepnorm_alpha(e.spec()) ? SkipGain::Rule::deepnorm : SkipGain::Rule::constant;
  return find_wiring(e.block().ffn.norm, rule);
}

std::string block_name(const Evidence& e) {
  const NamedWiring* wiring = find_wiring_of(e);
  if (wiring != nullptr && wiring->key != "pre" && wiring->key != "post") {
    const bool queries = e.spec().qk_norm != QkNorm::none;
    return queries ? tr("{0} with QK-norm", {tr(wiring->label)}) : std::string(tr(wiring->label));
  }
  const std::string block =
      wiring == nullptr ? in_words(e.block())
                        : std::string(wiring->key == "pre" ? tr("pre-LN block") : tr("post-LN block"));
  return e.spec().norm.kind == NormKind::rms_norm ? tr("{0} with RMSNorm", {block}) : block;
}

bool is_plain_post_ln(const Evidence& e) {
  return is_uniform(e.block(), {Site::post}) && !has_deepnorm_alpha(e.spec()) && !has_other_gain(e.spec());
}

std::string top_gradient_against_pre_ln(const Evidence& e) {
  const std::string own = figure(e.top(kTopQuantity));
  const auto ratio = e.ratio_to_pre_ln();
  if (!ratio) return tr("top-of-stack gradient {0}", {own});
  const std::string times = figure(ratio->value);
  const std::string letter(1, ratio->letter);
  return ratio->value > kWarmupRatio
             ? tr("top-of-stack gradient {0} is {1} × {2}'s (> 3)", {own, times, letter})
             : tr("top-of-stack gradient {0} is {1} × {2}'s (up to 3)", {own, times, letter});
}

}  // namespace gradflow::verdict
