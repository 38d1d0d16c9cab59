// What became of each lane of a race, in one line: the step, the layer and the figures first, then what that
// means.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/analysis/verdict.h"
#include "core/training/report.h"

namespace gradflow {

inline constexpr double kLearntShare = 0.5;  // of the loss of chance: below, a lane has learnt
inline constexpr double kChanceShare = 0.9;  // above, it knows nothing
inline constexpr double kAlike = 0.99;       // token cosine: beyond, the tokens of a sequence are alike
inline constexpr int kPatience = 3;          // times the steps that the quickest lane took, then one is dead

/// The first step whose mean loss is below kLearntShare of chance.
std::optional<int> learnt_at(const LaneReport& lane);

/// The first step from which the mean loss has never been below kChanceShare of chance; none where it is now.
std::optional<int> at_chance_since(const LaneReport& lane);

/// The lowest layer from which, all the way up, tokens are alike in the last step that is known, and the step
/// since which they have been so at the top.
struct Collapse {
  int layer = 0, since = 0;
};
std::optional<Collapse> collapse_of(const LaneReport& lane);

/// One verdict a lane, in order; `names` are what sentences call them. A lane at chance is dead once another
/// has learnt and the lane is at its end, or kPatience times as late as the quickest learnt.
std::vector<Verdict> judge_race(std::span<const LaneReport* const> lanes,
                                const std::vector<std::string>& names);

}  // namespace gradflow
