// Residual wires that are cut: in every layer, or in some.
#pragma once

#include <string>

#include "core/analysis/verdict_evidence.h"

namespace gradflow::verdict {

/// Whether some sub-layer's residual is off in all layers, and what that did to W_Q and W_1.
bool is_residual_off(const Evidence& e);
std::string residual_off(const Evidence& e);

/// Whether a residual is off in some layers only, and what the gradient of the stream is on both sides.
bool is_residual_cut(const Evidence& e);
std::string residual_cut(const Evidence& e);

}  // namespace gradflow::verdict
