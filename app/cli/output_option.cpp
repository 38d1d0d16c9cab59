#include "app/cli/output_option.h"

#include <filesystem>
#include <system_error>

#include "core/io/input_error.h"

namespace gradflow::cli {

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

void check_output(const std::string& output, std::span<const std::string> inputs) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(output, ignored)) return;
  for (const std::string& input : inputs) {
    if (!std::filesystem::equivalent(input, output, ignored)) continue;
    throw InputError("--output " + output + " is also an input; it would be overwritten");
  }
}

}  // namespace gradflow::cli
