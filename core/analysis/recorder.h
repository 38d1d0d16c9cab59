// Collects measured points into a report, whatever order they come in.
#pragma once

#include <string>
#include <string_view>

#include "core/analysis/report.h"

namespace gradflow {

class Recorder {
 public:
  void scalar(std::string_view quantity, double value);
  void point(std::string_view quantity, int layer, double value);
  /// The report so far, each series in ascending layers; series in the order of their first point.
  StackReport take();

 private:
  StackReport report_;
  std::size_t next_ =
      0;  // where the next point's series most likely is: passes repeat the same order layer by layer
};

}  // namespace gradflow
