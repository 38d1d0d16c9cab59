#include "core/training/verdict.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/verdict_words.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

using verdict::figure;

constexpr double kFarAbove = 2;  // times chance: an end there needs nobody to compare it with
constexpr double kTelling = 2;   // a first update that went this many times as far is worth a word

std::string step_words(int step) { return tr("step {0}", {std::to_string(step)}); }

/// The lanes of one race and what they are called.
struct Race {
  std::span<const LaneReport* const> lanes;
  const std::vector<std::string>& names;

  std::optional<std::size_t> quickest() const {
    std::optional<std::size_t> found;
    int least = 0;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      const std::optional<int> step = lanes[i] != nullptr ? learnt_at(*lanes[i]) : std::nullopt;
      if (!step || (found && *step >= least)) continue;
      found = i;
      least = *step;
    }
    return found;
  }

  /// The lane that learnt and differs least from this one: the same stack, whatever its name, before others.
  std::optional<std::size_t> model_for(const LaneReport& lane) const {
    StackSpec stack = lane.stack;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      if (lanes[i] == nullptr || lanes[i] == &lane || !learnt_at(*lanes[i])) continue;
      stack.name = lanes[i]->stack.name;
      if (lanes[i]->stack == stack) return i;
    }
    return quickest();
  }
};

Verdict broken(const LaneReport& lane) {
  const Breakdown& where = *lane.breakdown;
  Verdict verdict{Judgement::bad, {}, {}, "not-finite", {}};
  std::string what;
  if (!where.layer) {
    what = where.backward ? tr("the gradient is finite in every layer, but not at the stack's ends")
                          : tr("the loss is not finite, though the stream is");
  } else {
    const std::string layer = std::to_string(*where.layer);
    what = where.backward ? tr("the gradient is not finite from layer {0} down", {layer})
                          : tr("numbers are not finite from layer {0} up", {layer});
  }
  verdict.sentence = tr("broke down at {0}: {1}", {step_words(where.step), what});
  verdict.reason = tr(
      "A number that is inf or nan came out of this pass; every weight would be nan after its update, so the "
      "lane ends here. A learning rate that is too high does this, or a stack that overflows at the start.");
  return verdict;
}

std::string collapse_words(const LaneReport& lane) {
  const std::optional<Collapse> collapse = collapse_of(lane);
  if (!collapse) return {};
  return "; " + tr("from layer {0} up all tokens look alike since {1}",
                   {std::to_string(collapse->layer), step_words(collapse->since)});
}

std::string move_words(const Race& race, const LaneReport& lane) {
  const auto model = race.model_for(lane);
  if (!model || race.lanes[*model]->first_move <= 0) return {};
  const double ratio = lane.first_move / race.lanes[*model]->first_move;
  if (!(ratio >= kTelling)) return {};
  return "; " + tr("its first update moved the predictions {0} × as far as that of {1}",
                   {figure(ratio), race.names[*model]});
}

Verdict dead(const Race& race, const LaneReport& lane, int since) {
  const StepReport& last = lane.history.last();
  Verdict verdict{Judgement::bad, {}, {}, "dead", {}};
  const bool above = last.mean_loss > (2 - kChanceShare) * chance_loss(lane.stack, lane.training);
  verdict.sentence = (above ? tr("dead: loss {0}, no better than chance since {1}",
                                 {figure(last.mean_loss), step_words(since)})
                            : tr("dead: loss at chance since {0}", {step_words(since)})) +
                     collapse_words(lane) + move_words(race, lane);
  verdict.reason = tr(
      "The mean loss is {0}; who knows nothing but how often each token comes has {1}. Once all tokens "
      "look alike, the output cannot depend on them, and the gradient that would separate them is gone "
      "too (rank collapse: Noci et al. 2022). At any depth a first update of Adam moves the output further "
      "in Post-LN than in Pre-LN (Liu et al. 2020); warmup keeps it short.",
      {figure(last.mean_loss), figure(chance_loss(lane.stack, lane.training))});
  return verdict;
}

Verdict learnt(const LaneReport& lane, int step) {
  const StepReport& last = lane.history.last();
  Verdict verdict{Judgement::good, {}, {}, "learnt", {}};
  verdict.sentence =
      tr("learnt by {0}: loss {1} at {2}", {step_words(step), figure(last.mean_loss), step_words(last.step)});
  verdict.reason = tr("The mean loss over {0} steps fell below half of {1}, what chance has.",
                      {std::to_string(kMeanSteps), figure(chance_loss(lane.stack, lane.training))});
  return verdict;
}

Verdict judge_lane(const Race& race, const LaneReport& lane) {
  if (!lane.error.empty())
    return {Judgement::bad, lane.error, std::string(tr("It was not trained.")), "error", {}};
  if (lane.breakdown) return broken(lane);
  if (lane.history.empty())
    return {Judgement::open,
            std::string(tr("not started")),
            std::string(tr("No step has been made yet.")),
            "waiting",
            {}};
  const StepReport& last = lane.history.last();
  const double chance = chance_loss(lane.stack, lane.training);
  const std::optional<std::size_t> quickest = race.quickest();
  if (const auto since = at_chance_since(lane)) {
    const int steps = lane.history.steps();
    const bool lost = quickest && (lane.finished || steps >= kPatience * *learnt_at(*race.lanes[*quickest]));
    if (lost || (lane.finished && last.mean_loss > kFarAbove * chance)) return dead(race, lane, *since);
    return {Judgement::caution,
            tr("at chance: loss {0} at {1}", {figure(last.mean_loss), step_words(last.step)}) +
                collapse_words(lane),
            tr("Chance has {0}. Whether the lane is dead shows once another one has learnt the same task.",
               {figure(chance)}),
            "at-chance",
            {}};
  }
  if (const auto step = learnt_at(lane); step && last.mean_loss < kLearntShare * chance)
    return learnt(lane, *step);
  return {lane.finished ? Judgement::caution : Judgement::open,
          lane.finished
              ? tr("has not learnt it: loss {0} at {1}", {figure(last.mean_loss), step_words(last.step)})
              : tr("learning: loss {0} at {1}", {figure(last.mean_loss), step_words(last.step)}),
          tr("Chance has {0}; below half of that a lane has learnt its task.", {figure(chance)}),
          "learning",
          {}};
}

}  // namespace

std::optional<int> learnt_at(const LaneReport& lane) {
  const double goal = kLearntShare * chance_loss(lane.stack, lane.training);
  for (const StepSpan& span : lane.history.spans()) {
    if (span.low.mean_loss < goal) return span.first.mean_loss < goal ? span.first.step : span.last;
  }
  return {};
}

std::optional<int> at_chance_since(const LaneReport& lane) {
  const double floor = kChanceShare * chance_loss(lane.stack, lane.training);
  const std::vector<StepSpan>& spans = lane.history.spans();
  std::size_t first = spans.size();
  while (first > 0 && spans[first - 1].low.mean_loss >= floor) --first;
  if (first == spans.size()) return {};
  return spans[first].first.step;
}

std::optional<Collapse> collapse_of(const LaneReport& lane) {
  const std::vector<StepSpan>& spans = lane.history.spans();
  if (spans.empty() || lane.history.last().layer_cosines.empty()) return {};
  const std::vector<double>& now = lane.history.last().layer_cosines;
  std::size_t layer = now.size();
  while (layer > 0 && now[layer - 1] >= kAlike) --layer;
  if (layer == now.size()) return {};
  std::size_t first = spans.size();
  while (first > 0 && spans[first - 1].low.layer_cosines.back() >= kAlike) --first;
  const int since = first == spans.size() ? lane.history.steps() : spans[first].first.step;
  return Collapse{static_cast<int>(layer), since};
}

std::vector<Verdict> judge_race(std::span<const LaneReport* const> lanes,
                                const std::vector<std::string>& names) {
  const Race race{lanes, names};
  std::vector<Verdict> verdicts;
  for (const LaneReport* lane : lanes) {
    verdicts.push_back(lane != nullptr ? judge_lane(race, *lane)
                                       : Verdict{Judgement::open,
                                                 std::string(tr("not started")),
                                                 std::string(tr("Start the race.")),
                                                 "waiting",
                                                 {}});
  }
  return verdicts;
}

}  // namespace gradflow
