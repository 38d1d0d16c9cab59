// What the rules of the verdict look at: a report, its place among the others, and the wiring of its layers
// with all overrides applied.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/report.h"

namespace gradflow::verdict {

using Reports = std::span<const std::shared_ptr<const StackReport>>;

/// This stack's top-of-stack gradient by that of the Pre-LN stack with everything else equal.
struct Ratio {
  double value = 0;
  char letter = '?';  // of the Pre-LN stack, as the window names it
};

class Evidence {
 public:
  Evidence(const StackReport& report, Reports all);

  const StackReport& report() const { return report_; }
  const StackSpec& spec() const { return report_.spec; }
  int depth() const { return static_cast<int>(layers_.size()); }

  const Sublayers& layer(int l) const { return layers_[static_cast<std::size_t>(l)]; }
  const Sublayers& last_layer() const { return layers_.back(); }
  /// The wiring that most layers have.
  const Sublayers& block() const { return block_; }
  /// Layers whose norms are not at the block's sites.
  const std::vector<int>& unlike_block() const { return unlike_block_; }
  /// Layers in which the residual of a sub-layer is off: cut, or scaled by 0.
  std::vector<int> cut_layers(SublayerKind kind) const;

  /// NaN where the report has no such number, so that every comparison with it fails.
  double first(std::string_view quantity) const;
  double top(std::string_view quantity) const;
  double least(std::string_view quantity) const;
  double at(std::string_view quantity, int layer) const;
  double scalar(std::string_view quantity) const;

  std::optional<Ratio> ratio_to_pre_ln() const;

 private:
  const StackReport& report_;
  Reports all_;
  std::vector<Sublayers> layers_;
  Sublayers block_;
  std::vector<int> unlike_block_;
};

/// Whether every sub-layer has its norms at exactly these sites.
bool is_uniform(const Sublayers& sublayers, SiteSet norm);
/// Whether all sub-layers have theirs at the same sites.
bool is_uniform(const Sublayers& sublayers);
/// Whether a norm sits on the trunk, so that every layer starts or ends at scale 1.
bool norms_trunk(const Sublayers& sublayers);
/// Sub-layers without any norm in a layer whose trunk has none either.
std::vector<SublayerKind> unnormed(const Sublayers& sublayers);
/// Whether the residual is scaled by DeepNorm's alpha, (2 num_layers)^(1/4), by rule or by hand.
bool has_deepnorm_alpha(const StackSpec& spec);
/// Whether the residual has a gain other than 1 and DeepNorm's; 0 counts as cut.
bool has_other_gain(const StackSpec& spec);

}  // namespace gradflow::verdict
