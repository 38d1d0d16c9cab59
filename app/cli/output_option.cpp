#include "app/cli/output_option.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "core/io/file.h"
#include "core/io/input_error.h"

namespace gradflow::cli {
namespace {

namespace fs = std::filesystem;

/// Also of files that are yet to be. A device, such as /dev/null, can be written to twice.
bool same_file(const std::string& left, const std::string& right) {
  std::error_code ignored;
  if (fs::exists(left, ignored)) {
    return fs::is_regular_file(left, ignored) && fs::equivalent(left, right, ignored);
  }
  const auto place = [&](const std::string& path) {
    return fs::weakly_canonical(fs::absolute(path, ignored), ignored);
  };
  return place(left) == place(right);
}

}  // namespace

void add_text_output(CLI::App& options, std::string& output, const std::string& what) {
  options.add_option("--output", output, "Write the " + what + " to a file instead of standard output")
      ->type_name("FILE");
}

void add_table_output(CLI::App& options, std::string& output) { add_text_output(options, output, "table"); }

void add_tensor_output(CLI::App& options, std::string& output) {
  options.add_option("--output", output, "The safetensors file to write (- is standard output)")
      ->type_name("FILE")
      ->required();
}

void check_output(const std::string& output, std::span<const std::string> inputs, const std::string& option) {
  std::error_code ignored;
  if (!fs::is_regular_file(output, ignored)) return;
  const auto is_output = [&](const std::string& input) { return fs::equivalent(input, output, ignored); };
  if (std::none_of(inputs.begin(), inputs.end(), is_output)) return;
  throw InputError(option + " " + output + " is also an input; it would be overwritten");
}

void check_outputs(const std::string& output, const std::string& other, const std::string& other_option) {
  if (output == kStandardStream && other == kStandardStream) {
    throw InputError("--output and " + other_option +
                     " are both -, standard output; give one of them a file");
  }
  if (output == kStandardStream || other == kStandardStream || !same_file(output, other)) return;
  throw InputError("--output " + output + " and " + other_option + " " + other +
                   " are the same file; one would overwrite the other");
}

}  // namespace gradflow::cli
