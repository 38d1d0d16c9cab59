#include "app/figure/band.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "app/figure/axis.h"
#include "app/figure/layers.h"
#include "app/figure/readings.h"
#include "core/analysis/band.h"

namespace gradflow::figure {
namespace {

using Reports = std::vector<std::shared_ptr<const StackReport>>;

constexpr const char* kQuantity = "grad_norm/total";

StackReport seed(std::vector<double> values) {
  StackReport report;
  report.series = {{kQuantity, {0, 1}, std::move(values)}};
  return report;
}

std::shared_ptr<const StackReport> shared(StackReport report) {
  return std::make_shared<const StackReport>(std::move(report));
}

Figure with_bands(const Reports& passes, const Reports& bands, std::size_t seeds) {
  Figure figure = layer_figure(passes, kQuantity);
  add_bands(&figure, passes, bands, kQuantity, seeds);
  return figure;
}

TEST(Bands, TurnTheCurveIntoTheMeanWithItsSpread) {
  const std::vector<StackReport> seeds{seed({1, 8}), seed({3, 8})};
  const Figure figure = with_bands({shared(seeds[0])}, {shared(band_of(seeds))}, 20);
  ASSERT_EQ(figure.curves.size(), 1U);
  EXPECT_EQ(figure.curves[0].y, (std::vector<double>{2, 8}));
  EXPECT_DOUBLE_EQ(figure.curves[0].low.at(0), 1.2);
  EXPECT_DOUBLE_EQ(figure.curves[0].high.at(0), 2.8);
  EXPECT_EQ(figure.curves[0].note, "mean of 2 of 20 seeds, band 10–90 %");
  EXPECT_EQ(with_bands({shared(seeds[0])}, {shared(band_of(seeds))}, 2).curves[0].note,
            "mean of 2 seeds, band 10–90 %");
}

TEST(Bands, AreNotWaitedForWhereTheWeightsAreThoseOfAFile) {
  StackReport trained = seed({1, 8});
  trained.spec.init.weights = "/w";
  const Figure figure = with_bands({shared(trained)}, {nullptr}, 20);
  EXPECT_EQ(figure.curves.at(0).note, "");
}

TEST(Bands, OfAnotherStackAreLeftOut) {
  const std::vector<StackReport> seeds{seed({1, 8}), seed({3, 8})};
  StackReport moved = seeds[0];
  moved.spec.num_layers = 2;
  const Figure figure = with_bands({shared(moved), shared(seeds[0])}, {shared(band_of(seeds)), nullptr}, 20);
  for (const Curve& curve : figure.curves) {
    EXPECT_EQ(curve.y, (std::vector<double>{1, 8}));
    EXPECT_TRUE(curve.low.empty());
    EXPECT_EQ(curve.note, "1 of 20 seeds");
  }
  EXPECT_EQ(with_bands({shared(seeds[0])}, {shared(band_of(seeds))}, 1).curves[0].note, "");
}

TEST(Bands, AreReadAtTheCursor) {
  const std::vector<StackReport> seeds{seed({1, 8}), seed({3, 8})};
  const Reports passes{shared(seeds[0]), shared(seeds[1])};
  const Readings readings = readings_at(with_bands(passes, {shared(band_of(seeds)), nullptr}, 2), {}, 0);
  EXPECT_EQ(readings.head, "layer 0  ·  mean (10–90 % of seeds)");
  EXPECT_EQ(readings.lines.at(0).value, "2.00 (1.20–2.80)");
  EXPECT_EQ(readings.lines.at(1).value, "3.00") << "has no band yet";
  EXPECT_EQ(readings_at(with_bands(passes, {}, 1), {}, 0).head, "layer 0");
}

TEST(Bands, HaveRoomOnTheAxes) {
  const std::vector<StackReport> seeds{seed({1e-6, 1}), seed({1, 0}), seed({1e3, std::nan("")})};
  const Figure figure = with_bands({shared(seeds[0])}, {shared(band_of(seeds))}, 3);
  const Extent extent = extent_of(figure);
  EXPECT_NEAR(extent.y->max, std::log10(800.2), 1e-9);
  EXPECT_TRUE(extent.overflow) << "a seed is nan";
}

}  // namespace
}  // namespace gradflow::figure
