// The band over seeds as the window asks for it: seed by seed, remembered, stopped when nobody wants it.
#include "app/session/seed_bands.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
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

}  // namespace
}  // namespace gradflow::session
