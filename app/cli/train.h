// gradflow-cli train
#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

Action declare_train(CLI::App& options);

}  // namespace gradflow::cli
