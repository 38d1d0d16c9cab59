// The option by which a command takes a stack's weights from a file, and with them its input.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/cli/stack_options.h"
#include "core/io/model_file.h"

namespace gradflow::cli {

/// --weights FILE.
void add_weights(CLI::App& options, std::string& weights);

/// The one stack that was asked for, valid with the weights file, if there is one: the stack's own input may
/// then be one that it could not take, such as a text where the vocabulary is smaller than bytes need.
StackSpec load_stack_for(const StackOptions& chosen, const std::string& weights);

/// The stack's own initial weights and input, or what the file has of them, which may have `limit` bytes.
/// Nothing when `stop` was requested on the way. Throws InputError, and InvalidSpec where the file has no
/// input and the stack's own cannot be used.
template <class T>
std::optional<Model<T>> load_model_for(const StackSpec& spec, const std::string& weights, std::size_t limit,
                                       const std::stop_token& stop);

}  // namespace gradflow::cli
