// The band over seeds as a solver's measure: seed after seed, each shown once it is there, and all
// remembered, so that more seeds cost only those that are new.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/session/solver.h"

namespace gradflow::session {

/// One stack's band; used from one thread.
class SeedBands {
 public:
  explicit SeedBands(Measure measure) : measure_(std::move(measure)) {}

  /// band_of() the question's seeds: that of its spec and those that follow; their reports, which the band
  /// keeps, have no spec. Throws what measuring throws.
  std::optional<StackReport> answer(const Question& question);

 private:
  Measure measure_;
  StackSpec spec_;  // of the first seed
  std::vector<std::shared_ptr<const StackReport>> seeds_;
};

/// For Solver: a SeedBands a slot. The thread that calls it gives way to the live answers from then on.
StreamingMeasure seed_bands_measure(Measure measure);

/// Whether the band of another stack is asked for.
bool is_obsolete_band(const Asked& running, const Asked& newest);

}  // namespace gradflow::session
