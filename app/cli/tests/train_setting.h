// What the tests of gradflow-cli train share: a small race on the command line and the same in the core.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "app/cli/tests/process.h"
#include "core/io/stack_file.h"
#include "core/io/training_table.h"
#include "core/training/trainer.h"

namespace gradflow::test {

inline const std::vector<std::string> kSmallChanges{"num_layers=2",  "d_model=16",        "d_ff=32",
                                                    "vocab_size=16", "sequence_length=8", "batch_size=2"};

inline StackSpec small_stack(StackSpec spec) {
  for (const std::string& change : kSmallChanges) set_value(spec, change);
  return spec;
}

/// The words of gradflow-cli train, with the changes that make every stack small.
inline std::vector<std::string> train_words(const std::vector<std::string>& more) {
  std::vector<std::string> words{"train"};
  for (const std::string& change : kSmallChanges) words.insert(words.end(), {"--set", change});
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

inline Outcome train(const std::vector<std::string>& more) {
  return run_program(GRADFLOW_CLI, train_words(more));
}

/// What the core says of `steps` steps of a race, in the order of the table.
template <class T = float>
std::string expected_table(const std::vector<StackSpec>& stacks, const TrainingSpec& training, int steps) {
  std::deque<Trainer<T>> trainers;
  std::vector<LaneReport> lanes;
  for (const StackSpec& stack : stacks) {
    trainers.emplace_back(stack, training);
    lanes.push_back({.stack = stack, .training = training});
  }
  std::string table(kTrainingHeader);
  for (int step = 1; step <= steps; ++step) {
    for (std::size_t i = 0; i < stacks.size(); ++i) {
      if (trainers[i].finished()) continue;
      trainers[i].step();
      lanes[i].breakdown = trainers[i].breakdown();
      lanes[i].first_move = trainers[i].first_move();
      table += training_rows(lanes[i], trainers[i].report());
    }
  }
  return table;
}

/// Wrong use or input: status 2, nothing on standard output, one line on standard error that says `what`.
inline void expect_refused(const Outcome& outcome, const std::string& what) {
  EXPECT_EQ(outcome.exit_code, 2) << what;
  EXPECT_EQ(outcome.out, "") << what;
  EXPECT_TRUE(outcome.err.starts_with("gradflow-cli: ")) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_NE(outcome.err.find(what), std::string::npos) << outcome.err;
}

}  // namespace gradflow::test
