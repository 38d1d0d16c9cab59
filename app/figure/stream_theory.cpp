#include "app/figure/stream_theory.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/spec/overrides.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

constexpr const char* kName = text_key("Lemma 2");
constexpr const char* kNote = text_key(
    "thin: Xiong et al. 2020, Lemma 2, at initialisation, for Xavier weights, uniform attention and RMS 1 at "
    "0");
constexpr const char* kRatio = text_key(
    "Beside a band: measured / lower bound, measured / upper bound; inside it, the first is above 1 and the "
    "second below.");

/// Whether the weights are drawn, and every sub-layer has just this norm and a plain residual.
bool has_placement(const StackSpec& spec, Site site) {
  const auto plain = [&](const SublayerSpec& sublayer) {
    return sublayer.norm == SiteSet{site} && sublayer.residual;
  };
  return has_drawn_weights(spec) && plain(spec.sublayers.attention) && plain(spec.sublayers.ffn) &&
         !spec.sublayers.cross_attention && spec.residual_scale.at(spec.num_layers) == 1 &&
         overridden_layers(spec).empty();
}

/// The deepest of the stacks that have the placement and a curve; they become the guide's.
int take_stacks(std::span<const std::shared_ptr<const StackReport>> reports, const Figure& figure, Site site,
                Guide* guide) {
  int deepest = 0;
  for (const Curve& curve : figure.curves) {
    const StackSpec& spec = reports[curve.stack]->spec;
    if (!has_placement(spec, site)) continue;
    guide->stacks.push_back(curve.stack);
    deepest = std::max(deepest, spec.num_layers);
  }
  return deepest;
}

}  // namespace

void add_stream_theory(std::span<const std::shared_ptr<const StackReport>> reports, Figure* figure) {
  Guide pre{.label = std::string(tr("Pre-LN: √(1 + l/2) to √(1 + 3l/2)")), .name = std::string(tr(kName))};
  const int pre_depth = take_stacks(reports, *figure, Site::pre, &pre);
  for (int l = 0; l <= pre_depth && !pre.stacks.empty(); ++l) {
    pre.x.push_back(l);
    pre.low.push_back(std::sqrt(1 + 0.5 * l));
    pre.high.push_back(std::sqrt(1 + 1.5 * l));
  }
  Guide post{.label = std::string(tr("Post-LN: 1")), .name = std::string(tr(kName)), .label_below = true};
  const int post_depth = take_stacks(reports, *figure, Site::post, &post);
  for (int l = 1; l <= post_depth; ++l) {
    post.x.push_back(l);
    post.low.push_back(1);
  }
  for (Guide* guide : {&pre, &post}) {
    if (!guide->stacks.empty()) figure->guides.push_back(std::move(*guide));
  }
  if (figure->guides.empty()) return;
  figure->guides_note = tr(kNote);
  figure->guides_ratio = tr(kRatio);
}

}  // namespace gradflow::figure
