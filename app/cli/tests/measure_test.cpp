// gradflow-cli measure: its table is what the core measures, and Ctrl+C leaves nothing behind.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include "app/cli/tests/process.h"
#include "core/analysis/analyze.h"
#include "core/io/file.h"
#include "core/io/stack_file.h"
#include "core/io/tests/temporary_folder.h"
#include "core/io/tidy.h"

namespace gradflow {
namespace {

using test::Outcome;
using test::TemporaryFolder;

Outcome measure(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), "measure");
  Outcome outcome = test::run_program(GRADFLOW_CLI, arguments, input);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  return outcome;
}

std::string rows_of(StackSpec spec, std::uint64_t seed) {
  spec.seed = seed;
  return tidy_rows(analyze(spec), seed);
}

TEST(Measure, PrintsWhatTheCoreMeasuresOfBothBuiltInStacks) {
  const std::string expected =
      std::string(kTidyHeader) + rows_of(pre_ln_stack(), 1) + rows_of(post_ln_stack(), 1);
  EXPECT_EQ(measure({}).out, expected);
  EXPECT_EQ(measure({"pre-ln", "post-ln"}).out, expected);
  EXPECT_GT(std::count(expected.begin(), expected.end(), '\n'), 400);
}

TEST(Measure, SeedsCountUpFromTheStacksOwn) {
  StackSpec spec = post_ln_stack();
  spec.num_layers = 3;
  std::string expected(kTidyHeader);
  for (std::uint64_t seed = 7; seed < 10; ++seed) expected += rows_of(spec, seed);
  EXPECT_EQ(measure({"post-ln", "--set", "num_layers=3", "--set", "seed=7", "--seeds", "3"}).out, expected);
}

TEST(Measure, TakesStackFilesAndStandardInput) {
  const TemporaryFolder folder;
  StackSpec spec = pre_ln_stack();
  spec.name = "with, \"comma\"";
  spec.num_layers = 2;
  spec.sublayers.ffn.residual = false;
  write_stack_file(spec, folder / "mine.json");
  const std::string expected = std::string(kTidyHeader) + rows_of(spec, 1);
  EXPECT_NE(expected.find("\"with, \"\"comma\"\"\",1,,loss,"), std::string::npos);
  EXPECT_EQ(measure({folder / "mine.json"}).out, expected);
  EXPECT_EQ(measure({"-"}, stack_json(spec)).out, expected);
}

TEST(Measure, ATextOfAnyBytesIsTheInput) {
  const TemporaryFolder folder;
  const std::string text("\x00\xFF not UTF-8 \x80", 14);
  write_file(folder / "text", text);
  StackSpec spec = pre_ln_stack();
  spec.input.text = text;
  const std::string expected = std::string(kTidyHeader) + rows_of(spec, 1);
  EXPECT_EQ(measure({"pre-ln", "--text", folder / "text"}).out, expected);
  EXPECT_EQ(measure({"pre-ln", "--text", "-"}, text).out, expected);
  EXPECT_NE(measure({"pre-ln"}).out, expected);
}

TEST(Measure, OverflowIsAFindingAndNotAnError) {
  const std::string table =
      measure({"pre-ln", "--set", "num_layers=1000", "--set", "sublayers.attention.norm=none", "--set",
               "sublayers.ffn.norm=none", "--set", "final_norm=false"})
          .out;
  EXPECT_NE(table.find(",nan\n"), std::string::npos);
}

TEST(Measure, WritesTheSameTableToAFile) {
  const TemporaryFolder folder;
  write_file(folder / "table.csv", "old");
  EXPECT_EQ(measure({"--output", folder / "table.csv"}).out, "");
  EXPECT_EQ(read_file(folder / "table.csv", 1 << 20), measure({}).out);
  EXPECT_EQ(folder.count(), 1);
}

TEST(Measure, InterruptedItLeavesTheOldFileAndNoPart) {
  for (int signal : {SIGINT, SIGTERM}) {
    const TemporaryFolder folder;
    const std::string table = folder / "table.csv";
    write_file(table, "old");
    test::Process process(GRADFLOW_CLI,
                          {"measure", "--set", "num_layers=200", "--seeds", "100000", "--output", table});
    for (int i = 0; i < 1000 && folder.count() < 2; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_EQ(folder.count(), 2);  // it has begun to write
    process.signal(signal);
    const Outcome outcome = process.finish();
    EXPECT_EQ(outcome.exit_code, 130);
    EXPECT_EQ(outcome.err, "gradflow-cli: interrupted; no file was written\n");
    EXPECT_EQ(folder.count(), 1);
    EXPECT_EQ(read_file(table, 100), "old");
  }
}

TEST(Measure, InterruptedWhileItWaitsForInputItEnds) {
  test::Process process(GRADFLOW_CLI, {"measure", "-"});
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  process.signal(SIGINT);
  EXPECT_EQ(process.finish().exit_code, 128 + SIGINT);
}

TEST(Measure, OnATerminalItSaysHowFarItIsAndWipesTheLine) {
  const std::string said = test::said_on_terminal(
      GRADFLOW_CLI, {"measure", "--set", "num_layers=100", "--seeds", "100000", "--output", "/dev/null"});
  EXPECT_NE(said.find("measuring Pre-LN, seed "), std::string::npos) << said;
  EXPECT_NE(said.find(" of 200000, 1 s)"), std::string::npos) << said;
  EXPECT_NE(said.find("\r\x1b[Kgradflow-cli: interrupted"), std::string::npos) << said;
}

}  // namespace
}  // namespace gradflow
