#include "core/analysis/band.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "core/analysis/seeds.h"

namespace gradflow {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

StackReport seed(std::vector<double> values) {
  StackReport report;
  std::vector<int> layers;
  for (std::size_t i = 0; i < values.size(); ++i) layers.push_back(static_cast<int>(i));
  report.series.push_back({"grad_norm/total", layers, std::move(values)});
  return report;
}

TEST(Quantile, LiesOnTheLineBetweenTwoValues) {
  const std::array<double, 5> values{1, 2, 4, 8, 16};
  EXPECT_DOUBLE_EQ(quantile(values, 0), 1);
  EXPECT_DOUBLE_EQ(quantile(values, 0.5), 4);
  EXPECT_DOUBLE_EQ(quantile(values, 1), 16);
  EXPECT_DOUBLE_EQ(quantile(values, 0.1), 1.4);
  EXPECT_DOUBLE_EQ(quantile(std::array<double, 1>{3}, 0.9), 3);
}

TEST(Quantile, OfInfinitiesIsInfinite) {
  EXPECT_EQ(quantile(std::array<double, 2>{kInf, kInf}, 0.5), kInf);
  EXPECT_EQ(quantile(std::array<double, 2>{1, kInf}, 0.5), kInf);
  EXPECT_EQ(quantile(std::array<double, 3>{1, 2, kInf}, 0.5), 2);
}

TEST(Band, IsMeanAndDecilesOfEveryLayer) {
  std::vector<StackReport> seeds;
  for (int i = 0; i <= 10; ++i) seeds.push_back(seed({static_cast<double>(10 - i), 1}));
  const StackReport band = band_of(seeds);
  EXPECT_EQ(band.scalar("seeds"), 11);
  EXPECT_DOUBLE_EQ(*band.find("mean/grad_norm/total")->at(0), 5);
  EXPECT_DOUBLE_EQ(*band.find("low/grad_norm/total")->at(0), 1);
  EXPECT_DOUBLE_EQ(*band.find("high/grad_norm/total")->at(0), 9);
  for (const char* quantity : {"mean/grad_norm/total", "low/grad_norm/total", "high/grad_norm/total"}) {
    EXPECT_DOUBLE_EQ(*band.find(quantity)->at(1), 1) << quantity;
  }
}

TEST(Band, ShowsASeedThatOverflowed) {
  const StackReport band = band_of(std::array{seed({1}), seed({std::nan("")}), seed({2})});
  EXPECT_TRUE(std::isnan(*band.find("mean/grad_norm/total")->at(0)));
  EXPECT_DOUBLE_EQ(*band.find("low/grad_norm/total")->at(0), 1.2);
  EXPECT_TRUE(std::isnan(*band.find("high/grad_norm/total")->at(0)));
}

TEST(Band, OfRealSeedsLiesAroundEachOfThem) {
  SeedsQuestion question;
  question.spec.num_layers = 3;
  question.seeds = 8;
  const auto seeds = analyze_seeds(question);
  ASSERT_TRUE(seeds);
  const StackReport band = band_of(*seeds);
  ASSERT_EQ(band.series.size(), 3 * seeds->front().series.size());
  for (int layer = 0; layer < 3; ++layer) {
    int inside = 0;
    const double low = *band.find("low/grad_norm/ffn.w_1")->at(layer);
    const double high = *band.find("high/grad_norm/ffn.w_1")->at(layer);
    for (const StackReport& one : *seeds) {
      const double value = *one.find("grad_norm/ffn.w_1")->at(layer);
      inside += low <= value && value <= high ? 1 : 0;
    }
    EXPECT_EQ(inside, 6) << "of 8 lie between the 10th and the 90th percentile, layer " << layer;
    EXPECT_LT(low, *band.find("mean/grad_norm/ffn.w_1")->at(layer));
  }
}

TEST(Band, OfSeedsThatMeasureDifferentThingsIsRefused) {
  EXPECT_THROW(static_cast<void>(band_of(std::span<const StackReport>())), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(band_of(std::array{seed({1}), seed({1, 2})})), std::invalid_argument);
}

TEST(Band, KeepsTheReportsThatItIsMadeOf) {
  std::vector<std::shared_ptr<const StackReport>> seeds;
  for (const double value : {1.0, 3.0}) seeds.push_back(std::make_shared<StackReport>(seed({value})));
  const StackReport band = band_of(seeds);
  EXPECT_EQ(band.seeds, seeds);
  EXPECT_EQ(band.find("mean/grad_norm/total")->values, std::vector<double>{2});
}

}  // namespace
}  // namespace gradflow
