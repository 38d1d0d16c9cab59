// A stack as Python that computes the very same numbers: what a lecture shows beside the diagram, and a
// program to check gradflow against. Both are written from the wiring (core/spec/wiring.h): a site that holds
// no norm and a residual that is cut do not appear. The text of a program is in assets/code.
#pragma once

#include <cstddef>
#include <string>

#include "core/spec/names.h"
#include "core/spec/stack.h"

namespace gradflow {

enum class CodeLanguage : std::uint8_t {
  numpy,    // the forward pass, on arrays
  pytorch,  // modules; the gradients by autograd
};

template <>
inline constexpr std::array kNames<CodeLanguage>{
    Named<CodeLanguage>{CodeLanguage::numpy, "numpy", text_key("NumPy")},
    Named<CodeLanguage>{CodeLanguage::pytorch, "pytorch", text_key("PyTorch")},
};

inline constexpr std::size_t kCodeColumns = 88;  // no line is longer

/// The layer alone: a function in NumPy, a module in PyTorch; with overrides one for each wiring that some
/// layer has, and which layer has which.
std::string block_code(const StackSpec& spec, CodeLanguage language);

/// The block of one layer, from 0.
std::string block_code(const StackSpec& spec, CodeLanguage language, int layer);

/// A program with no imports but torch and numpy: `python3 FILE WEIGHTS [RESULTS]` computes the loss on a
/// file written by write_weights() (core/io/model_file.h), in double precision, and saves under the names of
/// a gradients file the loss and the stream and, in PyTorch, every gradient, as .npz.
std::string program_code(const StackSpec& spec, CodeLanguage language);

}  // namespace gradflow
