// "Check these numbers": the thread behind it, and the panel with the real core, driven by hand.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "app/tests/driver.h"

namespace gradflow::testing {
namespace {

using session::Checker;
using session::CheckPhase;

/// Waits for the end of the check that was started last.
std::shared_ptr<const session::CheckStatus> finished(const Checker& checker) {
  while (checker.status()->phase == CheckPhase::running) std::this_thread::yield();
  return checker.status();
}

CheckReport report_of_one_row() {
  CheckReport report;
  report.rows.push_back({.check = "float", .where = "layer 1", .error = 1e-9, .tolerance = 1e-6, .note = ""});
  return report;
}

TEST(Checker, ReportsProgressAndThenWhatItFound) {
  std::atomic<int> wakes = 0;
  Checker checker(
      [](const StackSpec&, const CheckProgress& progress, const std::stop_token&) {
        progress("looking", 3, 7);
        return std::optional(report_of_one_row());
      },
      [&wakes] { ++wakes; });
  EXPECT_EQ(checker.status(), nullptr);
  checker.start(post_ln_stack());
  const auto status = finished(checker);
  EXPECT_EQ(status->phase, CheckPhase::done);
  EXPECT_EQ(status->spec, post_ln_stack());
  EXPECT_EQ(status->report.rows, report_of_one_row().rows);
  EXPECT_TRUE(checker.stop(std::chrono::seconds(10)));
  EXPECT_GE(wakes, 1);
}

TEST(Checker, StopsWhenAskedAndWhenItGoes) {
  const Checker::Check endless = [](const StackSpec&, const CheckProgress&,
                                    const std::stop_token& stop) -> std::optional<CheckReport> {
    while (!stop.stop_requested()) std::this_thread::yield();
    return std::nullopt;
  };
  Checker checker(endless, [] {});
  checker.start(pre_ln_stack());
  checker.stop();
  EXPECT_EQ(finished(checker)->phase, CheckPhase::stopped);
  checker.start(pre_ln_stack());  // left running: the destructor ends it
}

TEST(Checker, ANewCheckReplacesTheOneThatRuns) {
  Checker checker(
      [](const StackSpec& spec, const CheckProgress&,
         const std::stop_token& stop) -> std::optional<CheckReport> {
        while (spec.seed == 1 && !stop.stop_requested()) std::this_thread::yield();
        if (stop.stop_requested()) return std::nullopt;
        return report_of_one_row();
      },
      [] {});
  StackSpec second;
  second.seed = 2;
  checker.start(StackSpec{});
  checker.start(second);
  EXPECT_EQ(finished(checker)->spec, second);
  EXPECT_EQ(checker.status()->phase, CheckPhase::done);
}

TEST(Checker, WhatIsThrownBecomesTheSentence) {
  Checker checker(
      [](const StackSpec&, const CheckProgress&, const std::stop_token&) -> std::optional<CheckReport> {
        throw std::runtime_error("no");
      },
      [] {});
  checker.start(StackSpec{});
  EXPECT_EQ(finished(checker)->report.error, "no");
  EXPECT_FALSE(checker.status()->report.passed());
}

Stage small_stage() {
  Stage stage;
  for (StackSpec& spec : stage.scene.stacks) {
    spec.num_layers = 2;
    spec.d_model = 8;
    spec.d_ff = 16;
    spec.sequence_length = 4;
    spec.batch_size = 2;
  }
  return stage;
}

void wait_for(Driver& driver, std::string_view landmark) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  while (!driver.has(landmark) && std::chrono::steady_clock::now() < end) driver.frames(1);
  ASSERT_TRUE(driver.has(landmark));
}

TEST(CheckPanel, ChecksTheStackThatIsClickedAndShowsTheTable) {
  Driver driver(small_stage());
  driver.settle();
  EXPECT_FALSE(driver.has("check.panel"));
  driver.click("header.check");
  EXPECT_FALSE(driver.has("check.result"));
  driver.click("check.start.1");
  wait_for(driver, "check.result");
  EXPECT_TRUE(driver.has("check.row.5"));
  driver.click("check.close");
  driver.frames(2);
  EXPECT_FALSE(driver.has("check.panel"));
}

TEST(CheckPanel, SaysThatAStackCannotBeCheckedAndGoesOn) {
  Stage stage = small_stage();
  stage.scene.stacks[0].num_heads = 3;
  Driver driver(stage);
  driver.settle();
  driver.click("header.check");
  driver.click("check.start.0");
  wait_for(driver, "check.result");
  EXPECT_FALSE(driver.has("check.row.0"));
  driver.click("check.start.1");
  wait_for(driver, "check.row.0");
}

TEST(CheckPanel, TheWindowStaysAliveAndStopsALongCheck) {
  Stage stage;
  stage.scene.stacks[0].num_layers = 48;
  Driver driver(stage);
  driver.settle();
  driver.click("header.check");
  driver.click("check.start.0");
  wait_for(driver, "check.progress");
  driver.click("check.stop");
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  while (driver.has("check.progress") && std::chrono::steady_clock::now() < end) driver.frames(1);
  EXPECT_FALSE(driver.has("check.progress"));
  EXPECT_FALSE(driver.has("check.result"));
}

}  // namespace
}  // namespace gradflow::testing
