// The depth law as the window asks for it: streamed, remembered, stopped when nobody wants it any more.
#include "app/session/depth_laws.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "app/tests/small_stack.h"
#include "core/spec/validate.h"

namespace gradflow::session {
namespace {

StackSpec stack(int num_layers) { return gradflow::testing::small_stack(num_layers); }

Question question(const StackSpec& spec) {
  return {spec, {}, [](const StackReport&) {}, [] { return false; }};
}

/// The real law, counting the depths that it measures.
DepthLaw counting(std::vector<int>* measured) {
  return
      [measured](const DepthLawQuestion& asked, const OnDepthPoint& on_point, const std::stop_token& stop) {
        const auto count = [&](const DepthPoint& point) {
          measured->push_back(point.depth);
          on_point(point);
        };
        return depth_law(asked, count, stop);
      };
}

TEST(DepthLaws, AnswerWithEveryDepthAndTheExponents) {
  const StackSpec spec = stack(9);
  DepthLaws laws(depth_law);
  const auto report = laws.answer(question(spec));
  ASSERT_TRUE(report);
  const auto direct = depth_law({spec, all_depths(9), DepthEnds::top});
  for (const Series& series : direct->series) EXPECT_EQ(*report->find(series.quantity), series);
  const auto exponents = fit_exponents(std::vector{*direct});
  EXPECT_EQ(report->scalar("exponent/top/grad_norm/ffn.w_1"),
            std::find_if(exponents.begin(), exponents.end(), [](const Exponent& exponent) {
              return exponent.quantity == "top/grad_norm/ffn.w_1";
            })->value);
}

TEST(DepthLaws, MeasureOnlyWhatIsNew) {
  std::vector<int> measured;
  DepthLaws laws(counting(&measured));
  laws.answer(question(stack(5)));
  EXPECT_EQ(measured, all_depths(5));
  measured.clear();
  const auto shallow = laws.answer(question(stack(3)));
  EXPECT_TRUE(measured.empty());
  EXPECT_EQ(shallow->find("top/grad_norm/total")->layers, all_depths(3));
  const auto deep = laws.answer(question(stack(7)));
  EXPECT_EQ(measured, (std::vector<int>{6, 7}));
  EXPECT_EQ(deep->series, depth_law({stack(7), all_depths(7), DepthEnds::top})->series);
  measured.clear();
  StackSpec other = stack(3);
  other.seed = 2;
  laws.answer(question(other));
  EXPECT_EQ(measured, all_depths(3)) << "another seed is another law";
}

TEST(DepthLaws, MakeWayForANewerQuestionWhereEveryDepthIsAPassOfItsOwn) {
  StackSpec spec = stack(40);
  spec.init.residual_output = ResidualOutput::gpt2;
  std::vector<int> measured;
  DepthLaws laws(counting(&measured));
  const Question hurried{spec, {}, [](const StackReport&) {}, [] { return true; }};
  EXPECT_FALSE(laws.answer(hurried));
  EXPECT_EQ(measured.size(), 1U);
  const auto whole = laws.answer(question(spec));
  ASSERT_TRUE(whole);
  EXPECT_EQ(measured.size(), 40U) << "what was measured before the interruption is kept";
}

TEST(DepthLaws, RefuseAStackThatCannotBeComputed) {
  StackSpec wrong = stack(3);
  wrong.num_heads = 3;
  EXPECT_THROW(DepthLaws(depth_law).answer(question(wrong)), InvalidSpec);
}

TEST(DepthLaws, AreObsoleteOnceAnotherLawOrAShallowerOneIsAsked) {
  EXPECT_FALSE(is_obsolete_law(stack(5), stack(6)));
  EXPECT_TRUE(is_obsolete_law(stack(5), stack(4)));
  StackSpec renamed = stack(5);
  renamed.name = "other";
  EXPECT_FALSE(is_obsolete_law(stack(5), renamed));
  renamed.final_norm = false;
  EXPECT_TRUE(is_obsolete_law(stack(5), renamed));
}

TEST(DepthLaws, ThroughTheSolverEndWithTheNewestQuestion) {
  std::atomic<int> woken = 0;
  Solver solver([] { return depth_law_measure(); }, [&] { ++woken; }, is_obsolete_law);
  solver.resize(1);
  for (const int depth : {300, 20, 30, 8}) solver.ask(0, stack(depth));
  solver.wait();
  EXPECT_TRUE(solver.idle());
  ASSERT_NE(solver.answer(0), nullptr);
  EXPECT_EQ(solver.answer(0)->spec, stack(8));
  EXPECT_EQ(solver.answer(0)->find("top/grad_norm/total")->layers, all_depths(8));
  EXPECT_GE(woken, 1);
}

TEST(DepthLaws, WithdrawnAreNotAnswered) {
  Solver solver([] { return depth_law_measure(); }, [] {}, is_obsolete_law);
  solver.resize(1);
  StackSpec slow = stack(1000);
  slow.init.residual_output = ResidualOutput::gpt2;  // a thousand passes
  solver.ask(0, slow);
  solver.withdraw();
  solver.wait();
  const auto answer = solver.answer(0);
  EXPECT_TRUE(answer == nullptr || answer->find("top/grad_norm/total")->layers.size() < 1000);
}

}  // namespace
}  // namespace gradflow::session
