// The worker threads' promises: newest question wins, answers are immutable, nothing waits, closing is quick.
#include "app/session/solver.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

namespace gradflow::session {
namespace {

using std::chrono::steady_clock;

StackSpec depth(int num_layers) {
  StackSpec spec;
  spec.num_layers = num_layers;
  return spec;
}

/// A measure that a test holds and lets go, and that remembers what it was asked.
class Gate {
 public:
  Measure measure() {
    return [this](const StackSpec& spec, const std::stop_token& stop) -> std::optional<StackReport> {
      std::unique_lock lock(mutex_);
      started_.push_back(spec.num_layers);
      changed_.notify_all();
      if (!changed_.wait(lock, stop, [this] { return open_ > 0; })) return std::nullopt;
      --open_;
      StackReport report;
      report.spec = spec;
      report.scalars = {{"loss", static_cast<double>(spec.num_layers)}};
      return report;
    };
  }
  void open(int passes = 1) {
    const std::lock_guard lock(mutex_);
    open_ += passes;
    changed_.notify_all();
  }
  std::vector<int> wait_until_started(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return started_.size() >= count; });
    return started_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  int open_ = 0;
  std::vector<int> started_;
};

/// Spins for `busy` or until it is stopped, as a pass does.
Measure busy_measure(steady_clock::duration busy) {
  return [busy](const StackSpec& spec, const std::stop_token& stop) -> std::optional<StackReport> {
    const auto end = steady_clock::now() + busy;
    while (steady_clock::now() < end) {
      if (stop.stop_requested()) return std::nullopt;
    }
    StackReport report;
    report.spec = spec;
    return report;
  };
}

void no_wake() {}

TEST(Solver, AnswersWithTheQuestionItWasAsked) {
  Gate gate;
  Solver solver([&] { return gate.measure(); }, no_wake);
  solver.resize(1);
  EXPECT_EQ(solver.answer(0), nullptr);
  gate.open();
  solver.ask(0, depth(7));
  solver.wait();
  ASSERT_NE(solver.answer(0), nullptr);
  EXPECT_EQ(solver.answer(0)->spec, depth(7));
  EXPECT_EQ(solver.answer(0)->scalar("loss"), 7.0);
}

TEST(Solver, FinishesTheRunningPassAndThenTakesTheNewestQuestion) {
  Gate gate;
  Solver solver([&] { return gate.measure(); }, no_wake);
  solver.resize(1);
  solver.ask(0, depth(1));
  gate.wait_until_started(1);
  for (int layers = 2; layers <= 9; ++layers) solver.ask(0, depth(layers));
  gate.open();  // of one pass: its answer must be seen although it is stale by now
  EXPECT_EQ(gate.wait_until_started(2), (std::vector{1, 9}));
  ASSERT_NE(solver.answer(0), nullptr);
  EXPECT_EQ(solver.answer(0)->spec.num_layers, 1);
  gate.open();
  solver.wait();
  EXPECT_EQ(solver.answer(0)->spec.num_layers, 9);
}

TEST(Solver, SlotsRunBesideOneAnother) {
  Gate gate;
  Solver solver([&] { return gate.measure(); }, no_wake);
  solver.resize(3);
  for (std::size_t slot = 0; slot < 3; ++slot) solver.ask(slot, depth(static_cast<int>(slot) + 1));
  gate.wait_until_started(3);  // would never come if they queued behind one another
  gate.open(3);
  solver.wait();
  for (std::size_t slot = 0; slot < 3; ++slot) {
    EXPECT_EQ(solver.answer(slot)->spec.num_layers, static_cast<int>(slot) + 1);
  }
}

TEST(Solver, WakesAfterTheAnswerCanBeRead) {
  std::atomic<int> wakes = 0;
  Solver solver([] { return busy_measure({}); }, [&] { ++wakes; });
  solver.resize(1);
  for (int layers = 1; layers <= 20; ++layers) {
    const int before = wakes;
    solver.ask(0, depth(layers));
    while (wakes == before) std::this_thread::yield();
    ASSERT_EQ(solver.answer(0)->spec.num_layers, layers);
  }
}

TEST(Solver, AnAnswerThatIsHeldNeverChanges) {
  Solver solver([] { return busy_measure({}); }, no_wake);
  solver.resize(1);
  solver.ask(0, depth(3));
  solver.wait();
  const auto held = solver.answer(0);
  solver.ask(0, depth(4));
  solver.wait();
  EXPECT_EQ(held->spec.num_layers, 3);
  EXPECT_EQ(solver.answer(0)->spec.num_layers, 4);
}

TEST(Solver, TurnsExceptionsIntoSentencesAndGoesOn) {
  const auto measure = [](const StackSpec& spec, const std::stop_token&) -> std::optional<StackReport> {
    if (spec.num_layers == 1) throw std::invalid_argument("num_layers is 1; allowed is 2");
    if (spec.num_layers == 2) throw std::bad_alloc();
    if (spec.num_layers == 3) throw 3;
    StackReport report;
    report.spec = spec;
    return report;
  };
  Solver solver([&] { return Measure(measure); }, no_wake);
  solver.resize(1);
  const auto error_of = [&](int layers) {
    solver.ask(0, depth(layers));
    solver.wait();
    EXPECT_EQ(solver.answer(0)->spec, depth(layers));
    return solver.answer(0)->error;
  };
  EXPECT_EQ(error_of(1), "num_layers is 1; allowed is 2");
  EXPECT_EQ(error_of(2), "there is not enough memory for the stack \"Pre-LN\"");
  EXPECT_EQ(error_of(3), "measuring the stack \"Pre-LN\" failed for an unknown reason");
  EXPECT_EQ(error_of(4), "");
}

TEST(Solver, AnswersWithASentenceWhereTheMeasureCannotBeMade) {
  int made = 0;
  Solver solver(
      [&]() -> Measure {
        if (++made == 1) throw std::runtime_error("no weights");
        return busy_measure({});
      },
      no_wake);
  solver.resize(1);
  solver.ask(0, depth(1));
  solver.wait();
  EXPECT_EQ(solver.answer(0)->error, "no weights");
  solver.ask(0, depth(2));
  solver.wait();
  EXPECT_EQ(solver.answer(0)->error, "");
}

TEST(Solver, ClosesDuringALongPass) {
  std::optional<Solver> solver;
  std::atomic<bool> running = false;
  solver.emplace(
      [&]() -> Measure {
        running = true;
        return busy_measure(std::chrono::minutes(10));
      },
      no_wake);
  solver->resize(6);
  for (std::size_t slot = 0; slot < 6; ++slot) solver->ask(slot, depth(1));
  while (!running) std::this_thread::yield();
  const auto before = steady_clock::now();
  solver.reset();
  EXPECT_LT(steady_clock::now() - before, std::chrono::seconds(2));  // 10 minutes if it waited for the pass
}

TEST(Solver, RemovingASlotDoesNotWaitForItsPassAndKeepsTheOthers) {
  std::atomic<bool> let_go = false;
  const auto deaf = [&](const StackSpec& spec, const std::stop_token&) -> std::optional<StackReport> {
    while (spec.num_layers == 99 && !let_go) std::this_thread::yield();
    StackReport report;
    report.spec = spec;
    return report;
  };
  Solver solver([&] { return Measure(deaf); }, no_wake);
  solver.resize(2);
  solver.ask(0, depth(5));
  solver.ask(1, depth(99));
  solver.resize(1);  // would hang here
  solver.wait();
  EXPECT_EQ(solver.size(), 1U);
  EXPECT_EQ(solver.answer(0)->spec.num_layers, 5);
  solver.resize(2);
  EXPECT_EQ(solver.answer(1), nullptr);
  let_go = true;
}

TEST(Solver, SaysWhetherEverythingStoppedInTime) {
  std::atomic<bool> let_go = false;
  std::atomic<bool> running = false;
  const auto deaf = [&](const StackSpec&, const std::stop_token&) -> std::optional<StackReport> {
    running = true;
    while (!let_go) std::this_thread::yield();
    return std::nullopt;
  };
  Solver solver([&] { return Measure(deaf); }, no_wake);
  solver.resize(2);
  solver.ask(0, depth(1));
  while (!running) std::this_thread::yield();
  EXPECT_FALSE(solver.stop(std::chrono::milliseconds(20)));
  EXPECT_EQ(solver.size(), 0U);
  let_go = true;
  EXPECT_TRUE(solver.stop(std::chrono::minutes(1)));
}

TEST(Solver, SurvivesAStormOfQuestionsFromADrag) {
  Solver solver([] { return busy_measure(std::chrono::microseconds(50)); }, no_wake);
  solver.resize(2);
  for (int step = 1; step <= 20000; ++step) {
    for (std::size_t slot = 0; slot < 2; ++slot) {
      solver.ask(slot, depth(step));
      const auto answer = solver.answer(slot);
      ASSERT_TRUE(answer == nullptr || answer->spec.num_layers <= step);
    }
  }
  solver.wait();
  EXPECT_EQ(solver.answer(0)->spec.num_layers, 20000);
  EXPECT_EQ(solver.answer(1)->spec.num_layers, 20000);
}

}  // namespace
}  // namespace gradflow::session
