#include "app/cli/commands.h"

#include <array>

#include "app/cli/bench.h"
#include "app/cli/check.h"
#include "app/cli/code.h"
#include "app/cli/depth_law.h"
#include "app/cli/figure.h"
#include "app/cli/gradients.h"
#include "app/cli/lesson.h"
#include "app/cli/measure.h"
#include "app/cli/presets.h"
#include "app/cli/train.h"
#include "app/cli/weights.h"

namespace gradflow::cli {
namespace {

constexpr std::array kCommands{
    Command{"measure", "Measure stacks and print the tidy table", declare_measure},
    Command{"depth-law", "Measure how gradients depend on depth, and fit the exponents", declare_depth_law},
    Command{"train", "Train stacks side by side and print what became of every layer", declare_train},
    Command{"figure", "Draw what the window shows into an SVG, PDF or PNG file, or write its table",
            declare_figure},
    Command{"gradients", "Write every gradient of a stack as a safetensors file", declare_gradients},
    Command{"weights", "Write a stack's initial weights as a safetensors file", declare_weights},
    Command{"check", "Prove the numbers of a stack against differences and theory", declare_check},
    Command{"bench", "Time a stack's pass on this machine beside its bare matrix products", declare_bench},
    Command{"code", "Write a stack, or its block, as NumPy or PyTorch code", declare_code},
    Command{"lesson", "List the lessons of the course, check that what they say is measured, or print them",
            declare_lesson},
    Command{"presets", "List the presets of published models, or print one as a stack file", declare_presets},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace gradflow::cli
