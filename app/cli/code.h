// gradflow-cli code: a stack, or its block alone, as NumPy or PyTorch.
#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

Action declare_code(CLI::App& options);

}  // namespace gradflow::cli
