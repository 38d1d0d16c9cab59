#include "app/cli/run.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "core/io/input_error.h"
#include "core/io/nearest.h"
#include "core/spec/validate.h"

namespace gradflow::cli {
namespace {

constexpr const char* kProgram = "gradflow-cli";

ExitCode complain(const std::string& sentence, ExitCode code = ExitCode::wrong_use) {
  std::fprintf(stderr, "%s: %s\n", kProgram, sentence.c_str());
  return code;
}

ExitCode print(const std::string& text) {
  const bool written = std::fputs(text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
  return written ? ExitCode::fine : complain("standard output cannot be written");
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  return names;
}

std::string list_of_commands() {
  std::string list;
  for (const std::string& name : command_names()) list += (list.empty() ? "" : ", ") + name;
  return "commands are " + list;
}

/// CLI11 would say that the word was not expected; this says which was meant.
void check_command(int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  const std::string word = argv[1];
  const std::vector<std::string> names = command_names();
  if (std::find(names.begin(), names.end(), word) != names.end()) return;
  const std::string meant(nearest(word, names));
  throw InputError("there is no command " + word + "; " +
                   (meant.empty() ? list_of_commands() : "did you mean " + meant + "?"));
}

ExitCode parse_and_run(int argc, const char* const* argv) {
  CLI::App app("Measures how gradients flow through transformer stacks.", kProgram);
  app.set_version_flag("--version", std::string(kProgram) + " " + GRADFLOW_VERSION);
  app.footer(std::string(kProgram) + " COMMAND --help explains a command and gives an example.");
  Action chosen;
  for (const Command& command : commands()) {
    CLI::App* options = app.add_subcommand(std::string(command.name), std::string(command.summary));
    const Action action = command.declare(*options);
    options->callback([&chosen, action] { chosen = action; });
  }
  try {
    check_command(argc, argv);
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return print(app.help());
  } catch (const CLI::CallForVersion& version) {
    return print(std::string(version.what()) + "\n");
  } catch (const CLI::ParseError& error) {
    return complain(std::string(error.what()) + "; --help lists what is allowed");
  }
  if (!chosen) throw InputError("a command is missing; " + list_of_commands());
  return chosen();
}

}  // namespace

int run(int argc, const char* const* argv) {
  ExitCode code = ExitCode::fine;
  try {
    code = parse_and_run(argc, argv);
    if (code == ExitCode::interrupted) complain("interrupted; no file was written");
  } catch (const Interrupted& interrupted) {
    code = complain(interrupted.what(), ExitCode::interrupted);
  } catch (const InputError& error) {
    code = complain(error.what());
  } catch (const InvalidSpec& error) {
    code = complain(error.what());
  } catch (const std::bad_alloc&) {
    code = complain("out of memory; smaller stacks need less");
  } catch (const std::exception& error) {
    code = complain(std::string("an error that should not have happened: ") + error.what());
  }
  return static_cast<int>(code);
}

}  // namespace gradflow::cli
