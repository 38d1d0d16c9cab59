// How the gradient of the last and of the first layer's weights depends on depth.
//
//   top/grad_norm/NAME      Frobenius norm in the last layer of a stack of that depth
//   bottom/grad_norm/NAME   the same in its first layer
//
// Where the initial weights and the skip gain do not depend on the depth, the layers of a shallow stack are
// the first layers of a deep one. One forward pass then serves all depths; the top gradients cost the head
// and the backward pass of one layer a depth. The bottom gradients need a whole backward pass a depth.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/analysis/fit.h"
#include "core/analysis/report.h"
#include "core/spec/fields.h"

namespace gradflow {

/// Whether a stack of `spec` holds every shallower one as its first layers. Overrides name their layers, so
/// they do not matter.
bool is_nested(const StackSpec& spec);

/// 1, 2, ..., max_depth.
std::vector<int> all_depths(int max_depth);

enum class DepthEnds : unsigned char { top, both };

struct DepthLawQuestion {
  StackSpec spec;           // its num_layers does not matter
  std::vector<int> depths;  // ascending, from 1
  DepthEnds ends = DepthEnds::both;
  std::size_t memory_limit = kDefaultMemoryLimit;
};

/// What one depth measured; quantities as above. The callback runs on the caller's thread.
struct DepthPoint {
  int depth = 0;
  std::vector<Scalar> values;
};
using OnDepthPoint = std::function<void(const DepthPoint&)>;

/// Measures in float, as analyze(). The report's series have the depth in the place of the layer; its spec
/// has the largest depth. A nested stack's top gradients come first, ascending; everything else comes coarse
/// to fine: the ends of the range, its middle, the middles of the halves. Nothing when `stop` was requested.
/// Throws InvalidSpec.
std::optional<StackReport> depth_law(const DepthLawQuestion& question, const OnDepthPoint& on_point = {},
                                     const std::stop_token& stop = {});

/// Depths below this are no part of a fit unless it is told otherwise: the embedding is still a large share
/// of the stream.
inline constexpr int kFitFrom = 4;

struct Exponent {
  std::string quantity;  // such as top/grad_norm/ffn.w_1
  double value = 0, standard_error = 0;
};

/// The exponents of depth, one a series, over the seeds' reports, which are of one question.
///
/// Each seed is fitted by itself, and the exponent is the mean of the slopes with the standard error of that
/// mean. Depths of one seed share layers, tokens and unembedding, so that their errors go together and the
/// scatter about one line (or about the line through the curve averaged over seeds) says nothing about them;
/// seeds are independent, and so are their slopes, however the points of each hang together. With a single
/// seed there is only the scatter, and the error given is that of the line.
std::vector<Exponent> fit_exponents(std::span<const StackReport> seeds, int fit_from = kFitFrom);
std::vector<Exponent> fit_exponents(std::span<const std::shared_ptr<const StackReport>> seeds,
                                    int fit_from = kFitFrom);

/// As the scalars exponent/SERIES and exponent_se/SERIES.
void add_exponents(const std::vector<Exponent>& exponents, StackReport* report);

}  // namespace gradflow
