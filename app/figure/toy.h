// The course's toy of a clean path beside what was measured (fact F17). In the toy a branch adds its
// derivative a to the residual's 1, so that a layer hands on 1 + a of the gradient; a norm on the trunk, as
// Post-LN has one, multiplies that by its Jacobian b. Over L layers: (1 + a)^L against (b (1 + a))^L.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/analysis/report.h"

namespace gradflow::figure {

struct Toy {
  double branch = 0.05;  // a
  double norm = 0.8;     // b
  friend bool operator==(const Toy&, const Toy&) = default;
};

/// A factor and what it comes to over all places where it stands: the product's logarithm, since a deep
/// stack's has no double.
struct Gain {
  double each = 1;
  double log10_product = 0;
  int count = 0;
};

Gain toy_residual(const Toy& toy, int num_layers);  // 1 + a
Gain toy_post_ln(const Toy& toy, int num_layers);   // b (1 + a)

/// The geometric mean over all sub-layers. Nothing where no gain was measured.
struct MeasuredGains {
  std::optional<Gain> sublayer;   // jacobian_gain: the whole sub-layer, from its output to its input
  std::optional<Gain> norm;       // norm_gain: of the norms on the trunk, else of those on the branch
  bool norm_is_on_trunk = false;  // at entry or post
};
MeasuredGains measured_gains(const StackReport& report);

/// Where the toy and the measurement part.
std::string toy_sentence(const Toy& toy, const StackReport& report);

/// Three significant figures; beyond the range of double the power of ten alone.
std::string product_words(double log10_product);

}  // namespace gradflow::figure
