// One sub-layer of a block as code: the wiring equation with its norms and its residual.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/spec/code.h"
#include "core/spec/code_template.h"

namespace gradflow {

/// What is to be written. `fill` is code_fill() of the stack.
struct SublayerToWrite {
  CodeLanguage language;
  SublayerKind kind;
  const StackSpec& stack;
  const SublayerSpec& wiring;
  const TemplateFill& fill;
};

/// "x = x + attention(layer_norm(x, attn.norm_pre), attn)": statements that take x through the sub-layer, as
/// few as the columns allow.
std::vector<std::string> sublayer_statements(const SublayerToWrite& sublayer);

/// The statements that make the sub-layer and its norms; none in a language where nothing has to be made.
std::vector<std::string> sublayer_parts(const SublayerToWrite& sublayer);

/// What stands before a statement of a block.
std::string_view block_indent(CodeLanguage language);

}  // namespace gradflow
