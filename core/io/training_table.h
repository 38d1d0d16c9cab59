// The table of a training race: CSV as the tidy table (core/io/tidy.h), with a column for the step.
#pragma once

#include <string>
#include <string_view>

#include "core/training/report.h"

namespace gradflow {

inline constexpr std::string_view kTrainingHeader = "stack,seed,step,layer,quantity,value\n";

/// The rows of one step of a lane. Where the lane broke down in it nothing was updated, and there are no rows
/// that say how far.
std::string training_rows(const LaneReport& lane, const StepReport& step);

}  // namespace gradflow
