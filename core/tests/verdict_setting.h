// Stacks for the tests of the verdict: small enough to measure hundreds of them, and verdicts on them.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/analysis/analyze.h"
#include "core/analysis/verdict.h"

namespace gradflow::test {

using Reports = std::vector<std::shared_ptr<const StackReport>>;

/// Width 16, 2 heads, 2 x 8 bytes of text; Pre-LN with a final norm unless told otherwise.
inline StackSpec small(int num_layers, SiteSet attention = {Site::pre}, SiteSet ffn = {Site::pre}) {
  StackSpec spec;
  spec.num_layers = num_layers;
  spec.d_model = 16;
  spec.num_heads = 2;
  spec.d_ff = 32;
  spec.sequence_length = 8;
  spec.batch_size = 2;
  spec.sublayers.attention.norm = attention;
  spec.sublayers.ffn.norm = ffn;
  return spec;
}

inline StackSpec small_post_ln(int num_layers) {
  StackSpec spec = small(num_layers, {Site::post}, {Site::post});
  spec.final_norm = false;
  return spec;
}

/// `spec` after a change, so that a stack is one expression: with(small(4), [](StackSpec& s) { ... }).
template <class Change>
StackSpec with(StackSpec spec, Change change) {
  change(spec);
  return spec;
}

inline Reports measured(const std::vector<StackSpec>& specs) {
  Reports reports;
  for (const StackSpec& spec : specs) reports.push_back(std::make_shared<const StackReport>(analyze(spec)));
  return reports;
}

/// A report of which only these numbers are known.
inline Reports made(StackSpec spec, std::vector<Series> series, double loss = 1) {
  StackReport report;
  report.spec = std::move(spec);
  report.series = std::move(series);
  report.scalars = {{"loss", loss}};
  return {std::make_shared<const StackReport>(std::move(report))};
}

/// The verdict on the last of them.
inline Verdict verdict_on(const Reports& reports) { return judge(reports).back(); }
inline Verdict verdict_on(const StackSpec& spec) { return verdict_on(measured({spec})); }

inline bool mentions(const Verdict& verdict, std::string_view words) {
  return verdict.sentence.find(words) != std::string::npos;
}

}  // namespace gradflow::test
