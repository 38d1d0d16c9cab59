// The race as the scene holds it: how every lane is trained, which lanes there are, and which moment is
// looked at. A stack has up to two lanes: without warmup and with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/spec/training.h"

namespace gradflow::session {

struct Race {
  TrainingSpec training{.warmup = 100};  // warmup: of the lanes that have one
  int num_layers = 6;                    // of every lane, whatever the stacks' depth
  int batch_size = 8;
  std::uint64_t seed = 1;
  // One entry a stack from the first on; behind the last that is not as usual there are none.
  std::vector<bool> left_out = {};        // has no lane without warmup
  std::vector<bool> warmed{false, true};  // has a lane with warmup
  std::size_t lane = 0;                   // whose diagram is shown
  int step = 0;                           // that is looked at; 0: the newest
  friend bool operator==(const Race&, const Race&) = default;
};

struct Scene;

/// Whose lane it is.
struct LanePlace {
  std::size_t stack = 0;  // of the scene
  bool warmup = false;
  friend bool operator==(const LanePlace&, const LanePlace&) = default;
};

/// The lanes of a scene, stack after stack, without warmup before with. No stack is copied: for every frame.
std::vector<LanePlace> lane_places(const Scene& scene);

/// One line of the race: what is trained, and how.
struct Lane : LanePlace {
  std::string name;  // "Post-LN, warmup 100"
  StackSpec spec;
  TrainingSpec training;
  friend bool operator==(const Lane&, const Lane&) = default;
};

/// What runs in each of lane_places(). A lane runs its stack with the race's
/// depth, batch and seed, and with as many tokens as the task has.
std::vector<Lane> lanes_of(const Scene& scene);

/// What a verdict calls a lane: "B", "B with warmup".
std::string letter_of(const LanePlace& lane);

/// The lane that is looked at, counted as lane_places() does; the first of the selected stack where the
/// scene's entry is not of it. Nothing where the stack has none.
std::size_t shown_lane(const Scene& scene, const std::vector<LanePlace>& lanes);

bool races(const Scene& scene, std::size_t stack, bool warmup);
void set_races(Scene* scene, std::size_t stack, bool warmup, bool on);

}  // namespace gradflow::session
