// From the question to the answer: one exact forward and backward pass over the stack's own input, measured.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>

#include "core/analysis/report.h"
#include "core/spec/validate.h"

namespace gradflow {

/// For repeated use: keeps weights and buffers from call to call, so that a similar question is cheap. The
/// answer does not depend on what was asked before. One Analyzer a thread. T is float (what runs live) or
/// double (what checks it).
template <class T>
class AnalyzerOf {
 public:
  explicit AnalyzerOf(std::size_t memory_limit = kDefaultMemoryLimit);
  ~AnalyzerOf();
  AnalyzerOf(AnalyzerOf&&) noexcept;
  AnalyzerOf& operator=(AnalyzerOf&&) noexcept;
  AnalyzerOf(const AnalyzerOf&) = delete;
  AnalyzerOf& operator=(const AnalyzerOf&) = delete;

  /// Throws InvalidSpec for a stack that cannot be computed. Nothing when `stop` was requested during the
  /// pass.
  std::optional<StackReport> analyze(const StackSpec& spec, const std::stop_token& stop = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

extern template class AnalyzerOf<float>;
extern template class AnalyzerOf<double>;
using Analyzer = AnalyzerOf<float>;

/// The one-line door. Throws InvalidSpec.
StackReport analyze(const StackSpec& spec);

}  // namespace gradflow
