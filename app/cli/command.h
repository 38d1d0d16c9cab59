// What a command of gradflow-cli is. Adding one is a file beside this and a row in commands.cpp.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string_view>

namespace gradflow::cli {

enum class ExitCode : unsigned char {
  fine = 0,
  check_failed = 1,
  wrong_use = 2,      // or wrong input, or an output that cannot be written
  interrupted = 130,  // 128 + SIGINT, as shells have it
};

/// Runs a command whose options have been parsed. Throws InputError or InvalidSpec.
using Action = std::function<ExitCode()>;

struct Command {
  std::string_view name;
  std::string_view summary;  // one line of the overview
  /// Puts the command's options on its own parser and returns what is to run once they are parsed.
  Action (*declare)(CLI::App& options);
};

}  // namespace gradflow::cli
