// The options by which every command says which stacks it is about.
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/io/stack_file.h"
#include "core/spec/fields.h"
#include "core/spec/stack.h"

namespace gradflow::cli {

struct StackOptions {
  std::vector<std::string> stacks;   // names or files
  std::vector<std::string> changes;  // KEY=VALUE, for every stack
  std::string text;                  // a file; empty: the stack's own input
  std::size_t memory_limit = kDefaultMemoryLimit;

  std::vector<std::string> names() const;   // of the stacks; the two built-in ones unless said
  std::vector<std::string> inputs() const;  // every file that is read
};

/// STACK..., --set, --text, --memory-limit. `chosen` must outlive the parsing.
void add_stack_options(CLI::App& options, StackOptions& chosen);

/// STACK, exactly one, and the same options.
void add_one_stack_options(CLI::App& options, StackOptions& chosen);

/// STACK, one or none, which is `pre-ln`, and the same options.
void add_default_stack_options(CLI::App& options, StackOptions& chosen);

/// --set, --text alone.
void add_stack_changes(CLI::App& options, StackOptions& chosen);

/// What they say, done to stacks from elsewhere. Throws InputError.
void change_stacks(const StackOptions& chosen, std::vector<StackSpec>& stacks);

/// The stacks, changed as asked and valid. Without any, the two built-in ones. Throws InputError, also for
/// two stacks of one name, whose rows could not be told apart.
std::vector<StackSpec> load_stacks(const StackOptions& chosen);

/// The same where `check` stands in place of validate(). The input may be one that the stack cannot take,
/// such as a text where the vocabulary is smaller than bytes need, and the weights may be those of a file.
std::vector<StackSpec> load_stacks(const StackOptions& chosen, const CheckStack& check);

/// --seeds N, 1 or more.
void add_seeds(CLI::App& options, int& seeds, const std::string& help);

/// Throws InputError where the last of the seeds would be beyond what a seed can be.
void check_seeds(const StackSpec& spec, int seeds);

/// Throws InputError where an option that is about one stack with one seed goes with more.
void check_single(const std::string& option, std::size_t stacks, int seeds);

/// The whole text as a number, nan and inf included.
std::optional<double> real_number(const std::string& text);

/// An option that takes a whole number from `min` to `max`. The help ends in the default, which is what
/// `value` holds unless `otherwise` says what happens without the option.
CLI::Option* add_whole_number(CLI::App& options, const std::string& name, int& value, int min, int max,
                              const std::string& help, const std::string& otherwise = "");

}  // namespace gradflow::cli
