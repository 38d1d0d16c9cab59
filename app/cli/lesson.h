#pragma once

#include "app/cli/command.h"

namespace gradflow::cli {

/// gradflow-cli lesson: lists the lessons of the course, and proves that what they say is so.
Action declare_lesson(CLI::App& options);

}  // namespace gradflow::cli
