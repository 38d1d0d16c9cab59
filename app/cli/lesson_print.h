#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

/// gradflow-cli lesson print: a lesson as PDF, for whoever teaches it or to hand out.
Action declare_lesson_print(CLI::App& options);

}  // namespace gradflow::cli
