// What a measured stack means, in one line: from the wiring and from the numbers, each sentence with its
// figures. The rules are rows of one table, worst first; the first that applies gives the line, the others
// that apply stand behind it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/report.h"

namespace gradflow {

/// The course's rule of thumb: warmup is required once a Post-LN stack's top-of-stack gradient is more than
/// this many times that of the Pre-LN stack with everything else equal.
inline constexpr double kWarmupRatio = 3.0;

/// The weight whose gradient in the last layer is "the top-of-stack gradient": the quantity of Xiong et al.
/// 2020, Theorem 1, as this project measures it.
inline constexpr std::string_view kTopQuantity = "grad_norm/ffn.w_1";

/// Letters that a line under the plot holds in a window of 1280 (838 pixels of Inter at 16, 7.5 a letter,
/// some to spare): a sentence names as many of the other findings as fit.
inline constexpr std::size_t kLineLength = 104;

enum class Judgement : unsigned char { good, caution, bad, open };  // shown as ✓, !, ✗ and, not yet known, …

/// What a rule says, without its numbers.
struct VerdictRule {
  std::string_view key;    // for tests and lessons, such as "residual-off"
  std::string_view label;  // a few words, where the sentence is another rule's
  Judgement judgement = Judgement::good;
  std::string_view condition;  // when it applies
  std::string_view meaning;    // why that matters
  std::string_view source;     // the paper and its place, or what was measured for this project
};

/// All rules in the order in which they are tried, from bad to good.
std::vector<VerdictRule> verdict_rules();

struct Verdict {
  Judgement judgement = Judgement::good;
  std::string sentence;                // what was measured first, then what it means
  std::string reason;                  // why, with the source, and what else was found; shown on hover
  std::string_view rule;               // key of the rule that gave the sentence; empty before an answer came
  std::vector<std::string_view> also;  // keys of the other findings, in the table's order
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// One verdict a report, in order. A report that is nullptr or carries an error gets a verdict that says so.
std::vector<Verdict> judge(std::span<const std::shared_ptr<const StackReport>> reports);

}  // namespace gradflow
