// gradflow-cli depth-law: the gradients at the top and the bottom of stacks of every depth, and their
// exponents.
#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

Action declare_depth_law(CLI::App& options);

}  // namespace gradflow::cli
