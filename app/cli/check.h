// gradflow-cli check: the program proves its own numbers on a stack.
#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

Action declare_check(CLI::App& options);

}  // namespace gradflow::cli
