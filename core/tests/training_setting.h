// What the tests of training share: a stack that a step takes a fraction of a millisecond of, and a whole
// run.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "core/training/trainer.h"

namespace gradflow::test {

inline StackSpec tiny_stack(StackSpec spec, int num_layers = 2) {
  spec.num_layers = num_layers;
  spec.d_model = 8;
  spec.num_heads = 2;
  spec.d_ff = 12;
  spec.vocab_size = 6;
  spec.sequence_length = 4;
  spec.batch_size = 3;
  return spec;
}

inline TrainingSpec tiny_training(int steps = 20) {
  TrainingSpec training;
  training.symbols = 6;
  training.steps = steps;
  return training;
}

template <class T>
std::vector<StepReport> run(Trainer<T>& trainer) {
  std::vector<StepReport> reports;
  while (!trainer.finished()) {
    EXPECT_TRUE(trainer.step());
    reports.push_back(trainer.report());
  }
  return reports;
}

template <class T>
std::vector<StepReport> reports_of(const StackSpec& stack, const TrainingSpec& training) {
  Trainer<T> trainer(stack, training);
  return run(trainer);
}

}  // namespace gradflow::test
