// Least squares against figures that can be worked out by hand, and its refusals.
#include "core/analysis/fit.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace gradflow {
namespace {

TEST(FitLine, FindsALineThatIsOneWithoutError) {
  const std::array x{1.0, 2.0, 4.0, 7.0};
  const std::array y{5.0, 3.0, -1.0, -7.0};
  const LineFit fit = fit_line(x, y);
  EXPECT_NEAR(fit.slope, -2, 1e-14);
  EXPECT_NEAR(fit.intercept, 7, 1e-14);
  EXPECT_NEAR(fit.slope_se, 0, 1e-14);
  EXPECT_EQ(fit.points, 4);
}

/// x = 0 1 2, y = 0 0 3: slope 3/2, residuals 1/2 -1 1/2, so se = sqrt((3/2) / 1 / 2).
TEST(FitLine, HasTheStandardErrorOfTheTextbook) {
  const LineFit fit = fit_line(std::array{0.0, 1.0, 2.0}, std::array{0.0, 0.0, 3.0});
  EXPECT_NEAR(fit.slope, 1.5, 1e-15);
  EXPECT_NEAR(fit.slope_se, std::sqrt(0.75), 1e-15);
}

TEST(FitLine, ItsErrorIsThatOfTheSlopeOverManyTrials) {
  std::mt19937 random(1);
  std::normal_distribution<double> noise(0, 0.3);
  std::vector<double> x;
  for (int i = 0; i < 20; ++i) x.push_back(i);
  std::vector<double> slopes;
  double claimed_variance = 0;
  constexpr int kTrials = 2000;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> y;
    for (double at : x) y.push_back(1 + 2 * at + noise(random));
    const LineFit fit = fit_line(x, y);
    slopes.push_back(fit.slope);
    claimed_variance += fit.slope_se * fit.slope_se / kTrials;
  }
  const double spread = mean_of(slopes).standard_error * std::sqrt(kTrials);
  EXPECT_NEAR(std::sqrt(claimed_variance) / spread, 1, 0.06);
  EXPECT_NEAR(mean_of(slopes).mean, 2, 4 * spread / std::sqrt(kTrials));
}

TEST(FitLine, SaysNothingOfTooFewPointsOrOneX) {
  EXPECT_TRUE(std::isnan(fit_line(std::array{1.0, 2.0}, std::array{1.0, 2.0}).slope));
  EXPECT_TRUE(std::isnan(fit_line(std::array{1.0, 1.0, 1.0}, std::array{1.0, 2.0, 3.0}).slope_se));
}

TEST(FitPowerLaw, FindsTheExponentFromWhereItIsTold) {
  const std::array x{1.0, 2.0, 4.0, 8.0, 16.0};
  const std::array y{100.0, 100.0, 3.0 / 2, 3 / std::sqrt(8.0), 3.0 / 4};
  const LineFit fit = fit_power_law(x, y, 4);
  EXPECT_NEAR(fit.slope, -0.5, 1e-14);
  EXPECT_NEAR(std::exp(fit.intercept), 3, 1e-13);
  EXPECT_EQ(fit.points, 3);
}

TEST(FitPowerLaw, HasNoneThroughAZeroOrAnInfinity) {
  const std::array x{4.0, 5.0, 6.0, 7.0};
  for (double bad :
       {0.0, -1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_TRUE(std::isnan(fit_power_law(x, std::array{1.0, 2.0, bad, 4.0}, 4).slope)) << bad;
  }
}

TEST(MeanOf, HasTheStandardErrorOfTheMean) {
  const MeanFit fit = mean_of(std::array{1.0, 2.0, 3.0, 6.0});
  EXPECT_EQ(fit.mean, 3);
  EXPECT_NEAR(fit.standard_error, std::sqrt(14.0 / 3 / 4), 1e-15);
  EXPECT_TRUE(std::isnan(mean_of(std::array{1.0}).standard_error));
}

}  // namespace
}  // namespace gradflow
