#include "core/analysis/check_report.h"

#include <algorithm>

namespace gradflow {

bool CheckReport::passed() const {
  return error.empty() &&
         std::all_of(rows.begin(), rows.end(), [](const CheckRow& row) { return row.passed(); });
}

}  // namespace gradflow
