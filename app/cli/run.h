// gradflow-cli from its arguments to its exit status.
#pragma once

namespace gradflow::cli {

/// Data goes to standard output; what goes wrong is one line on standard error, "gradflow-cli: sentence".
/// Returns an ExitCode (app/cli/command.h).
int run(int argc, const char* const* argv);

}  // namespace gradflow::cli
