#include "app/session/seed_bands.h"

#include <chrono>
#include <memory>
#include <span>
#include <utility>

#include "app/session/thread.h"
#include "core/analysis/band.h"

namespace gradflow::session {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kShowEvery{33};  // two frames: quick seeds come in handfuls

/// Whether both have the same seeds.
bool is_same_stack(StackSpec left, const StackSpec& right) {
  left.name = right.name;
  return left == right;
}

}  // namespace

std::optional<StackReport> SeedBands::answer(const Question& question) {
  if (!is_same_stack(question.spec, spec_)) seeds_.clear();
  spec_ = question.spec;
  const auto wanted = static_cast<std::size_t>(question.seeds);
  auto shown = steady_clock::now();
  while (seeds_.size() < wanted) {
    StackSpec spec = spec_;
    spec.seed = spec_.seed + seeds_.size();  // after the last seed that there is comes 0
    std::optional<StackReport> report = measure_(spec, question.stop);
    if (!report) return std::nullopt;
    report->spec = {};  // its text may be a megabyte, and the solver knows what it asked
    seeds_.push_back(std::make_shared<const StackReport>(std::move(*report)));
    if (question.superseded()) return std::nullopt;
    if (steady_clock::now() - shown < kShowEvery) continue;
    question.show(band_of(seeds_));
    shown = steady_clock::now();
  }
  return band_of(std::span(seeds_).first(wanted));
}

StreamingMeasure seed_bands_measure(Measure measure) {
  give_way();
  return [bands = std::make_shared<SeedBands>(std::move(measure))](const Question& question) {
    return bands->answer(question);
  };
}

bool is_obsolete_band(const Asked& running, const Asked& newest) {
  return !is_same_stack(running.spec, newest.spec);
}

}  // namespace gradflow::session
