// The lanes of gradflow-cli train: every stack with every seed, its trainer, and what came of it so far.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/race.h"
#include "core/io/output_file.h"
#include "core/training/trainer.h"

namespace gradflow::cli {

/// Stack after stack, of each the seeds from its own upwards.
std::vector<LaneReport> lanes_of(std::span<const StackSpec> stacks, int seeds, const TrainingSpec& training);

/// What sentences call the lanes: the stack's name, and the seed where there are several.
std::vector<std::string> names_of(std::span<const LaneReport> lanes, int seeds);

/// What a step did to its lane. Rows and verdicts are read from the lane.
void take_in(const LaneStep& step, LaneReport& lane);

/// How many steps the lanes that have not broken down have made.
int steps_of(std::span<const LaneReport> lanes);

/// The trainers of all lanes; each is made at its first step, on the thread that makes it.
template <class T>
class Trainers {
 public:
  explicit Trainers(std::span<const LaneReport> lanes) : lanes_(lanes), trainers_(lanes.size()) {}

  /// A MakeStep.
  std::optional<LaneStep> step(int lane, const std::stop_token& stop);

  /// Writes the weights of a lane that has made a step, and with them the batch of the step that would be
  /// next: what is measured with them has its loss.
  void save(int lane, OutputFile& file);

 private:
  std::span<const LaneReport> lanes_;
  std::vector<std::unique_ptr<Trainer<T>>> trainers_;
};

extern template class Trainers<float>;
extern template class Trainers<double>;

}  // namespace gradflow::cli
