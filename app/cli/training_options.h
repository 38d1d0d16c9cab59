// The options of a TrainingSpec: how the stacks of a race are trained.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/spec/training.h"

namespace gradflow::cli {

struct TrainingOptions {
  TrainingSpec spec;

  /// An option that would do nothing unless another says so.
  struct Needs {
    const CLI::Option* option;
    std::string user;  // "--optimizer sgd"
    bool (*used)(const TrainingSpec&);
  };
  std::vector<Needs> needs;
};

/// --task, --steps, --learning-rate and all the rest. `chosen` must outlive the parsing.
void add_training_options(CLI::App& options, TrainingOptions& chosen);

/// Throws InputError for options that do not go together.
void check_training_options(const TrainingOptions& chosen);

}  // namespace gradflow::cli
