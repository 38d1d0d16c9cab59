#include "app/session/passes.h"

#include <chrono>
#include <memory>

#include "core/analysis/analyze.h"
#include "core/analysis/measure.h"
#include "core/io/model_file.h"
#include "core/spec/text.h"
#include "core/spec/validate.h"

namespace gradflow::session {
namespace {

/// The file is read anew every time: it may have changed since.
std::optional<StackReport> measure_weights(const StackSpec& spec, const std::stop_token& stop) {
  const auto start = std::chrono::steady_clock::now();
  validate_beside_weights(spec);
  const std::size_t left = kDefaultMemoryLimit - static_cast<std::size_t>(pass_bytes(spec, sizeof(float)));
  auto model = load_model<float>(spec, spec.init.weights, left, stop);
  if (!model) return std::nullopt;
  auto report = measure_model(spec, model->stack, model->batch, stop);
  if (!report) return std::nullopt;
  report->milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return report;
}

}  // namespace

Measure pass_measure() {
  const auto analyzer = std::make_shared<Analyzer>();
  return [analyzer](const StackSpec& spec, const std::stop_token& stop) {
    return has_drawn_weights(spec) ? analyzer->analyze(spec, stop) : measure_weights(spec, stop);
  };
}

void need_drawn_weights(const StackSpec& spec, std::string_view sentence) {
  if (has_drawn_weights(spec)) return;
  throw InvalidSpec(tr("{0}; this stack's weights are those of {1} alone", {sentence, weights_name(spec)}));
}

}  // namespace gradflow::session
