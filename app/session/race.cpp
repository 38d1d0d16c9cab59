#include "app/session/race.h"

#include <algorithm>

#include "app/session/scene.h"
#include "app/session/scene_edits.h"
#include "core/spec/fields.h"
#include "core/spec/text.h"

namespace gradflow::session {
namespace {

Lane lane_of(const Scene& scene, std::size_t stack, bool warmup) {
  const Race& race = scene.race;
  Lane lane{{stack, warmup}, scene.stacks[stack].name, scene.stacks[stack], race.training};
  if (!warmup) lane.training.warmup = 0;
  if (warmup) lane.name = tr("{0}, warmup {1}", {lane.name, std::to_string(race.training.warmup)});
  lane.spec.num_layers = race.num_layers;
  lane.spec.batch_size = race.batch_size;
  lane.spec.seed = race.seed;
  lane.spec.vocab_size = race.training.task == Task::copy ? race.training.symbols : kVocabularyOfBytes;
  return lane;
}

bool entry(const std::vector<bool>& list, std::size_t stack) { return stack < list.size() && list[stack]; }

}  // namespace

bool races(const Scene& scene, std::size_t stack, bool warmup) {
  return warmup ? entry(scene.race.warmed, stack) : !entry(scene.race.left_out, stack);
}

void set_races(Scene* scene, std::size_t stack, bool warmup, bool on) {
  if (stack >= scene->stacks.size()) return;
  std::vector<bool>& list = warmup ? scene->race.warmed : scene->race.left_out;
  list.resize(std::max(list.size(), scene->stacks.size()));
  list[stack] = warmup == on;
  tidy(scene);
}

std::vector<LanePlace> lane_places(const Scene& scene) {
  std::vector<LanePlace> places;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) {
    for (const bool warmup : {false, true}) {
      if (races(scene, i, warmup)) places.push_back({i, warmup});
    }
  }
  return places;
}

std::vector<Lane> lanes_of(const Scene& scene) {
  std::vector<Lane> lanes;
  for (const LanePlace& place : lane_places(scene))
    lanes.push_back(lane_of(scene, place.stack, place.warmup));
  return lanes;
}

std::string letter_of(const LanePlace& lane) {
  const std::string letter(1, static_cast<char>('A' + lane.stack));
  return lane.warmup ? tr("{0} with warmup", {letter}) : letter;
}

std::size_t shown_lane(const Scene& scene, const std::vector<LanePlace>& lanes) {
  const std::size_t wanted = scene.race.lane;
  if (wanted < lanes.size() && lanes[wanted].stack == scene.selected) return wanted;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (lanes[i].stack == scene.selected) return i;
  }
  return lanes.size();
}

}  // namespace gradflow::session
