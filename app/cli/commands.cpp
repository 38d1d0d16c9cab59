#include "app/cli/commands.h"

#include <array>

#include "app/cli/measure.h"

namespace gradflow::cli {
namespace {

constexpr std::array kCommands{
    Command{"measure", "Measure stacks and print the tidy table", declare_measure},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace gradflow::cli
