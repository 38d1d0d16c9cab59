// A stack as a JSON file, by name, and changed by "key=value".
//
// The keys are the fields of StackSpec; every one is optional and has its default. Strings are UTF-8, as JSON
// is. A name or text whose bytes are not (an input text may be any bytes) is written as an object,
//   "text": {"base64": "3q2+7w=="}        standard alphabet, padded (RFC 4648, section 4)
// so that nothing is lost and nothing is guessed. The gain that `residual_scale: "deepnorm"` leaves unused is
// not written. All functions throw InputError.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/input_error.h"
#include "core/spec/stack.h"

namespace gradflow {

inline constexpr std::size_t kMaxStackFileBytes = std::size_t{4} << 20U;

/// Throws InvalidSpec for a stack that will not do. An empty one stands for validate(), but for the memory
/// limit, which is the user's to set.
using CheckStack = std::function<void(const StackSpec&)>;

/// A stack from the text of a stack file. `name` is what sentences call the file.
StackSpec parse_stack(std::string_view json, std::string_view name, const CheckStack& check = {});

/// The same from a file; "-" is standard input.
StackSpec read_stack_file(const std::filesystem::path& path, const CheckStack& check = {});

/// A stack file: every key, in the order of the documentation, numbers shortest; read back, it is the same
/// stack. Only a number that is not finite cannot be written.
std::string stack_json(const StackSpec& spec);

/// Writes it, whole or not at all; "-" is standard output.
void write_stack_file(const StackSpec& spec, const std::filesystem::path& path);

/// The stacks that have names: the built-in ones, then the presets.
std::vector<std::string> stack_names();

/// A stack by its name, or from a stack file. A file that has a stack's name is reached as ./NAME.
StackSpec load_stack(std::string_view name_or_path, const CheckStack& check = {});

/// Changes one value: "num_layers=48", "init.scheme=normal_0.02", "sublayers.ffn.residual=false",
/// "sublayers.attention.norm=pre,branch" (or ["pre", "branch"], or none), "sublayers.cross_attention=null".
/// Values are JSON, but choices, name and input.text are taken as they stand. On an error `spec` is
/// unchanged.
void set_value(StackSpec& spec, std::string_view key_equals_value);

}  // namespace gradflow
