// The sentence below an exported figure: what was measured, so that it can be judged without the program.
#pragma once

#include <string>

#include "app/session/scene.h"

namespace gradflow {

/// Values that the stacks share are said once, others stack by stack: "12 layers", "layers A 12, B 96".
std::string caption_of(const session::Scene& scene);

}  // namespace gradflow
