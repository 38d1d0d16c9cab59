// What the passes of a run measured, so that one can go back in it: every step, or where there were many
// every second, fourth, ... of them, so that memory does not grow with the steps.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/analysis/measure.h"
#include "core/analysis/report.h"

namespace gradflow::session {

class Moments {
 public:
  explicit Moments(StackSpec spec);

  void add(int step, const PassRecord& record, const PassNames& names);

  /// The newest at or before this step, 0 being the last of all; nullptr where there is none.
  std::shared_ptr<const StackReport> at(int step);

 private:
  struct Moment {
    int step = 0;
    PassRecord record;
  };
  const Moment* find(int step) const;

  StackSpec spec_;
  PassNames names_;
  std::size_t most_;  // that are kept beside the newest
  std::vector<Moment> kept_;
  Moment newest_;
  int stride_ = 1;
  int named_step_ = 0;
  std::shared_ptr<const StackReport> named_;  // the report of named_step_, asked for last
};

}  // namespace gradflow::session
