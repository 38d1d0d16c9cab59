#include "app/cli/lanes.h"

#include <algorithm>
#include <utility>

#include "core/io/model_file.h"
#include "core/model/build.h"
#include "core/training/task.h"

namespace gradflow::cli {

std::vector<LaneReport> lanes_of(std::span<const StackSpec> stacks, int seeds, const TrainingSpec& training) {
  std::vector<LaneReport> lanes;
  for (const StackSpec& stack : stacks) {
    for (int seed = 0; seed < seeds; ++seed) {
      lanes.push_back({.stack = stack, .training = training});
      lanes.back().stack.seed += static_cast<std::uint64_t>(seed);
    }
  }
  return lanes;
}

std::vector<std::string> names_of(std::span<const LaneReport> lanes, int seeds) {
  std::vector<std::string> names;
  for (const LaneReport& lane : lanes) {
    names.push_back(lane.stack.name + (seeds > 1 ? ", seed " + std::to_string(lane.stack.seed) : ""));
  }
  return names;
}

void take_in(const LaneStep& step, LaneReport& lane) {
  lane.history.add(step.report);
  lane.breakdown = step.breakdown;
  lane.first_move = step.first_move;
  lane.finished = step.last;
}

int steps_of(std::span<const LaneReport> lanes) {
  int steps = 0;
  for (const LaneReport& lane : lanes) steps = std::max(steps, lane.history.steps());
  return steps;
}

template <class T>
std::optional<LaneStep> Trainers<T>::step(int lane, const std::stop_token& stop) {
  const auto index = static_cast<std::size_t>(lane);
  auto& trainer = trainers_[index];
  if (!trainer) {
    auto weights = build_stack<T>(lanes_[index].stack, stop);
    if (!weights) return {};
    trainer = std::make_unique<Trainer<T>>(lanes_[index].stack, lanes_[index].training, std::move(*weights));
  }
  if (!trainer->step(stop)) return {};
  return LaneStep{trainer->report(), trainer->breakdown(), trainer->first_move(), trainer->finished()};
}

template <class T>
void Trainers<T>::save(int lane, OutputFile& file) {
  const auto index = static_cast<std::size_t>(lane);
  Trainer<T>& trainer = *trainers_[index];
  // The step that broke down has changed nothing and comes again.
  const int next = trainer.steps() + (trainer.breakdown() ? 0 : 1);
  draw_batch(lanes_[index].stack, lanes_[index].training, next, trainer.batch());
  write_weights(file, lanes_[index].stack, trainer.weights(), trainer.batch());
}

template class Trainers<float>;
template class Trainers<double>;

}  // namespace gradflow::cli
