// The band over seeds as the window asks for it, of passes and of depth laws: seed by seed, remembered,
// stopped when nobody wants it.
#include "app/session/seed_bands.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/tests/small_stack.h"
#include "core/analysis/analyze.h"
#include "core/analysis/band.h"
#include "core/analysis/seeds.h"

namespace gradflow::session {
namespace {

StackSpec stack(int num_layers) {
  StackSpec spec = gradflow::testing::small_stack(num_layers);
  spec.seed = 5;
  return spec;
}

Question question(const StackSpec& spec, int seeds) {
  return {spec, {}, [](const StackReport&) {}, [] { return false; }, seeds};
}

/// The real core, noting the seeds that it measures.
Measure noting(std::vector<std::uint64_t>* measured) {
  return [measured, analyzer = std::make_shared<Analyzer>()](const StackSpec& spec,
                                                             const std::stop_token& stop) {
    measured->push_back(spec.seed);
    return analyzer->analyze(spec, stop);
  };
}

Measure plain() {
  static std::vector<std::uint64_t> nobody_reads;
  return noting(&nobody_reads);
}

TEST(SeedBands, AnswerWithTheBandOfTheSeedsThatFollow) {
  const StackSpec spec = stack(3);
  const auto band = SeedBands(plain()).answer(question(spec, 6));
  ASSERT_TRUE(band);
  SeedsQuestion direct;
  direct.spec = spec;
  direct.seeds = 6;
  EXPECT_EQ(band->series, band_of(*analyze_seeds(direct)).series);
  EXPECT_EQ(band->scalar("seeds"), 6);
}

TEST(SeedBands, MeasureOnlyWhatIsNew) {
  using Seeds = std::vector<std::uint64_t>;
  Seeds measured;
  SeedBands bands(noting(&measured));
  const StackSpec spec = stack(2);
  const auto four = bands.answer(question(spec, 4));
  EXPECT_EQ(measured, (Seeds{5, 6, 7, 8}));
  EXPECT_EQ(bands.answer(question(spec, 6))->scalar("seeds"), 6);
  EXPECT_EQ(measured, (Seeds{5, 6, 7, 8, 9, 10}));
  StackSpec renamed = spec;
  renamed.name = "another name";
  EXPECT_EQ(bands.answer(question(renamed, 4))->series, four->series) << "fewer seeds are the first of them";
  EXPECT_EQ(measured.size(), 6U);
  bands.answer(question(stack(3), 2));
  EXPECT_EQ(measured.size(), 8U) << "another depth is another band";
}

TEST(SeedBands, MakeWayForANewerQuestion) {
  std::vector<std::uint64_t> measured;
  SeedBands bands(noting(&measured));
  const StackSpec spec = stack(2);
  const Question hurried{spec, {}, [](const StackReport&) {}, [] { return true; }, 50};
  EXPECT_FALSE(bands.answer(hurried));
  EXPECT_EQ(measured.size(), 1U);
}

TEST(SeedBands, AreObsoleteOnceAnotherStackIsAsked) {
  EXPECT_FALSE(is_obsolete_band({stack(5), 10}, {stack(5), 20}));
  EXPECT_FALSE(is_obsolete_band({stack(5), 10}, {stack(5), 2}));
  EXPECT_TRUE(is_obsolete_band({stack(5), 10}, {stack(6), 10}));
}

TEST(SeedBands, FillInWhileTheSolverRuns) {
  Solver solver([] { return seed_bands_measure(plain()); }, [] {}, is_obsolete_band);
  solver.resize(1);
  solver.ask(0, {stack(20), 50});
  solver.ask(0, {stack(2), 7});
  solver.wait();
  ASSERT_TRUE(solver.answer(0));
  EXPECT_EQ(solver.answer(0)->scalar("seeds"), 7);
  EXPECT_EQ(solver.answer(0)->spec.num_layers, 2);
}

TEST(SeedBands, PassOnWhyAStackCannotBeMeasured) {
  StackSpec wrong = stack(3);
  wrong.num_heads = 3;
  Solver solver([] { return seed_bands_measure(plain()); }, [] {}, is_obsolete_band);
  solver.resize(1);
  solver.ask(0, {wrong, 3});
  solver.wait();
  EXPECT_NE(solver.answer(0)->error.find("num_heads"), std::string::npos) << solver.answer(0)->error;
}

/// The band of the law that depth_law() measures seed by seed, with the exponents of all of them.
StackReport direct_law_band(StackSpec spec, int seeds) {
  std::vector<StackReport> laws;
  for (int s = 0; s < seeds; ++s, ++spec.seed)
    laws.push_back(*depth_law({spec, all_depths(spec.num_layers), DepthEnds::top}));
  StackReport band = band_of(laws);
  add_exponents(fit_exponents(laws), &band);
  return band;
}

/// What law_bands_measure() answers, without a solver.
class LawBands : public ::testing::Test {
 protected:
  /// The real law, noting the seed and the depths that it measures.
  StreamingMeasure measure_ = law_bands_measure(
      [this](const DepthLawQuestion& asked, const OnDepthPoint& on_point, const std::stop_token& stop) {
        measured_.emplace_back(asked.spec.seed, asked.depths);
        return depth_law(asked, on_point, stop);
      });
  std::vector<std::pair<std::uint64_t, std::vector<int>>> measured_;
};

TEST_F(LawBands, AnswerWithTheBandAndTheExponentsOfAllSeeds) {
  const StackSpec spec = stack(9);
  const auto band = measure_(question(spec, 4));
  ASSERT_TRUE(band);
  const StackReport direct = direct_law_band(spec, 4);
  EXPECT_EQ(band->series, direct.series);
  EXPECT_EQ(band->scalars, direct.scalars);
  EXPECT_EQ(band->scalar("seeds"), 4);
  ASSERT_EQ(band->seeds.size(), 4U);
  const std::string top = "exponent/top/grad_norm/ffn.w_1";
  EXPECT_NE(band->scalar(top).value(), band->seeds[0]->scalar(top).value()) << "not the first seed's";
}

TEST_F(LawBands, MeasureOnlyTheSeedsAndDepthsThatAreNew) {
  measure_(question(stack(5), 2));
  measured_.clear();
  const auto deep = measure_(question(stack(7), 3));
  using Measured = decltype(measured_);
  EXPECT_EQ(measured_, (Measured{{5, {6, 7}}, {6, {6, 7}}, {7, all_depths(7)}}));
  EXPECT_EQ(deep->series, direct_law_band(stack(7), 3).series);
  measured_.clear();
  EXPECT_EQ(measure_(question(stack(4), 2))->series, direct_law_band(stack(4), 2).series);
  EXPECT_TRUE(measured_.empty());
}

TEST_F(LawBands, AreOfOneStackAlone) {
  measure_(question(stack(5), 2));
  StackSpec other = stack(5);
  other.final_norm = !other.final_norm;
  EXPECT_EQ(measure_(question(other, 2))->series, direct_law_band(other, 2).series);
}

TEST_F(LawBands, MakeWayForANewerQuestionBetweenSeedsAndBetweenDepthsThatArePassesOfTheirOwn) {
  const StackSpec nested = stack(8);
  EXPECT_FALSE(measure_({nested, {}, [](const StackReport&) {}, [] { return true; }, 50}));
  EXPECT_EQ(measured_.size(), 1U);
  StackSpec slow = stack(8);
  slow.init.residual_output = ResidualOutput::gpt2;
  EXPECT_FALSE(measure_({slow, {}, [](const StackReport&) {}, [] { return true; }, 2}));
  measured_.clear();
  EXPECT_EQ(measure_(question(slow, 2))->series, direct_law_band(slow, 2).series);
  EXPECT_EQ(measured_.at(0).second.size(), 7U) << "the depth that had been measured is kept";
}

TEST(SlowLawBands, AreShownSeedBySeed) {
  const auto slow = [](const DepthLawQuestion& asked, const OnDepthPoint& on_point,
                       const std::stop_token& stop) {
    std::this_thread::sleep_for(std::chrono::milliseconds(40));
    return depth_law(asked, on_point, stop);
  };
  std::vector<double> shown;
  const auto show = [&](const StackReport& band) { shown.push_back(band.scalar("seeds").value()); };
  const StackSpec spec = stack(3);
  law_bands_measure(slow)({spec, {}, show, [] { return false; }, 4});
  EXPECT_EQ(shown, (std::vector<double>{1, 2, 3, 4}));
}

TEST_F(LawBands, ThroughTheSolverEndWithTheNewestQuestion) {
  Solver solver([] { return law_bands_measure(); }, [] {}, is_obsolete_law);
  solver.resize(2);
  for (const std::size_t slot : {0U, 1U}) {
    for (const int depth : {300, 20, 30, 8}) solver.ask(slot, {stack(depth), 5});
  }
  solver.ask(1, {stack(1000), 50});
  solver.withdraw();
  solver.ask(0, {stack(8), 3});
  solver.wait();
  ASSERT_TRUE(solver.answer(0));
  EXPECT_EQ(solver.answer(0)->spec, stack(8));
  EXPECT_EQ(solver.answer(0)->series, direct_law_band(stack(8), 3).series);
}

}  // namespace
}  // namespace gradflow::session
