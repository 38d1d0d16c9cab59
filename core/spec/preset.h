// A published model as a stack that runs live: its wiring, norm, activation, positions and initial weights at
// its real depth, but a width of some ten columns; what the model really was stands beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/spec/stack.h"

namespace gradflow {

/// What a paper or a release says. A size that its source does not give is empty.
struct PresetFacts {
  std::string model;  // "GPT-2 (1.5B)"
  int year = 0;
  std::optional<int> num_layers, d_model, num_heads, d_ff;  // of the real model; d_ff of one matrix
  std::string source;                                       // paper or release, and the table
  std::vector<std::string> left_out;  // what the stack does not show or does otherwise, a sentence each
  friend bool operator==(const PresetFacts&, const PresetFacts&) = default;
};

struct Preset {
  PresetFacts facts;
  StackSpec stack;
  friend bool operator==(const Preset&, const Preset&) = default;
};

}  // namespace gradflow
