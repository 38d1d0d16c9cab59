// Many answers on several threads: in order, the same whatever the number of threads, stopped and failed
// cleanly.
#include "core/analysis/seeds.h"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <stdexcept>
#include <thread>

#include "core/analysis/analyze.h"
#include "core/spec/validate.h"

namespace gradflow {
namespace {

StackSpec small_stack() {
  StackSpec spec = post_ln_stack();
  spec.num_layers = 2;
  spec.d_model = 16;
  spec.d_ff = 24;
  spec.num_heads = 2;
  return spec;
}

StackReport numbered(int index) {
  StackReport report;
  report.scalars = {{"loss", static_cast<double>(index)}};
  return report;
}

TEST(Seeds, AreTheSameOnAnyNumberOfThreads) {
  const StackSpec spec = small_stack();
  for (const int threads : {1, 2, 5}) {
    const auto reports = analyze_seeds({spec, 7, threads});
    ASSERT_TRUE(reports);
    ASSERT_EQ(reports->size(), 7U);
    for (std::size_t i = 0; i < reports->size(); ++i) {
      StackSpec own = spec;
      own.seed = spec.seed + i;
      EXPECT_EQ((*reports)[i].spec, own);
      EXPECT_EQ((*reports)[i].series, analyze(own).series) << threads << " threads, seed " << own.seed;
    }
  }
}

TEST(Seeds, ComeInOrderOnTheCallersThread) {
  const auto caller = std::this_thread::get_id();
  int next = 0;
  const auto make = [] {
    return [](int index, const std::stop_token&) { return std::optional(numbered(index)); };
  };
  const bool finished = answer_in_order(100, 4, make, [&](int index, const StackReport& report) {
    EXPECT_TRUE(std::this_thread::get_id() == caller);
    EXPECT_EQ(index, next++);
    EXPECT_EQ(report.scalar("loss"), index);
  });
  EXPECT_TRUE(finished);
  EXPECT_EQ(next, 100);
}

TEST(Seeds, RunOnlyAFewAheadOfWhatIsTaken) {
  std::atomic<int> begun = 0;
  const auto make = [&] {
    return [&](int index, const std::stop_token&) {
      ++begun;
      return std::optional(numbered(index));
    };
  };
  answer_in_order(1000, 2, make, [&](int index, const StackReport&) { EXPECT_LE(begun, index + 1 + 4 + 2); });
}

TEST(Seeds, StopOnRequest) {
  std::stop_source stop;
  int taken = 0;
  const auto make = [] {
    return [](int index, const std::stop_token&) { return std::optional(numbered(index)); };
  };
  const bool finished = answer_in_order(
      1000, 2, make,
      [&](int, const StackReport&) {
        if (++taken == 3) stop.request_stop();
      },
      stop.get_token());
  EXPECT_FALSE(finished);
  EXPECT_EQ(taken, 3);
}

TEST(Seeds, AFailureComesAfterTheAnswersBeforeIt) {
  int taken = 0;
  const auto make = [] {
    return [](int index, const std::stop_token&) {
      if (index == 5) throw std::runtime_error("no such seed");
      return std::optional(numbered(index));
    };
  };
  EXPECT_THROW(answer_in_order(20, 3, make, [&](int, const StackReport&) { ++taken; }), std::runtime_error);
  EXPECT_EQ(taken, 5);
}

TEST(Seeds, RefuseWhatCannotBeCounted) {
  StackSpec spec = small_stack();
  EXPECT_THROW(analyze_seeds({spec, 0, 1}), InvalidSpec);
  EXPECT_THROW(analyze_seeds({spec, 1, 0}), InvalidSpec);
  spec.seed = std::numeric_limits<std::uint64_t>::max() - 1;
  EXPECT_TRUE(analyze_seeds({spec, 2, 1}));
  EXPECT_THROW(analyze_seeds({spec, 3, 1}), InvalidSpec);
  SeedsQuestion large{small_stack(), 8, 8};
  large.memory_limit = static_cast<std::size_t>(3 * pass_bytes(large.spec, sizeof(float)));
  EXPECT_THROW(analyze_seeds(large), InvalidSpec);
  large.threads = 2;
  EXPECT_TRUE(analyze_seeds(large));
}

}  // namespace
}  // namespace gradflow
