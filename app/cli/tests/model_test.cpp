// gradflow-cli weights, gradients, check and depth-law: files that fit together, and exit statuses.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "app/cli/tests/process.h"
#include "core/analysis/depth_law.h"
#include "core/io/file.h"
#include "core/io/stack_file.h"
#include "core/io/tests/temporary_folder.h"
#include "core/io/tidy.h"

namespace gradflow {
namespace {

using test::Outcome;
using test::TemporaryFolder;

constexpr std::size_t kLimit = std::size_t{1} << 28U;
const std::vector<std::string> kSmall{"--set", "num_layers=2", "--set", "d_model=16", "--set", "d_ff=24"};

Outcome cli(std::vector<std::string> arguments, const std::vector<std::string>& more = {}) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return test::run_program(GRADFLOW_CLI, arguments);
}

void expect_fine(const Outcome& outcome) {
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
}

void expect_refused(const Outcome& outcome, const std::string& what) {
  EXPECT_EQ(outcome.exit_code, 2) << what;
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find(what), std::string::npos) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
}

TEST(Gradients, OfTheWeightsFileAreThoseOfTheStackItself) {
  for (const char* precision : {"f32", "f64"}) {
    const TemporaryFolder folder;
    const std::vector<std::string> more{"--precision", precision, "--output"};
    const auto run = [&](std::vector<std::string> words, const std::string& output) {
      words.insert(words.end(), kSmall.begin(), kSmall.end());
      words.insert(words.end(), more.begin(), more.end());
      expect_fine(cli(words, {folder / output}));
    };
    run({"weights", "post-ln"}, "weights");
    run({"gradients", "post-ln"}, "own");
    run({"gradients", "post-ln", "--weights", folder / "weights"}, "read");
    run({"gradients", "post-ln", "--set", "seed=2", "--weights", folder / "weights"}, "other seed");
    const std::string own = read_file(folder / "own", kLimit);
    EXPECT_GT(own.size(), 10000U);
    EXPECT_EQ(own, read_file(folder / "read", kLimit));
    EXPECT_EQ(own, read_file(folder / "other seed", kLimit));
    run({"gradients", "post-ln", "--set", "seed=2"}, "own");
    EXPECT_NE(own, read_file(folder / "own", kLimit));
  }
}

TEST(Weights, OfTheSameStackAreTheSameBytesAlsoOnStandardOutput) {
  const TemporaryFolder folder;
  expect_fine(cli({"weights", "pre-ln", "--output", folder / "w"}, kSmall));
  EXPECT_EQ(cli({"weights", "pre-ln", "--output", "-"}, kSmall).out, read_file(folder / "w", kLimit));
}

TEST(Weights, OfADeepStackNeverLieInMemoryAsAWhole) {
#ifdef GRADFLOW_ADDRESS_SANITIZER
  constexpr long kMaxKib = 150L * 1024;  // shadow memory and red zones; measured 93 MB
  // By default the sanitizer keeps 256 MB of what was freed, to see it used again.
  ::setenv("ASAN_OPTIONS", "quarantine_size_mb=0", 1);
#else
  constexpr long kMaxKib = 60L * 1024;  // measured 18 MB
#endif
  const Outcome deep = cli({"weights", "pre-ln", "--set", "num_layers=1000", "--output", "/dev/null"});
  expect_fine(deep);
  EXPECT_LT(deep.peak_kib, kMaxKib) << "the file has 200 MB";
}

TEST(ModelCommands, RefuseWrongUse) {
  const TemporaryFolder folder;
  expect_refused(cli({"weights", "pre-ln"}), "--output");
  expect_refused(cli({"weights", "--output", folder / "w"}), "STACK");
  expect_refused(cli({"weights", "pre-ln", "--precision", "f16", "--output", folder / "w"}),
                 "--precision is f16; allowed is f32 or f64");
  expect_refused(cli({"gradients", "pre-ln", "--weights", folder / "no", "--output", folder / "g"}),
                 "No such file");
  expect_fine(cli({"weights", "pre-ln", "--output", folder / "w"}, kSmall));
  expect_refused(cli({"gradients", "pre-ln", "--weights", folder / "w", "--output", folder / "g"}),
                 "has shape");
  expect_refused(cli({"gradients", "pre-ln", "--weights", folder / "w", "--output", folder / "w"}, kSmall),
                 "is also an input");
  EXPECT_EQ(folder.count(), 1);
}

TEST(ModelCommands, RefuseWhatKeptGradientsMakeTooLarge) {
  const std::vector<std::string> stack{"pre-ln", "--set", "num_layers=96", "--memory-limit", "0.09"};
  const auto with = [&](const std::vector<std::string>& words) { return cli(words, stack); };
  const Outcome measured = with({"measure", "--output", "/dev/null"});
  expect_fine(measured);
  expect_refused(with({"gradients", "--precision", "f64", "--output", "/dev/null"}),
                 "GiB of memory; the limit is 0.09");
  expect_refused(with({"check"}), "GiB of memory; the limit is 0.09");
}

TEST(Check, PrintsATableAndTheSameTwice) {
  const Outcome outcome = cli({"check", "post-ln"}, kSmall);
  expect_fine(outcome);
  for (const char* row :
       {"gradient ffn.w_1", "gradient of the loss", "Lemma 3", "y = post(skip t + b)", "float"}) {
    EXPECT_NE(outcome.out.find(row), std::string::npos) << row;
  }
  EXPECT_EQ(outcome.out.find("FAILED"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out, cli({"check", "post-ln"}, kSmall).out);
}

TEST(Check, OfNumbersThatAreNotFiniteIsStatusOneAndASentence) {
  const Outcome outcome =
      cli({"check", "pre-ln", "--set", "sublayers.attention.norm=none", "--set", "sublayers.ffn.norm=none",
           "--set", "init.gain=1e6", "--set", "final_norm=false", "--set", "init.embedding_std=1e6"},
          kSmall);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_NE(outcome.err.find("is not finite"), std::string::npos) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
}

TEST(DepthLaw, PrintsWhatTheCoreMeasuresAndTheExponentsWithoutASeed) {
  StackSpec spec = pre_ln_stack();
  set_value(spec, "d_model=16");
  set_value(spec, "d_ff=24");
  std::string expected(kTidyHeader);
  std::vector<StackReport> reports;
  for (spec.seed = 1; spec.seed <= 2; ++spec.seed) {
    reports.push_back(*depth_law({spec, all_depths(9)}));
    expected += tidy_rows(reports.back(), spec.seed);
  }
  const Outcome outcome = cli({"depth-law", "pre-ln", "--max-depth", "9", "--seeds", "2"}, kSmall);
  expect_fine(outcome);
  EXPECT_EQ(outcome.out.substr(0, expected.size()), expected);
  const std::string rest = outcome.out.substr(std::min(expected.size(), outcome.out.size()));
  EXPECT_NE(rest.find("Pre-LN,,,exponent/top/grad_norm/ffn.w_1,-0."), std::string::npos) << rest;
  EXPECT_NE(rest.find("Pre-LN,,,exponent_se/bottom/grad_norm/ffn.w_1,0."), std::string::npos);
  EXPECT_EQ(outcome.out, cli({"depth-law", "pre-ln", "--max-depth", "9", "--seeds", "2"}, kSmall).out);
}

TEST(DepthLaw, RefusesWrongUse) {
  expect_refused(cli({"depth-law", "--max-depth", "0"}),
                 "--max-depth is 0; allowed is a whole number from 1 to 4096");
  expect_refused(cli({"depth-law", "--max-depth", "4096", "--memory-limit", "0.5"}),
                 "GiB of memory; the limit is 0.5");
  expect_refused(cli({"depth-law", "--seeds", "2", "--set", "seed=18446744073709551615"}),
                 "the last seed can be");
}

}  // namespace
}  // namespace gradflow
