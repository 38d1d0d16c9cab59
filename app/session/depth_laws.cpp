#include "app/session/depth_laws.h"

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "app/session/passes.h"
#include "app/session/thread.h"
#include "core/analysis/recorder.h"
#include "core/spec/text.h"
#include "core/spec/validate.h"

namespace gradflow::session {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kShowEvery{33};  // two frames: fast laws come whole, slow ones grow

/// Whether both have the same points.
bool is_same_law(StackSpec left, const StackSpec& right) {
  left.name = right.name;
  left.num_layers = right.num_layers;
  return left == right;
}

}  // namespace

std::optional<StackReport> DepthLaws::answer(const Question& question) {
  need_drawn_weights(question.spec, tr("the depth law draws weights for stacks of every depth"));
  validate(question.spec);
  if (!is_same_law(question.spec, spec_)) points_.clear();
  spec_ = question.spec;
  if (!measure(question)) return std::nullopt;
  StackReport whole = report(spec_.num_layers);
  add_exponents(fit_exponents(std::span(&whole, 1)), &whole);
  return whole;
}

/// The depths that are missing. False where it was stopped on the way.
bool DepthLaws::measure(const Question& question) {
  DepthLawQuestion law{spec_, all_depths(spec_.num_layers), DepthEnds::top};
  std::erase_if(law.depths, [this](int depth) { return points_.contains(depth); });
  if (law.depths.empty()) return true;
  std::stop_source enough;
  const std::stop_callback forward(question.stop, [&enough] { enough.request_stop(); });
  // A nested stack's sweep ends soon and must be whole to be worth its forward pass; else every depth is a
  // pass of its own, and the newer question is to have the next one.
  const bool makes_way = !is_nested(spec_);
  auto shown = steady_clock::now();
  const auto on_point = [&](const DepthPoint& point) {
    keep(point);
    if (makes_way && question.superseded()) enough.request_stop();
    if (steady_clock::now() - shown < kShowEvery) return;
    shown = steady_clock::now();
    question.show(report(spec_.num_layers));
  };
  return law_(law, on_point, enough.get_token()).has_value();
}

void DepthLaws::keep(const DepthPoint& measured) {
  std::vector<std::string> quantities;
  Point point;
  for (const Scalar& value : measured.values) {
    quantities.push_back(value.quantity);
    point.values.push_back(value.value);
  }
  const auto* known = points_.empty() ? nullptr : &points_.begin()->second.quantities;
  const bool shared = known != nullptr && **known == quantities;
  point.quantities =
      shared ? *known : std::make_shared<const std::vector<std::string>>(std::move(quantities));
  points_[measured.depth] = std::move(point);
}

StackReport DepthLaws::report(int max_depth) const {
  Recorder recorder;
  for (auto point = points_.begin(); point != points_.end() && point->first <= max_depth; ++point) {
    const auto& [quantities, values] = point->second;
    for (std::size_t i = 0; i < values.size(); ++i) recorder.point((*quantities)[i], point->first, values[i]);
  }
  return recorder.take();
}

StreamingMeasure depth_law_measure(DepthLaw law) {
  give_way();
  return [laws = std::make_shared<DepthLaws>(std::move(law))](const Question& question) {
    return laws->answer(question);
  };
}

bool is_obsolete_law(const Asked& running, const Asked& newest) {
  return newest.spec.num_layers < running.spec.num_layers || !is_same_law(running.spec, newest.spec);
}

}  // namespace gradflow::session
