// What the templates of assets/code may ask of a stack: every choice as a flag, every number as a value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/spec/code_template.h"
#include "core/spec/code_wiring.h"
#include "core/spec/stack.h"

namespace gradflow {

/// Flags such as "positions.rotary", "bias" and "alpha", values such as "d_model" and "norm".
TemplateFill code_fill(const StackSpec& spec, const std::vector<WiredLayers>& wirings);

/// The shortest digits that read back as the same number: "0.1", "1e-05".
std::string number_code(double value);

/// The name of a stack for a comment: printable ASCII, any other byte as \x and two digits; a long one is
/// cut.
std::string name_in_comment(std::string_view name);

}  // namespace gradflow
