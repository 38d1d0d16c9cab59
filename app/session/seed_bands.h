// The band over seeds as a solver's measure, of passes and of depth laws: seed after seed, each shown once it
// is there, and all remembered, so that more seeds cost only those that are new.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "app/session/depth_laws.h"
#include "app/session/solver.h"

namespace gradflow::session {

/// Answers the question's one seed, which is number `place` of the band's, from 0.
using SeedMeasure = std::function<std::optional<StackReport>(std::size_t place, const Question& question)>;

/// What the seeds say together.
using Together = StackReport (*)(std::span<const std::shared_ptr<const StackReport>> seeds);

/// One stack's band; used from one thread.
class SeedBands {
 public:
  explicit SeedBands(Measure measure);
  SeedBands(SeedMeasure measure, Together together) : measure_(std::move(measure)), together_(together) {}

  /// band_of() the question's seeds: that of its spec and those that follow; their reports, which the band
  /// keeps, have no spec. Throws what measuring throws.
  std::optional<StackReport> answer(const Question& question);

 private:
  SeedMeasure measure_;
  Together together_;
  StackSpec spec_;  // of the first seed
  std::vector<std::shared_ptr<const StackReport>> seeds_;
};

/// For Solver: a SeedBands a slot. The thread that calls it gives way to the live answers from then on.
StreamingMeasure seed_bands_measure(Measure measure);

/// The same over depth laws. Every seed keeps its DepthLaws, so that a deeper question costs each only the
/// depths that are new. The band has the exponents of its seeds, by fit_exponents(). What makes it obsolete
/// is is_obsolete_law().
StreamingMeasure law_bands_measure(const DepthLaw& law = depth_law);

/// Whether the band of another stack is asked for.
bool is_obsolete_band(const Asked& running, const Asked& newest);

}  // namespace gradflow::session
