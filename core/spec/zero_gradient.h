// Weights whose gradient is zero whatever they are: what is measured there is round-off.
#pragma once

#include <string>
#include <string_view>

#include "core/spec/stack.h"

namespace gradflow {

/// Why theory makes the gradient of a layer's tensor exactly zero; empty where it does not. What is left is
/// round-off.
std::string why_zero(const StackSpec& spec, std::string_view name);

}  // namespace gradflow
