#include "app/session/passes.h"

#include <memory>

#include "core/analysis/analyze.h"

namespace gradflow::session {

Measure pass_measure() {
  const auto analyzer = std::make_shared<Analyzer>();
  return [analyzer](const StackSpec& spec, const std::stop_token& stop) {
    return analyzer->analyze(spec, stop);
  };
}

}  // namespace gradflow::session
