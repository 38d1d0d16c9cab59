// gradflow-cli weights: a stack's initial weights and input as a safetensors file.
#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

Action declare_weights(CLI::App& options);

}  // namespace gradflow::cli
