// gradflow-cli bench: how long a stack's pass takes on this machine, beside its bare matrix products.
#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

Action declare_bench(CLI::App& options);

}  // namespace gradflow::cli
