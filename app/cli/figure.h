// gradflow-cli figure: what the window exports, without a window.
#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

Action declare_figure(CLI::App& options);

}  // namespace gradflow::cli
