// The sentence below an exported figure: what was measured, so that it can be judged without the program.
#pragma once

#include <string>

#include "app/session/scene.h"

namespace gradflow {

/// Values that the stacks share are said once, others stack by stack: "12 layers", "layers A 12, B 96".
std::string caption_of(const session::Scene& scene);

/// "Pre-LN"; where the name does not say how it is wired, "GPT-2, wired as Pre-LN".
std::string wired_name(const StackSpec& stack);

/// What is plotted, of which stacks and how deep they are: for a figure beside others of its kind.
std::string short_caption_of(const session::Scene& scene);

}  // namespace gradflow
