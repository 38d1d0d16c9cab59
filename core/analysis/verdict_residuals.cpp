#include "core/analysis/verdict_residuals.h"

#include <algorithm>
#include <vector>

#include "core/analysis/verdict_words.h"
#include "core/spec/text.h"

namespace gradflow::verdict {
namespace {

bool is_cut_everywhere(const Evidence& e, SublayerKind kind) {
  return static_cast<int>(e.cut_layers(kind).size()) == e.depth();
}

std::vector<int> all_cut_layers(const Evidence& e) {
  std::vector<int> layers;
  for (SublayerKind kind : kSublayerKinds) {
    const std::vector<int> cut = e.cut_layers(kind);
    layers.insert(layers.end(), cut.begin(), cut.end());
  }
  std::sort(layers.begin(), layers.end());
  layers.erase(std::unique(layers.begin(), layers.end()), layers.end());
  return layers;
}

/// "block 6 feed-forward", "blocks 2–4 attention + feed-forward", "block 3 attention, block 6 feed-forward".
std::string cuts(const Evidence& e) {
  std::string text;
  std::vector<int> before;
  for (SublayerKind kind : kSublayerKinds) {
    const std::vector<int> cut = e.cut_layers(kind);
    if (cut.empty()) continue;
    if (cut == before) {
      text += " + " + in_words(kind);
    } else {
      text += (text.empty() ? "" : ", ") + blocks(cut) + " " + in_words(kind);
    }
    before = cut;
  }
  return text;
}

}  // namespace

bool is_residual_off(const Evidence& e) {
  return std::any_of(kSublayerKinds.begin(), kSublayerKinds.end(),
                     [&](SublayerKind kind) { return is_cut_everywhere(e, kind); });
}

std::string residual_off(const Evidence& e) {
  std::string where;
  bool all = true;
  for (SublayerKind kind : kSublayerKinds) {
    if (e.block().find(kind) == nullptr) continue;
    if (is_cut_everywhere(e, kind)) {
      where += (where.empty() ? "" : ", ") + in_words(kind);
    } else {
      all = false;
    }
  }
  return tr("residual off ({0}): W_Q's gradient falls to {1}, W₁'s to {2}",
            {all ? tr("all sub-layers") : where, figure(e.least("grad_norm/attention.w_q")),
             figure(e.least("grad_norm/ffn.w_1"))});
}

bool is_residual_cut(const Evidence& e) { return !is_residual_off(e) && !all_cut_layers(e).empty(); }

std::string residual_cut(const Evidence& e) {
  const std::vector<int> layers = all_cut_layers(e);
  return tr("residual off at {0}: stream gradient {1} above, {2} below",
            {cuts(e), figure(e.at("stream_grad_norm", layers.back() + 1)),
             figure(e.at("stream_grad_norm", layers.front()))});
}

}  // namespace gradflow::verdict
