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

StackReport together_of_passes(std::span<const std::shared_ptr<const StackReport>> seeds) {
  return band_of(seeds);
}

StackReport together_of_laws(std::span<const std::shared_ptr<const StackReport>> seeds) {
  StackReport band = band_of(seeds);
  add_exponents(fit_exponents(seeds), &band);
  return band;
}

SeedMeasure each_seed(const DepthLaw& law) {
  return [law, seeds = std::vector<DepthLaws>()](std::size_t place, const Question& question) mutable {
    while (seeds.size() <= place) seeds.emplace_back(law);
    return seeds[place].answer(question);
  };
}

StreamingMeasure measure_of(SeedBands bands) {
  give_way();
  return [shared = std::make_shared<SeedBands>(std::move(bands))](const Question& question) {
    return shared->answer(question);
  };
}

}  // namespace

SeedBands::SeedBands(Measure measure)
    : SeedBands([measure = std::move(measure)](
                    std::size_t, const Question& question) { return measure(question.spec, question.stop); },
                together_of_passes) {}

std::optional<StackReport> SeedBands::answer(const Question& question) {
  if (!is_same_stack(question.spec, spec_)) seeds_.clear();
  spec_ = question.spec;
  const auto wanted = static_cast<std::size_t>(question.seeds);
  auto shown = steady_clock::now();
  while (seeds_.size() < wanted) {
    StackSpec spec = spec_;
    spec.seed = spec_.seed + seeds_.size();  // after the last seed that there is comes 0
    std::optional<StackReport> report =
        measure_(seeds_.size(), {spec, question.stop, [](const StackReport&) {}, question.superseded});
    if (!report) return std::nullopt;
    report->spec = {};  // its text may be a megabyte, and the solver knows what it asked
    seeds_.push_back(std::make_shared<const StackReport>(std::move(*report)));
    if (question.superseded()) return std::nullopt;
    if (steady_clock::now() - shown < kShowEvery) continue;
    question.show(together_(seeds_));
    shown = steady_clock::now();
  }
  return together_(std::span(seeds_).first(wanted));
}

StreamingMeasure seed_bands_measure(Measure measure) { return measure_of(SeedBands(std::move(measure))); }

StreamingMeasure law_bands_measure(const DepthLaw& law) {
  return measure_of({each_seed(law), together_of_laws});
}

bool is_obsolete_band(const Asked& running, const Asked& newest) {
  return !is_same_stack(running.spec, newest.spec);
}

}  // namespace gradflow::session
