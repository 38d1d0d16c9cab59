// gradflow-cli gradients: one exact forward and backward pass, every tensor of it in a safetensors file.
#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

Action declare_gradients(CLI::App& options);

}  // namespace gradflow::cli
