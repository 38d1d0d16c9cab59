// The commands of gradflow-cli, in the order of the overview.
#pragma once

#include <span>

#include "app/cli/command.h"

namespace gradflow::cli {

std::span<const Command> commands();

}  // namespace gradflow::cli
