// Gradients against central differences; see check.h.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/analysis/check_pass.h"
#include "core/analysis/gradient_check.h"
#include "core/model/parameters.h"
#include "core/spec/text.h"
#include "core/spec/zero_gradient.h"

namespace gradflow {
namespace {

constexpr double kTolerance = 1e-5;       // of a tensor's gradient, by differences within a layer
constexpr double kLossTolerance = 1e-4;   // by differences of the loss, which curves more
constexpr double kZeroTolerance = 1e-12;  // of |dy||y|, for a gradient that is zero in theory
constexpr double kHarmless = 0.03;        // of the tolerance: a slope known so well needs no shorter step
constexpr double kRounding = 8 * std::numeric_limits<double>::epsilon();
constexpr double kUnderflow =  // a gradient below this loses digits of its own
    std::numeric_limits<double>::min() / std::numeric_limits<double>::epsilon();
constexpr std::size_t kLossLayers = 8;  // that the whole-stack differences visit, the first and last included
constexpr Index kLossCoordinates = 2;   // of each of their tensors

/// From steps that see past round-off to ones so short that no kink and no saturation lies within.
constexpr std::array kSteps{1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12};

/// A scalar that is differenced, and the size of what it was summed from.
struct Objective {
  std::function<double()> value;
  double scale = 0;
};

/// A slope by differences.
struct Difference {
  double value = 0;
  double uncertainty = 0;
};

/// (f(x + h) - f(x - h)) / 2h for the h of `step`, and what rounding makes of it.
Difference central(double& x, double step, const Objective& objective) {
  const double kept = x;
  const double h = step * std::max(1.0, std::abs(kept));
  x = kept + h;
  const double above = x;
  const double up = objective.value();
  x = kept - h;
  const double width = above - x;
  const double down = objective.value();
  x = kept;
  return {(up - down) / width, kRounding * objective.scale / width};
}

/// The slope at one coordinate with the uncertainty that differences leave it, in ignorance of the gradient
/// that is claimed: round-off, and all that the last shortening of the step has moved the slope. Of curvature
/// that is 99 times what is still wrong; of ReLU units that switch within the step it can be as little as
/// that.
Difference slope_at(double& x, double harmless, const Objective& objective) {
  Difference best{0, std::numeric_limits<double>::infinity()};
  double before = std::numeric_limits<double>::quiet_NaN();
  for (double step : kSteps) {
    const Difference slope = central(x, step, objective);
    const double uncertainty = 2 * slope.uncertainty + std::abs(slope.value - before);
    before = slope.value;
    if (uncertainty < best.uncertainty) best = {slope.value, uncertainty};
    if (best.uncertainty <= harmless || slope.uncertainty > best.uncertainty) break;
  }
  return best;
}

struct TensorError {
  double error = 0;  // relative to the gradient or to what can be resolved
  bool resolved = true;
  bool zero = false;  // exactly
};

/// Tries coordinates of `x`, whose gradient is claimed, and puts each back.
TensorError try_tensor(View<double> x, const ConstView<double>& gradient, const Objective& objective,
                       const GradientCheckOptions& options, double tolerance) {
  double error = 0;
  double uncertainty = 0;
  const std::vector<Index> places = pick_coordinates(gradient, options);
  const auto tried = static_cast<double>(places.size());
  const double share = std::sqrt(static_cast<double>(gradient.size()) / tried);
  const double length = std::sqrt(squared_norm(gradient));
  const double harmless = kHarmless * tolerance * length / (share * std::sqrt(tried));
  for (Index i : places) {
    const Index r = i / gradient.cols();
    const Index c = i % gradient.cols();
    const Difference found = slope_at(x(r, c), harmless, objective);
    error += (gradient(r, c) - found.value) * (gradient(r, c) - found.value);
    uncertainty += found.uncertainty * found.uncertainty;
  }
  const double floor = std::max(std::sqrt(uncertainty) * share, kUnderflow);
  return {std::sqrt(error) * share / std::max(length, floor / tolerance), length > floor, length == 0};
}

double norm(const Matrix<double>& x) { return std::sqrt(squared_norm(x)); }

/// sum(dy * (y - y0)): the differences are taken before the sum, so that only their own digits are lost.
double moved(const Matrix<double>& dy, const Matrix<double>& y, const Matrix<double>& y0) {
  return (dy.array() * (y - y0).array()).sum();
}

/// Copies of the gradient's tensors in visit()'s order, to walk beside the parameters.
template <class Parameters>
std::vector<Matrix<double>> copies(Parameters& gradient) {
  std::vector<Matrix<double>> tensors;
  visit(gradient, [&](const std::string&, const View<double>& view) { tensors.emplace_back(view); });
  return tensors;
}

void add(const std::string& check, const std::string& where, const TensorError& found, double tolerance,
         CheckTable& table) {
  table.add(check, where, found.error, tolerance);
  if (!found.resolved) table.add_unresolved(check);
  if (found.zero) table.add_note(check, std::string(tr("some exactly 0, as all their differences are")));
}

void check_layer(CheckPass& pass, std::size_t l, const GradientCheckOptions& options, CheckTable& table) {
  const Matrix<double>& dy = pass.dstream[l + 1];
  const Matrix<double>& y = stream(pass.tape, l + 1);
  Layer<double>& layer = pass.stack.layers[l];
  StackTape<double> scratch;
  scratch.layers.resize(1);
  scratch.embedded = stream(pass.tape, l);
  const auto value = [&] {
    forward_layer(layer, pass.batch, 0, scratch);
    return moved(dy, stream(scratch, 1), y);
  };
  const Objective objective{value, norm(dy) * norm(y) * std::max(1.0, largest_score(pass, l))};
  const std::string where = tr("layer {0}", {std::to_string(l)});
  const std::vector<Matrix<double>> gradients = copies(pass.gradient.layers[l]);
  double total = 0;
  for (const Matrix<double>& gradient : gradients) total += squared_norm(gradient);
  std::size_t next = 0;
  visit(layer, [&](const std::string& name, const View<double>& view) {
    const Matrix<double>& gradient = gradients[next++];
    const TensorError found = try_tensor(view, gradient, objective, options, kTolerance);
    const std::string reason = why_zero(pass.spec, name);
    if (reason.empty()) {
      add(tr("gradient {0}", {name}), where, found, kTolerance, table);
      return;
    }
    const double scale = objective.scale + std::sqrt(total);
    const double share = norm(gradient) == 0 ? 0 : norm(gradient) / scale;
    const bool agrees = found.error <= kTolerance;
    table.add(tr("gradient {0}", {name}), where, agrees ? share : std::numeric_limits<double>::infinity(),
              kZeroTolerance, reason);
  });
  add(std::string(tr("gradient stream")), where,
      try_tensor(scratch.embedded, pass.dstream[l], objective, options, kTolerance), kTolerance, table);
}

/// Embedding, its norm, final norm, unembedding; a tied table is in both ends, so the two are one objective.
void check_ends(CheckPass& pass, const GradientCheckOptions& options, CheckTable& table) {
  const std::size_t depth = pass.stack.layers.size();
  StackTape<double> bottom;
  StackTape<double> top;
  top.embedded = stream(pass.tape, depth);
  const Matrix<double>& dx0 = pass.dstream[0];
  const Matrix<double>& x0 = stream(pass.tape, 0);
  const auto value = [&] {
    forward_embedding(pass.stack.ends, pass.batch, bottom);
    return moved(dx0, bottom.embedded, x0) + (forward_head(pass.stack.ends, pass.batch, 0, top) - pass.loss);
  };
  const double head = std::abs(pass.loss) + norm(pass.dstream[depth]) * norm(top.embedded);
  const Objective objective{value, norm(dx0) * norm(x0) + head};
  const std::vector<Matrix<double>> gradients = copies(pass.gradient.ends);
  std::size_t next = 0;
  visit(pass.stack.ends, [&](const std::string& name, const View<double>& view) {
    const TensorError found = try_tensor(view, gradients[next++], objective, options, kTolerance);
    add(tr("gradient {0}", {name}), "", found, kTolerance, table);
  });
  const auto loss = [&] { return forward_head(pass.stack.ends, pass.batch, 0, top) - pass.loss; };
  add(std::string(tr("gradient stream")), "head",
      try_tensor(top.embedded, pass.dstream[depth], {loss, head}, options, kTolerance), kTolerance, table);
}

/// What rounding at every layer makes of the loss: an error of eps |x_k| meets the gradient there.
double loss_scale(const CheckPass& pass) {
  double square = pass.loss * pass.loss;
  for (std::size_t k = 0; k < pass.dstream.size(); ++k) {
    square += squared_norm(pass.dstream[k]) * squared_norm(stream(pass.tape, k));
  }
  return std::sqrt(square);
}

/// The loss with the layers from `l` on computed anew.
double loss_from(CheckPass& pass, std::size_t l) {
  for (std::size_t k = l; k < pass.stack.layers.size(); ++k) {
    forward_layer(pass.stack.layers[k], pass.batch, k, pass.tape);
  }
  return forward_head(pass.stack.ends, pass.batch, pass.stack.layers.size(), pass.tape);
}

template <class Parameters>
void check_loss(CheckPass& pass, Parameters& parameters, Parameters& gradient, const std::string& where,
                const std::function<double()>& loss, CheckTable& table) {
  const Objective objective{[&] { return loss() - pass.loss; }, loss_scale(pass)};
  const std::vector<Matrix<double>> gradients = copies(gradient);
  std::size_t next = 0;
  visit(parameters, [&](const std::string& name, const View<double>& view) {
    const TensorError found =
        try_tensor(view, gradients[next++], objective, {kLossCoordinates, 2}, kLossTolerance);
    add(std::string(tr("gradient of the loss")), where + name, found, kLossTolerance, table);
  });
  loss();  // puts the tape back as it was
}

/// `count` of the layers, evenly spread from the first to the last.
std::vector<std::size_t> spread(std::size_t depth, std::size_t count) {
  std::vector<std::size_t> layers;
  for (std::size_t i = 0; i < std::min(depth, count); ++i) {
    layers.push_back(depth <= count ? i : i * (depth - 1) / (count - 1));
  }
  return layers;
}

}  // namespace

void add_gradient_steps(CheckPass& pass, const CheckOptions& options, CheckTable& table,
                        std::vector<CheckStep>& steps) {
  const GradientCheckOptions coordinates{options.coordinates, 1};
  steps.push_back({std::string(tr("differences at the ends")),
                   [&pass, coordinates, &table] { check_ends(pass, coordinates, table); }});
  for (std::size_t l = pass.stack.layers.size(); l-- > 0;) {
    steps.push_back({tr("differences in layer {0}", {std::to_string(l)}),
                     [&pass, l, coordinates, &table] { check_layer(pass, l, coordinates, table); }});
  }
}

void add_loss_steps(CheckPass& pass, CheckTable& table, std::vector<CheckStep>& steps) {
  for (std::size_t l : spread(pass.stack.layers.size(), kLossLayers)) {
    const std::string layer = tr("layer {0}", {std::to_string(l)});
    steps.push_back({tr("differences of the loss, {0}", {layer}), [&pass, l, layer, &table] {
                       check_loss(
                           pass, pass.stack.layers[l], pass.gradient.layers[l], layer + " ",
                           [&pass, l] { return loss_from(pass, l); }, table);
                     }});
  }
  steps.push_back({std::string(tr("differences of the loss, ends")), [&pass, &table] {
                     const auto loss = [&pass] { return forward(pass.stack, pass.batch, pass.tape); };
                     check_loss(pass, pass.stack.ends, pass.gradient.ends, "", loss, table);
                   }});
}

}  // namespace gradflow
