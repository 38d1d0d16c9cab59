// What a measured stack means, in one line: from the wiring and from the numbers, each sentence with its
// figures.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/analysis/report.h"

namespace gradflow {

/// The course's rule of thumb: warmup is required once a Post-LN stack's top-of-stack gradient is more than
/// this many times that of the Pre-LN stack with everything else equal.
inline constexpr double kWarmupRatio = 3.0;

/// The weight whose gradient in the last layer is "the top-of-stack gradient": the quantity of Xiong et al.
/// 2020, Theorem 1, as this project measures it.
inline constexpr std::string_view kTopQuantity = "grad_norm/ffn.w_1";

enum class Judgement : unsigned char { good, caution, bad };  // shown as ✓, !, ✗

struct Verdict {
  Judgement judgement = Judgement::good;
  std::string sentence;  // what was measured first, then what it means
  std::string reason;    // why, with the source; shown on hover
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// One verdict a report, in order. A report that is nullptr or carries an error gets a verdict that says so.
std::vector<Verdict> judge(std::span<const std::shared_ptr<const StackReport>> reports);

}  // namespace gradflow
