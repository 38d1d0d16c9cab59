// The option by which a command takes a stack's weights from a file, and with them its input.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/cli/stack_options.h"
#include "core/model/stack.h"

namespace gradflow::cli {

/// --weights FILE.
void add_weights(CLI::App& options, std::string& weights);

/// The one stack that was asked for, valid with the weights file, if there is one: the stack's own input may
/// then be one that it could not take, such as a text where the vocabulary is smaller than bytes need.
StackSpec load_stack_for(const StackOptions& chosen, const std::string& weights);

template <class T>
struct Model {
  Stack<T> stack;
  Batch<T> batch;
};

/// The stack's own initial weights and input, or what the file has of them, which may have `limit` bytes.
/// Throws InputError, and InvalidSpec where the file has no input and the stack's own cannot be used.
template <class T>
Model<T> load_model(const StackSpec& spec, const std::string& weights, std::size_t limit);

}  // namespace gradflow::cli
