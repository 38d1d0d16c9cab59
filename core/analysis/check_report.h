// What a check of a stack's numbers found (core/analysis/check.h), as a plain value.
#pragma once

#include <string>
#include <vector>

namespace gradflow {

/// One line of the table: the worst error of a kind of check, wherever it was met.
struct CheckRow {
  std::string check;
  std::string where;     // of the worst error: "layer 7", "layer 7 attention.pre"
  double error = 0;      // relative, unless the note says otherwise
  double tolerance = 0;  // infinite: a finding, not judged
  int count = 0;         // how many tensors, sites or sub-layers were held against it
  int unresolved = 0;    // how many of them are smaller than differences can see
  std::string note;      // why theory makes it zero, why there was nothing to check
  bool passed() const { return error <= tolerance; }  // nan does not pass
  friend bool operator==(const CheckRow&, const CheckRow&) = default;
};

struct CheckReport {
  std::string error;  // a sentence where the stack's numbers are not finite; empty otherwise
  std::vector<CheckRow> rows;
  bool passed() const;
};

}  // namespace gradflow
