// The setting in which the figures of the physics tests were measured, and means over seeds: a single one
// misleads (the gradient of one layer varies by a quarter from seed to seed).
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "core/analysis/analyze.h"

namespace gradflow::test {

struct Mean {
  double mean = 0, standard_deviation = 0, standard_error = 0;
};

inline Mean mean_of(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size());
  double sum = 0;
  for (double value : values) sum += value;
  double square = 0;
  for (double value : values) square += (value - sum / n) * (value - sum / n);
  const double deviation = std::sqrt(square / (n - 1));
  return {sum / n, deviation, deviation / std::sqrt(n)};
}

/// d_model 64, d_ff 256, 4 heads, 16 x 4 random tokens of 128, causal, no positions, Xavier normal, embedding
/// std 1.
inline StackSpec setting(StackSpec spec, int num_layers) {
  spec.num_layers = num_layers;
  spec.vocab_size = 128;
  spec.positions = Positions::none;
  spec.input.kind = InputKind::random;
  return spec;
}

/// The same, d_model 128, d_ff 512, bidirectional.
inline StackSpec wide_encoder(StackSpec spec, int num_layers) {
  spec = setting(std::move(spec), num_layers);
  spec.d_model = 128;
  spec.d_ff = 512;
  spec.causal = false;
  return spec;
}

inline StackSpec with_norms(StackSpec spec, SiteSet sites) {
  spec.sublayers.attention.norm = sites;
  spec.sublayers.ffn.norm = sites;
  return spec;
}

/// Reports of seeds 1 to `seeds`.
template <class T = float>
std::vector<StackReport> reports_of(StackSpec spec, int seeds) {
  AnalyzerOf<T> analyzer;
  std::vector<StackReport> reports;
  for (int seed = 1; seed <= seeds; ++seed) {
    spec.seed = static_cast<std::uint64_t>(seed);
    reports.push_back(*analyzer.analyze(spec));
  }
  return reports;
}

template <class Read>
Mean mean_over(const std::vector<StackReport>& reports, Read read) {
  std::vector<double> values;
  for (const StackReport& report : reports) values.push_back(read(report));
  return mean_of(values);
}

/// Averages what `read` takes from the report of each seed 1..seeds.
template <class Read>
Mean over_seeds(const StackSpec& spec, int seeds, Read read) {
  return mean_over(reports_of(spec, seeds), read);
}

inline double at(const StackReport& report, std::string_view quantity, int layer) {
  return report.find(quantity)->at(layer).value();
}

/// Of a quantity that differs by factors from seed to seed the mean of the logarithm is what one can rely on.
inline Mean of_layer(const std::vector<StackReport>& reports, std::string_view quantity, int layer) {
  return mean_over(reports, [&](const StackReport& report) { return at(report, quantity, layer); });
}
inline Mean log_of_layer(const std::vector<StackReport>& reports, std::string_view quantity, int layer) {
  return mean_over(reports, [&](const StackReport& report) { return std::log(at(report, quantity, layer)); });
}

/// A figure that was measured on one or few seeds is one draw: it must lie within three standard deviations
/// of ours.
inline void expect_draw(const Mean& ours, double figure, const std::string& what) {
  EXPECT_NEAR(ours.mean, figure, 3 * ours.standard_deviation) << what;
}

inline constexpr std::string_view kW1 = "grad_norm/ffn.w_1";
inline constexpr std::string_view kWq = "grad_norm/attention.w_q";

}  // namespace gradflow::test
