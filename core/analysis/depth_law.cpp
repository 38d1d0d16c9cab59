#include "core/analysis/depth_law.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <string>

#include "core/analysis/recorder.h"
#include "core/model/build.h"
#include "core/model/parameters.h"
#include "core/ops/denormals.h"
#include "core/spec/text.h"
#include "core/spec/validate.h"

namespace gradflow {
namespace {

constexpr const char* kTop = "top/grad_norm/";
constexpr const char* kBottom = "bottom/grad_norm/";

/// The places 0 to count - 1, breadth first: the last, the first, the middle, the middles of the halves.
std::vector<std::size_t> coarse_to_fine(std::size_t count) {
  std::vector<std::size_t> order;
  if (count == 0) return order;
  order.push_back(count - 1);
  if (count > 1) order.push_back(0);
  std::deque<std::pair<std::size_t, std::size_t>> gaps{{0, count - 1}};
  while (!gaps.empty()) {
    const auto [low, high] = gaps.front();
    gaps.pop_front();
    if (high - low < 2) continue;
    const std::size_t middle = low + (high - low) / 2;
    order.push_back(middle);
    gaps.emplace_back(low, middle);
    gaps.emplace_back(middle, high);
  }
  return order;
}

class Runner {
 public:
  Runner(const DepthLawQuestion& question, const OnDepthPoint& on_point, const std::stop_token& stop)
      : question_(question), on_point_(on_point), stop_(stop), spec_(question.spec) {}

  bool run() {
    const WithoutDenormals<float> quick;
    return is_nested(spec_) ? run_nested() : run_one_by_one();
  }
  StackReport take() { return recorder_.take(); }

 private:
  void build(int depth) {
    spec_.num_layers = depth;
    stack_ = build_stack<float>(spec_);
    tape_.layers.resize(stack_.layers.size());
    ends_gradient_ = stack_.ends;
    gradient_ = stack_.layers.front();
  }

  bool run_nested() {
    build(question_.depths.back());
    batch_ = build_batch<float>(spec_);
    forward_embedding(stack_.ends, batch_, tape_);
    std::size_t next = 0;
    for (std::size_t l = 0; l < stack_.layers.size(); ++l) {
      if (stop_.stop_requested()) return false;
      forward_layer(stack_.layers[l], batch_, l, tape_);
      const int depth = static_cast<int>(l) + 1;
      if (question_.depths[next] != depth) continue;
      ++next;
      DepthPoint point{depth, {}};
      backward_top(point);
      report(point);
    }
    if (question_.ends == DepthEnds::top) return true;
    for (std::size_t i : coarse_to_fine(question_.depths.size())) {
      DepthPoint point{question_.depths[i], {}};
      DepthPoint already_reported = point;
      if (!backward_below(backward_top(already_reported), point)) return false;
      report(point);
    }
    return true;
  }

  bool run_one_by_one() {
    batch_ = build_batch<float>(spec_);
    for (std::size_t i : coarse_to_fine(question_.depths.size())) {
      DepthPoint point{question_.depths[i], {}};
      build(point.depth);
      forward_embedding(stack_.ends, batch_, tape_);
      for (std::size_t l = 0; l < stack_.layers.size(); ++l) {
        if (stop_.stop_requested()) return false;
        forward_layer(stack_.layers[l], batch_, l, tape_);
      }
      const Matrix<float>& dx = backward_top(point);
      if (question_.ends == DepthEnds::both && !backward_below(dx, point)) return false;
      report(point);
    }
    return true;
  }

  /// The head and the last layer of the stack of that depth, whose forward pass the tape holds.
  const Matrix<float>& backward_top(DepthPoint& point) {
    const auto depth = static_cast<std::size_t>(point.depth);
    forward_head(stack_.ends, batch_, depth, tape_);
    const Matrix<float>& dy = backward_head(stack_.ends, batch_, depth, tape_, ends_gradient_, work_);
    const Matrix<float>& dx = backward_one(depth - 1, dy);
    measure(kTop, point);
    return dx;
  }

  /// The layers under the last one, down to the first.
  bool backward_below(const Matrix<float>& dy, DepthPoint& point) {
    const Matrix<float>* dx = &dy;
    for (auto l = static_cast<std::size_t>(point.depth) - 1; l-- > 0;) {
      if (stop_.stop_requested()) return false;
      dx = &backward_one(l, *dx);
    }
    measure(kBottom, point);
    return true;
  }

  const Matrix<float>& backward_one(std::size_t l, const Matrix<float>& dy) {
    // Without overrides all layers have one shape, and the buffer fits as it is.
    if (!spec_.overrides.empty()) gradient_ = stack_.layers[l];
    set_zero(gradient_);
    LayerGradient met;
    return backward_layer(stack_.layers[l], l, tape_, dy, gradient_, work_, met);
  }

  /// Appends what the gradient buffer holds, one layer's.
  void measure(const char* start, DepthPoint& point) {
    double total = 0;
    visit(gradient_, [&](const std::string& name, const View<float>& view) {
      const double square = squared_norm(view);
      total += square;
      point.values.push_back({start + name, std::sqrt(square)});
    });
    point.values.push_back({std::string(start) + "total", std::sqrt(total)});
  }

  void report(const DepthPoint& point) {
    for (const Scalar& value : point.values) recorder_.point(value.quantity, point.depth, value.value);
    if (on_point_) on_point_(point);
  }

  const DepthLawQuestion& question_;
  const OnDepthPoint& on_point_;
  const std::stop_token& stop_;
  StackSpec spec_;  // of the stack that stands
  Stack<float> stack_;
  Batch<float> batch_;
  StackTape<float> tape_;
  StackWork<float> work_;
  Layer<float> gradient_;
  Ends<float> ends_gradient_;  // filled on the way and never read: zeroing it would be work for nothing
  Recorder recorder_;
};

using Seeds = std::vector<const StackReport*>;

std::vector<Exponent> fit_exponents(const Seeds& seeds, int fit_from) {
  std::vector<Exponent> exponents;
  if (seeds.empty()) return exponents;
  for (const Series& first : seeds.front()->series) {
    std::vector<double> slopes;
    LineFit fit;
    for (const StackReport* report : seeds) {
      const Series* series = report->find(first.quantity);
      if (series == nullptr) continue;
      const std::vector<double> depths(series->layers.begin(), series->layers.end());
      fit = fit_power_law(depths, series->values, fit_from);
      slopes.push_back(fit.slope);
    }
    const MeanFit over_seeds = mean_of(slopes);
    exponents.push_back(
        {first.quantity, over_seeds.mean, slopes.size() == 1 ? fit.slope_se : over_seeds.standard_error});
  }
  return exponents;
}

void check_question(const DepthLawQuestion& question) {
  const auto& depths = question.depths;
  if (depths.empty())
    throw InvalidSpec(std::string(tr("the depth law has no depths; it needs at least one")));
  for (std::size_t i = 0; i < depths.size(); ++i) {
    if (depths[i] > (i == 0 ? 0 : depths[i - 1])) continue;
    throw InvalidSpec(tr("depth {0} comes out of order; depths ascend from 1", {std::to_string(depths[i])}));
  }
  StackSpec deepest = question.spec;
  deepest.num_layers = depths.back();
  validate(deepest, question.memory_limit);
}

}  // namespace

bool is_nested(const StackSpec& spec) {
  return spec.init.residual_output == ResidualOutput::none &&
         spec.residual_scale.rule == SkipGain::Rule::constant;
}

std::vector<int> all_depths(int max_depth) {
  std::vector<int> depths;
  for (int depth = 1; depth <= max_depth; ++depth) depths.push_back(depth);
  return depths;
}

std::optional<StackReport> depth_law(const DepthLawQuestion& question, const OnDepthPoint& on_point,
                                     const std::stop_token& stop) {
  check_question(question);
  Runner runner(question, on_point, stop);
  if (!runner.run()) return std::nullopt;
  StackReport report = runner.take();
  report.spec = question.spec;
  report.spec.num_layers = question.depths.back();
  return report;
}

std::vector<Exponent> fit_exponents(std::span<const StackReport> seeds, int fit_from) {
  Seeds list;
  for (const StackReport& seed : seeds) list.push_back(&seed);
  return fit_exponents(list, fit_from);
}

std::vector<Exponent> fit_exponents(std::span<const std::shared_ptr<const StackReport>> seeds, int fit_from) {
  Seeds list;
  for (const auto& seed : seeds) list.push_back(seed.get());
  return fit_exponents(list, fit_from);
}

void add_exponents(const std::vector<Exponent>& exponents, StackReport* report) {
  for (const Exponent& exponent : exponents) {
    report->scalars.push_back({"exponent/" + exponent.quantity, exponent.value});
    report->scalars.push_back({"exponent_se/" + exponent.quantity, exponent.standard_error});
  }
}

}  // namespace gradflow
