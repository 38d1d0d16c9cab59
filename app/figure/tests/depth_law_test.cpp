#include "app/figure/depth_law.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "app/figure/axis.h"
#include "core/analysis/band.h"
#include "core/analysis/depth_law.h"

namespace gradflow::figure {
namespace {

constexpr const char* kW1 = "grad_norm/ffn.w_1";

/// A law y = factor depth^slope, measured to `depth`; with its exponent once it is complete.
std::shared_ptr<const StackReport> law(double factor, double slope, int depth, int question) {
  StackReport report;
  report.spec.num_layers = question;
  Series series{"top/grad_norm/ffn.w_1", {}, {}};
  for (int l = 1; l <= depth; ++l) {
    series.layers.push_back(l);
    series.values.push_back(factor * std::pow(l, slope));
  }
  report.series = {series};
  if (depth == question) {
    report.scalars = {{"exponent/top/grad_norm/ffn.w_1", slope}, {"exponent_se/top/grad_norm/ffn.w_1", 0.01}};
  }
  return std::make_shared<const StackReport>(std::move(report));
}

TEST(DepthLawFigure, HasACurveAStackOverDepthWithItsExponent) {
  const std::vector laws{law(0.5, -0.5, 24, 24), law(0.7, 0, 24, 24)};
  const Figure figure = depth_law_figure(laws, kW1, std::vector{24, 24}, 24);
  ASSERT_EQ(figure.curves.size(), 2U);
  EXPECT_EQ(figure.x_scale, Scale::logarithmic);
  EXPECT_EQ(figure.curves[0].x.front(), 1);
  EXPECT_EQ(figure.curves[0].x.back(), 24);
  EXPECT_EQ(figure.curves[0].note, "exponent −0.50 ± 0.01");
  EXPECT_EQ(figure.curves[1].note, "exponent 0.00 ± 0.01");
  ASSERT_EQ(figure.marks.size(), 1U) << "stacks of one depth share a mark";
  EXPECT_EQ(figure.marks[0].label, "L = 24");
}

TEST(DepthLawFigure, SaysHowFarAMeasurementIs) {
  const std::vector laws{law(0.5, -0.5, 7, 24)};
  const Figure figure = depth_law_figure(laws, kW1, std::vector{24}, 24);
  EXPECT_EQ(figure.curves.at(0).note, "7 of 24 depths");
}

/// The bounds lie above the curve that they belong to, and touch no other.
TEST(DepthLawFigure, PutsEachSlopeOfTheTheoryAboveTheNearestCurve) {
  const std::vector laws{law(0.5, -0.5, 48, 48), law(0.7, 0.03, 48, 48)};
  const Figure figure = depth_law_figure(laws, kW1, std::vector{48, 48}, 48);
  ASSERT_EQ(figure.guides.size(), 2U);
  for (std::size_t g = 0; g < 2; ++g) {
    const Guide& guide = figure.guides[g];
    const double slope = std::log(guide.low[1] / guide.low[0]) / std::log(guide.x[1] / guide.x[0]);
    EXPECT_NEAR(slope, g == 0 ? -0.5 : 0, 1e-12);
    EXPECT_EQ(guide.stacks, (std::vector<std::size_t>{g}));
    for (std::size_t i = 3; i < 48; ++i) {
      const double bound = guide_at(figure, guide, guide.low, figure.curves[g].x[i]).value();
      EXPECT_GT(bound, figure.curves[g].y[i]);
      EXPECT_LT(bound, 1.4 * figure.curves[g].y[i]);
    }
    EXPECT_FALSE(guide_at(figure, guide, guide.low, 3)) << "what was not fitted has no bound";
  }
  EXPECT_NE(figure.guides_note.find("Xiong"), std::string::npos);
  EXPECT_NE(figure.guides_note.find("bounds"), std::string::npos);
}

/// Seeds whose gradients are a tenth apart and whose exponents are those given, as the session puts them
/// together.
std::shared_ptr<const StackReport> law_band(const std::vector<double>& slopes, int depth) {
  std::vector<std::shared_ptr<const StackReport>> seeds;
  for (std::size_t s = 0; s < slopes.size(); ++s)
    seeds.push_back(law(0.5 + 0.1 * double(s), slopes[s], depth, depth));
  StackReport band = band_of(seeds);
  band.spec.num_layers = depth;
  add_exponents(fit_exponents(seeds), &band);
  return std::make_shared<const StackReport>(std::move(band));
}

TEST(DepthLawFigure, HasTheMeanTheBandAndTheExponentOfAllSeeds) {
  const std::vector laws{law(0.5, -0.5, 24, 24), law(0.7, 0, 24, 24)};
  const std::vector<std::shared_ptr<const StackReport>> bands{law_band({-0.5, -0.4, -0.6}, 24), nullptr};
  const Figure figure = depth_law_figure(laws, kW1, std::vector{24, 24}, 24, bands, 9);
  const Curve& curve = figure.curves.at(0);
  EXPECT_DOUBLE_EQ(curve.y.at(0), 0.6);
  EXPECT_DOUBLE_EQ(curve.low.at(0), 0.52);
  EXPECT_DOUBLE_EQ(curve.high.at(0), 0.68);
  EXPECT_EQ(curve.note, "exponent −0.50 ± 0.06, mean of 3 of 9 seeds, band 10–90 %")
      << "0.1 / sqrt(3), not the 0.01 of the first seed's line";
  EXPECT_EQ(figure.curves.at(1).note, "exponent 0.00 ± 0.01, 1 of 9 seeds");
  const Guide& guide = figure.guides.at(0);
  EXPECT_EQ(guide.stacks, (std::vector<std::size_t>{0}));
  for (std::size_t i = 3; i < 24; ++i)
    EXPECT_GT(guide_at(figure, guide, guide.low, curve.x[i]).value(), curve.high[i]) << "bounds the band";
}

TEST(DepthLawFigure, LeavesOutTheBandOfAnotherDepth) {
  const std::vector laws{law(0.5, -0.5, 20, 24)};
  const std::vector bands{law_band({-0.5, -0.4}, 20)};
  const Figure figure = depth_law_figure(laws, kW1, std::vector{24}, 24, bands, 2);
  EXPECT_TRUE(figure.curves.at(0).low.empty());
  EXPECT_EQ(figure.curves.at(0).note, "20 of 24 depths, 1 of 2 seeds");
}

TEST(DepthLawFigure, SaysWhyAStackHasNoCurve) {
  StackReport failed;
  failed.error = "d_model 65 is not a multiple of num_heads 4";
  const std::vector<std::shared_ptr<const StackReport>> laws{
      nullptr, std::make_shared<const StackReport>(failed), law(1, 0, 4, 4)};
  const std::vector depths{4, 4, 4};
  const Figure figure = depth_law_figure(laws, "stream_rms", depths, 4);
  EXPECT_TRUE(figure.curves.empty());
  ASSERT_EQ(figure.absences.size(), 3U);
  EXPECT_EQ(figure.absences[0].sentence, "not measured yet");
  EXPECT_EQ(figure.absences[1].sentence, failed.error);
  EXPECT_NE(figure.absences[2].sentence.find("stream RMS"), std::string::npos);
}

TEST(DepthLawFigure, OffersTheWeightsThatALawHas) {
  const std::vector laws{law(1, 0, 4, 4)};
  EXPECT_EQ(depth_law_quantities(laws), (std::vector<std::string>{"grad_norm/total", kW1}));
}

TEST(Exponent, IsWrittenWithItsErrorOrAsADash) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(exponent_words(-0.5214, 0.0102), "−0.52 ± 0.01");
  EXPECT_EQ(exponent_words(0.0321, nan), "+0.03");
  EXPECT_EQ(exponent_words(-0.001, 0.02), "0.00 ± 0.02");
  EXPECT_EQ(exponent_words(nan, nan), "–");
}

TEST(OctaveTicks, AreOctavesAndHalvesWhereThereIsRoom) {
  const auto labels = [](const Range& depths, int most) {
    std::vector<std::string> list;
    for (const Tick& tick : octave_ticks({std::log10(depths.min), std::log10(depths.max)}, most)) {
      list.push_back(tick.label);
    }
    return list;
  };
  EXPECT_EQ(labels({1, 16}, 5), (std::vector<std::string>{"1", "2", "4", "8", "16"}));
  EXPECT_EQ(labels({1, 16}, 20), (std::vector<std::string>{"1", "2", "3", "4", "6", "8", "12", "16"}));
  EXPECT_EQ(labels({1, 1024}, 6).size(), 6U);
  EXPECT_EQ(labels({10, 14}, 10), (std::vector<std::string>{"10", "11", "12", "13", "14"}));
}

}  // namespace
}  // namespace gradflow::figure
