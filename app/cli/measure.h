// gradflow-cli measure: one pass a stack and seed, as a tidy table.
#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

Action declare_measure(CLI::App& options);

}  // namespace gradflow::cli
