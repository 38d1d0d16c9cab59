#include "app/figure/axis.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace gradflow::figure {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<std::string> labels(const std::vector<Tick>& ticks) {
  std::vector<std::string> list;
  for (const Tick& tick : ticks) {
    if (!tick.label.empty()) list.push_back(tick.label);
  }
  return list;
}

TEST(Lane, ZeroUnderflowsAndEverythingThatIsNotFiniteOverflows) {
  EXPECT_EQ(lane_of(0.0), Lane::underflow);
  EXPECT_EQ(lane_of(-0.0), Lane::underflow);
  EXPECT_EQ(lane_of(1e-300), Lane::data);
  EXPECT_EQ(lane_of(kInf), Lane::overflow);
  EXPECT_EQ(lane_of(kNan), Lane::overflow);
  EXPECT_EQ(lane_of(-1.0), Lane::overflow);
}

TEST(Extent, CountsOnlyPositiveFiniteValuesAndReportsTheLanes) {
  const std::vector<Curve> curves{{0, "A", {0, 1, 2, 3}, {0.01, 0, kInf, 10}}};
  const Extent extent = extent_of(curves);
  ASSERT_TRUE(extent.y && extent.x);
  EXPECT_NEAR(extent.y->min, -2, 1e-12);
  EXPECT_NEAR(extent.y->max, 1, 1e-12);
  EXPECT_EQ(*extent.x, (Range{0, 3}));
  EXPECT_TRUE(extent.underflow);
  EXPECT_TRUE(extent.overflow);
}

TEST(Extent, LeavesHiddenCurvesOut) {
  const std::vector<Curve> curves{{0, "A", {0, 1}, {1, 1}}, {1, "B", {0, 9}, {0, 1e6}}};
  const Extent extent = extent_of(curves, {false, true});
  EXPECT_EQ(*extent.x, (Range{0, 1}));
  EXPECT_FALSE(extent.underflow);
  EXPECT_EQ(*extent.y, (Range{0, 0}));
}

TEST(Extent, HasNoRangeWithoutValues) {
  EXPECT_FALSE(extent_of(std::vector<Curve>{}).x);
  EXPECT_FALSE(extent_of({{0, "A", {0}, {0}}}).y);
}

TEST(FitDecades, HoldsTheDataWithRoomAndSpansAtLeastOneDecade) {
  for (int step = 0; step < 223; ++step) {
    const double low = -44.2 + 0.37 * step;  // to 38, beyond the largest float
    for (const double length : {0.0, 0.001, 0.3, 1.0, 2.6, 40.0}) {
      const Range fitted = fit_decades({low, low + length});
      EXPECT_LE(fitted.min, low);
      EXPECT_GE(fitted.max, low + length);
      EXPECT_GE(fitted.length(), 1 - 1e-9);
      EXPECT_LE(fitted.length(), length * 1.06 + 1.8) << low << " " << length;
    }
  }
}

TEST(FitDecades, EndsOnRoundNumbers) {
  const Range fitted = fit_decades({std::log10(0.074), std::log10(0.68)});
  EXPECT_NEAR(fitted.min, std::log10(0.06), 1e-9);
  EXPECT_NEAR(fitted.max, std::log10(0.8), 1e-9);
}

TEST(LinearAxis, GivesEveryFiniteValueAPlaceAndTheRestTheLane) {
  EXPECT_EQ(lane_of(0.0, Scale::linear), Lane::data);
  EXPECT_EQ(lane_of(-0.5, Scale::linear), Lane::data);
  EXPECT_EQ(lane_of(kInf, Scale::linear), Lane::overflow);
  EXPECT_EQ(lane_of(kNan, Scale::linear), Lane::overflow);
  const std::vector<Curve> curves{{0, "A", {0, 1, 2}, {-0.25, 0, 1}}, {1, "B", {0}, {kNan}}};
  const Extent extent = extent_of(curves, {}, Scale::linear);
  EXPECT_EQ(*extent.y, (Range{-0.25, 1}));
  EXPECT_FALSE(extent.underflow);
  EXPECT_TRUE(extent.overflow);
}

TEST(FitLinear, HoldsTheDataOnRoundNumbersAndShowsNoRoundOff) {
  EXPECT_EQ(fit_linear({0, 1}), (Range{0, 1}));
  EXPECT_NEAR(fit_linear({0, 0}).min, -0.6, 1e-12);
  for (const double low : {-3.7, -1e-9, 0.0, 1e-7, 0.99, 1.0, 5.5, 1234.0}) {
    for (const double length : {0.0, 1e-8, 0.003, 0.4, 2.0, 77.0}) {
      const Range fitted = fit_linear({low, low + length});
      const double largest = std::max(std::abs(low), std::abs(low + length));
      EXPECT_LE(fitted.min, low + 1e-12 * largest);
      EXPECT_GE(fitted.max, low + length - 1e-12 * largest);
      EXPECT_GE(fitted.length(), 0.05 * largest) << low << " " << length;
      EXPECT_LE(fitted.length(), 2 * std::max(length, 0.05 * largest) + (largest > 0 ? 0 : 2));
    }
  }
}

TEST(LinearTicks, AreRoundFewEnoughAndWrittenWithEqualDecimals) {
  EXPECT_EQ(labels(linear_ticks({-0.5, 1}, 6)), (std::vector<std::string>{"−0.5", "0.0", "0.5", "1.0"}));
  EXPECT_EQ(labels(linear_ticks({0, 3}, 8)),
            (std::vector<std::string>{"0.0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0"}));
  EXPECT_EQ(labels(linear_ticks({0.99, 1.0}, 5)),
            (std::vector<std::string>{"0.990", "0.992", "0.994", "0.996", "0.998", "1.000"}));
  EXPECT_LE(linear_ticks({0, 1e5}, 7).size(), 8U);
  EXPECT_LE(linear_ticks({1e20, 1e20 + 1e5}, 7).size(), 9U) << "beyond what doubles can count";
}

TEST(LogTicks, LabelsDecadesAndThinsThemOut) {
  EXPECT_EQ(labels(log_ticks({-4, 0}, 10)),
            (std::vector<std::string>{"10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"}));
  EXPECT_EQ(labels(log_ticks({-40, 0}, 5)),
            (std::vector<std::string>{"10⁻³⁶", "10⁻²⁷", "10⁻¹⁸", "10⁻⁹", "10⁰"}));
}

TEST(LogTicks, ShowTwoAndFiveInShortRanges) {
  EXPECT_EQ(labels(log_ticks({-1, 0}, 10)), (std::vector<std::string>{"10⁻¹", "10⁰", "2·10⁻¹", "5·10⁻¹"}));
  for (const Tick& tick : log_ticks({-0.2, 0.2}, 10)) {
    EXPECT_GE(tick.at, -0.2);
    EXPECT_LE(tick.at, 0.2);
  }
}

TEST(LogTicks, StayFewOnAnExtremeRange) {
  EXPECT_LE(labels(log_ticks({-324, 308}, 8)).size(), 9U);
  EXPECT_LE(labels(log_ticks({-324, 308}, 0)).size(), 2U);
}

TEST(IntegerTicks, AreWholeRoundAndFewEnough) {
  EXPECT_EQ(labels(integer_ticks({-0.5, 11.5}, 20)).size(), 12U);
  EXPECT_EQ(labels(integer_ticks({-1, 97}, 12)),
            (std::vector<std::string>{"0", "10", "20", "30", "40", "50", "60", "70", "80", "90"}));
  EXPECT_LE(integer_ticks({0, 4095}, 7).size(), 8U);
  EXPECT_LE(integer_ticks({0, 1e5}, 0).size(), 2U);
}

TEST(PowerOfTen, IsWrittenWithSuperscripts) {
  EXPECT_EQ(power_of_ten(-3), "10⁻³");
  EXPECT_EQ(power_of_ten(0), "10⁰");
  EXPECT_EQ(power_of_ten(27), "10²⁷");
}

TEST(ThreeFigures, KeepsThreeSignificantOnes) {
  EXPECT_EQ(three_figures(0.1466), "0.147");
  EXPECT_EQ(three_figures(4.4), "4.40");
  EXPECT_EQ(three_figures(9.996), "10.0");
  EXPECT_EQ(three_figures(999.6), "1000");
  EXPECT_EQ(three_figures(0.00123456), "0.00123");
  EXPECT_EQ(three_figures(1.234e-9), "1.23 × 10⁻⁹");
  EXPECT_EQ(three_figures(3e19), "3.00 × 10¹⁹");
  EXPECT_EQ(three_figures(0), "0");
  EXPECT_EQ(three_figures(kInf), "inf");
  EXPECT_EQ(three_figures(kNan), "nan");
}

}  // namespace
}  // namespace gradflow::figure
