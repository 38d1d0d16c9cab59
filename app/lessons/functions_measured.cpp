// What conditions can ask about what was measured of the scene, and about its race.
#include <algorithm>
#include <array>

#include "app/figure/toy.h"
#include "app/lessons/function_rows.h"
#include "core/io/place.h"
#include "core/spec/text.h"
#include "core/training/verdict.h"

namespace gradflow::lessons {
namespace {

using Words = std::vector<std::string>;

/// The answer to what the stack is now; nullptr before it came.
const StackReport* answer_of(const State& state, const Arguments& arguments) {
  const StackSpec* stack = stack_of(state, arguments);
  if (stack == nullptr || arguments.stack >= state.answers.size()) return nullptr;
  const StackReport* report = state.answers[arguments.stack].get();
  return report != nullptr && report->error.empty() && report->spec == *stack ? report : nullptr;
}

Value number(std::optional<double> measured) { return measured ? Value(*measured) : Value(); }

const Series* series_of(const State& state, const Arguments& arguments) {
  const StackReport* report = answer_of(state, arguments);
  const Series* series = report == nullptr ? nullptr : report->find(arguments.quantity);
  return series == nullptr || series->values.empty() ? nullptr : series;
}

Value top(const State& state, const Arguments& arguments) {
  const Series* series = series_of(state, arguments);
  return series == nullptr ? Value() : Value(series->values.back());
}

Value bottom(const State& state, const Arguments& arguments) {
  const Series* series = series_of(state, arguments);
  return series == nullptr ? Value() : Value(series->values.front());
}

Value layer_value(const State& state, const Arguments& arguments) {
  const Series* series = series_of(state, arguments);
  return series == nullptr ? Value() : number(series->at(arguments.layer));
}

Value scalar(const State& state, const Arguments& arguments) {
  const StackReport* report = answer_of(state, arguments);
  return report == nullptr ? Value() : number(report->scalar(arguments.quantity));
}

Value gain(const State& state, const Arguments& arguments) {
  const StackReport* report = answer_of(state, arguments);
  const auto gain = report == nullptr ? std::nullopt : figure::measured_gains(*report).sublayer;
  return gain ? Value(gain->each) : Value();
}

Value norm_gain(const State& state, const Arguments& arguments) {
  const StackReport* report = answer_of(state, arguments);
  const auto gain = report == nullptr ? std::nullopt : figure::measured_gains(*report).norm;
  return gain ? Value(gain->each) : Value();
}

const Verdict* verdict_of(const State& state, const Arguments& arguments) {
  if (answer_of(state, arguments) == nullptr || arguments.stack >= state.verdicts.size()) return nullptr;
  return &state.verdicts[arguments.stack];
}

Value verdict(const State& state, const Arguments& arguments) {
  const Verdict* verdict = verdict_of(state, arguments);
  return verdict == nullptr ? Value() : Value(std::string(verdict->rule));
}

Words verdicts() {
  Words words;
  for (const VerdictRule& rule : verdict_rules()) words.emplace_back(rule.key);
  return words;
}

// What became of it in the race.

/// The place of its lane in the race; nothing where there is none.
std::optional<std::size_t> lane_of(const State& state, const Arguments& arguments) {
  const std::vector<session::Lane> lanes = session::lanes_of(state.scene);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (lanes[i].stack == arguments.stack && lanes[i].warmup == arguments.warmup) return i;
  }
  return {};
}

const LaneReport* lane_report(const State& state, const Arguments& arguments) {
  const auto place = lane_of(state, arguments);
  if (!place || *place >= state.race.size()) return nullptr;
  const LaneReport* report = state.race[*place].get();
  const session::Lane lane = session::lanes_of(state.scene)[*place];
  return report != nullptr && report->stack == lane.spec && report->training == lane.training ? report
                                                                                              : nullptr;
}

Value race(const State& state, const Arguments& arguments) {
  if (lane_report(state, arguments) == nullptr) return {};
  std::vector<const LaneReport*> lanes;
  Words names;
  for (const session::LanePlace& lane : session::lane_places(state.scene))
    names.push_back(session::letter_of(lane));
  for (const auto& report : state.race) lanes.push_back(report.get());
  names.resize(lanes.size());
  return std::string(judge_race(lanes, names)[*lane_of(state, arguments)].rule);
}

Words race_verdicts() {
  return {"waiting", "at-chance", "learning", "learnt", "dead", "not-finite", "error"};
}

Value race_loss(const State& state, const Arguments& arguments) {
  const LaneReport* lane = lane_report(state, arguments);
  return lane == nullptr || lane->history.empty() ? Value() : Value(lane->history.last().mean_loss);
}

Value race_steps(const State& state, const Arguments& arguments) {
  const LaneReport* lane = lane_report(state, arguments);
  return lane == nullptr ? Value() : Value(static_cast<double>(lane->history.steps()));
}

Value learnt_step(const State& state, const Arguments& arguments) {
  const LaneReport* lane = lane_report(state, arguments);
  const std::optional<int> step = lane == nullptr ? std::nullopt : learnt_at(*lane);
  return step ? Value(static_cast<double>(*step)) : Value();
}

Value race_first_move(const State& state, const Arguments& arguments) {
  const LaneReport* lane = lane_report(state, arguments);
  const bool made =
      lane != nullptr && !lane->history.empty() && !(lane->breakdown && lane->breakdown->step == 1);
  return made ? Value(lane->first_move) : Value();
}

Value cosine_of(const StepReport& step) {
  return step.layer_cosines.empty() ? Value() : Value(step.layer_cosines.back());
}

Value race_cosine(const State& state, const Arguments& arguments) {
  const LaneReport* lane = lane_report(state, arguments);
  return lane == nullptr || lane->history.empty() ? Value() : cosine_of(lane->history.last());
}

Value race_first_cosine(const State& state, const Arguments& arguments) {
  const LaneReport* lane = lane_report(state, arguments);
  return lane == nullptr || lane->history.empty() ? Value() : cosine_of(lane->history.at(1).first);
}

Value race_first_update(const State& state, const Arguments& arguments) {
  const LaneReport* lane = lane_report(state, arguments);
  return lane == nullptr || lane->history.empty() ? Value() : Value(lane->history.at(1).first.update_ratio);
}

constexpr Function of_lane(std::string_view name, std::string_view help,
                           Value (*value)(const State&, const Arguments&)) {
  return {name, {&kStack, &kWarmup}, 1, Kind::number, help, value, nullptr, true};
}

constexpr std::array kFunctions{
    Function{"top", {&kStack, &kQuantity}, 1, Kind::number, "in the last layer", top},
    Function{"bottom", {&kStack, &kQuantity}, 1, Kind::number, "in the first layer", bottom},
    Function{"value", {&kStack, &kQuantity, &kLayer}, 3, Kind::number, "in this layer, from 0", layer_value},
    Function{"scalar", {&kStack, &kQuantity}, 2, Kind::number, "of the whole stack, such as loss", scalar},
    Function{"gain", {&kStack}, 1, Kind::number, "what a sub-layer hands on of the gradient", gain},
    Function{"norm_gain", {&kStack}, 1, Kind::number, "what one of its norms hands on of it", norm_gain},
    Function{"verdict", {&kStack}, 1, Kind::word, "the rule of its line under the plot", verdict, verdicts},
    Function{
        "race", {&kStack, &kWarmup}, 1, Kind::word, "what became of its lane", race, race_verdicts, true},
    of_lane("race_loss", "the mean of the last ten", race_loss),
    of_lane("race_steps", "steps so far", race_steps),
    of_lane("learnt_at", "the step by which it has learnt", learnt_step),
    of_lane("race_first_move", "how far the first update moved its predictions, in nats", race_first_move),
    of_lane("race_first_update", "the length of the first update, over that of the weights",
            race_first_update),
    of_lane("race_cosine", "of the last layer's tokens, at the newest step", race_cosine),
    of_lane("race_first_cosine", "the same before any training", race_first_cosine),
};

bool takes(const Function& function, const Argument& argument) {
  return std::find(function.arguments.begin(), function.arguments.end(), &argument) !=
         function.arguments.end();
}

std::string why_no_quantity(const Function& function, const Arguments& arguments, const StackReport& report) {
  Words known;
  if (function.value == scalar) {
    for (const Scalar& entry : report.scalars) known.push_back(entry.quantity);
  } else {
    for (const Series& entry : report.series) known.push_back(entry.quantity);
  }
  const std::string stack = letter(arguments.stack);
  if (std::find(known.begin(), known.end(), arguments.quantity) != known.end()) {
    return tr("stack {0} has no {1} in layer {2}",
              {stack, arguments.quantity, std::to_string(arguments.layer)});
  }
  return tr("stack {0} has no quantity {1}; {2}",
            {stack, arguments.quantity, suggestion(arguments.quantity, known)});
}

}  // namespace

std::span<const Function> measured_functions() { return kFunctions; }

std::string why_missing(const Function& function, const Arguments& arguments, const State& state) {
  if (!takes(function, kStack)) return {};
  const std::string stack = letter(arguments.stack);
  if (stack_of(state, arguments) == nullptr) return tr("there is no stack {0}", {stack});
  if (function.of_race && !lane_of(state, arguments)) {
    return arguments.warmup ? tr("stack {0} has no lane with warmup", {stack})
                            : tr("stack {0} has no lane without warmup", {stack});
  }
  if (takes(function, kRow)) return why_no_token(state, arguments);
  const StackReport* report = takes(function, kQuantity) ? answer_of(state, arguments) : nullptr;
  return report == nullptr ? "" : why_no_quantity(function, arguments, *report);
}

}  // namespace gradflow::lessons
