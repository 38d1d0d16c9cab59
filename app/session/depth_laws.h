// The depth law as a solver's measure: streams its points, and remembers them. What a depth measures does not
// depend on how deep the slider goes, so a deeper question costs only the depths that are new, and a
// shallower one nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/session/solver.h"
#include "core/analysis/depth_law.h"

namespace gradflow::session {

/// As depth_law() of core/analysis/depth_law.h.
using DepthLaw = std::function<std::optional<StackReport>(const DepthLawQuestion&, const OnDepthPoint&,
                                                          const std::stop_token&)>;

/// One stack's law; used from one thread.
class DepthLaws {
 public:
  explicit DepthLaws(DepthLaw law) : law_(std::move(law)) {}

  /// The top-of-stack gradients of every depth from 1 to the question's num_layers, as depth_law() names
  /// them. Once all of them are there, also the exponents, by fit_exponents(). Throws InvalidSpec.
  std::optional<StackReport> answer(const Question& question);

 private:
  bool measure(const Question& question);
  StackReport report(int max_depth) const;

  DepthLaw law_;
  /// What one depth measured. Depths of the same quantities share the names: there may be a thousand depths
  /// for each of fifty seeds.
  struct Point {
    std::shared_ptr<const std::vector<std::string>> quantities;
    std::vector<double> values;
  };
  void keep(const DepthPoint& point);

  StackSpec spec_;  // that the points belong to, whatever its depth and name
  std::map<int, Point> points_;
};

/// For Solver: a DepthLaws a slot. The thread that calls it gives way to the live answers from then on.
StreamingMeasure depth_law_measure(DepthLaw law = depth_law);

/// Whether another law is asked for, or a shallower part of the same one.
bool is_obsolete_law(const Asked& running, const Asked& newest);

}  // namespace gradflow::session
