#include "app/cli/stack_options.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "core/io/file.h"
#include "core/spec/validate.h"

namespace gradflow::cli {
namespace {

constexpr double kGib = 1024.0 * 1024 * 1024;

template <class Number>
std::optional<Number> whole_text_as(const std::string& text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string names_of_stacks() {
  std::string list;
  for (const std::string& name : stack_names()) list += (list.empty() ? "" : ", ") + name;
  return list;
}

void read_memory_limit(const std::string& text, std::size_t& bytes) {
  constexpr double kMaxGib = 1 << 20;
  const auto gib = real_number(text);
  if (!gib || !(*gib > 0 && *gib <= kMaxGib)) {
    throw CLI::ValidationError("--memory-limit is " + text + "; allowed is a number of GiB above 0, up to " +
                               std::to_string(static_cast<int>(kMaxGib)));
  }
  bytes = static_cast<std::size_t>(std::ceil(*gib * kGib));
}

void change(StackSpec& spec, const StackOptions& chosen, const std::string& text) {
  if (!chosen.text.empty()) spec.input = {InputKind::text, text};
  for (const std::string& key_equals_value : chosen.changes) set_value(spec, key_equals_value);
}

/// What holds of a stack file's stack, and of the stack once it is changed.
struct Checks {
  CheckStack file, stack;
};

StackSpec load(const std::string& name, const StackOptions& chosen, const Checks& checks,
               const std::string& text) {
  StackSpec spec = load_stack(name, checks.file);
  change(spec, chosen, text);
  try {
    checks.stack(spec);
  } catch (const InvalidSpec& error) {
    throw InputError(name + ": " + error.what());
  }
  return spec;
}

void check_names(const std::vector<StackSpec>& stacks) {
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (stacks[i].name != stacks[j].name) continue;
      throw InputError(
          "two of the stacks are called \"" + stacks[i].name +
          "\", so that their rows could not be told apart; give one another \"name\" in its file");
    }
  }
}

std::vector<StackSpec> load_all(const StackOptions& chosen, const Checks& checks) {
  const std::vector<std::string> names = chosen.names();
  std::size_t from_standard_input = chosen.text == kStandardStream ? 1 : 0;
  for (const std::string& name : names) from_standard_input += name == kStandardStream ? 1 : 0;
  if (from_standard_input > 1) throw InputError("standard input, -, can be read only once");
  const std::string text = chosen.text.empty() ? "" : read_text_file(chosen.text);
  std::vector<StackSpec> stacks;
  stacks.reserve(names.size());
  for (const std::string& name : names) stacks.push_back(load(name, chosen, checks, text));
  check_names(stacks);
  return stacks;
}

/// --set, --text, --memory-limit.
void add_changes(CLI::App& options, StackOptions& chosen) {
  add_stack_changes(options, chosen);
  options
      .add_option_function<std::string>(
          "--memory-limit",
          [&chosen](const std::string& text) { read_memory_limit(text, chosen.memory_limit); },
          "Refuse stacks that need more memory (default: 4)")
      ->type_name("GIB");
}

}  // namespace

void add_stack_changes(CLI::App& options, StackOptions& chosen) {
  options
      .add_option("--set", chosen.changes,
                  "Change a value of every stack; dotted keys reach inside: sublayers.ffn.norm=pre,branch")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  options.add_option("--text", chosen.text, "Take the input from the bytes of a file (- is standard input)")
      ->type_name("FILE");
}

void add_stack_options(CLI::App& options, StackOptions& chosen) {
  options
      .add_option(
          "STACK", chosen.stacks,
          "Stack files, - for standard input, or names: " + names_of_stacks() + " (default: pre-ln post-ln)")
      ->type_name("");
  add_changes(options, chosen);
}

void add_one_stack_options(CLI::App& options, StackOptions& chosen) {
  options
      .add_option("STACK", chosen.stacks,
                  "A stack file, - for standard input, or a name: " + names_of_stacks())
      ->type_name("")
      ->expected(1)
      ->required();
  add_changes(options, chosen);
}

void add_default_stack_options(CLI::App& options, StackOptions& chosen) {
  chosen.stacks = {"pre-ln"};
  options
      .add_option(
          "STACK", chosen.stacks,
          "A stack file, - for standard input, or a name: " + names_of_stacks() + " (default: pre-ln)")
      ->type_name("")
      ->expected(1);
  add_changes(options, chosen);
}

std::vector<std::string> StackOptions::names() const {
  return stacks.empty() ? std::vector<std::string>{"pre-ln", "post-ln"} : stacks;
}

std::vector<std::string> StackOptions::inputs() const {
  std::vector<std::string> files = stacks;
  if (!text.empty()) files.push_back(text);
  return files;
}

void change_stacks(const StackOptions& chosen, std::vector<StackSpec>& stacks) {
  const std::string text = chosen.text.empty() ? "" : read_text_file(chosen.text);
  for (StackSpec& stack : stacks) change(stack, chosen, text);
}

void add_seeds(CLI::App& options, int& seeds, const std::string& help) {
  constexpr int kMaxSeeds = 100000;
  add_whole_number(options, "--seeds", seeds, 1, kMaxSeeds, help);
}

void check_seeds(const StackSpec& spec, int seeds) {
  const std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
  if (spec.seed <= last - static_cast<std::uint64_t>(seeds - 1)) return;
  throw InputError("seed is " + std::to_string(spec.seed) + " and --seeds is " + std::to_string(seeds) +
                   "; the last seed can be " + std::to_string(last));
}

std::vector<StackSpec> load_stacks(const StackOptions& chosen) {
  return load_all(chosen, {{}, [&](const StackSpec& spec) { validate(spec, chosen.memory_limit); }});
}

std::vector<StackSpec> load_stacks(const StackOptions& chosen, const CheckStack& check) {
  const auto check_file = [](const StackSpec& spec) {
    validate_beside_weights(spec, std::numeric_limits<std::size_t>::max());
  };
  return load_all(chosen, {check_file, check});
}

void check_single(const std::string& option, std::size_t stacks, int seeds) {
  if (stacks == 1 && seeds == 1) return;
  throw InputError(option + " is given with " + std::to_string(stacks) + " STACK" + (stacks == 1 ? "" : "s") +
                   " and --seeds " + std::to_string(seeds) + "; allowed is one STACK with one seed");
}

std::optional<double> real_number(const std::string& text) { return whole_text_as<double>(text); }

CLI::Option* add_whole_number(CLI::App& options, const std::string& name, int& value, int min, int max,
                              const std::string& help, const std::string& otherwise) {
  const auto read = [&value, name, min, max](const std::string& text) {
    const auto number = whole_text_as<int>(text);
    if (!number || *number < min || *number > max) {
      throw CLI::ValidationError(name + " is " + text + "; allowed is a whole number from " +
                                 std::to_string(min) + " to " + std::to_string(max));
    }
    value = *number;
  };
  return options
      .add_option_function<std::string>(
          name, read, help + " (default: " + (otherwise.empty() ? std::to_string(value) : otherwise) + ")")
      ->type_name("N");
}

}  // namespace gradflow::cli
