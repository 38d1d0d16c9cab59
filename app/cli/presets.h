// gradflow-cli presets: the named models, listed, or one as a stack file or with its facts.
#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

Action declare_presets(CLI::App& options);

}  // namespace gradflow::cli
