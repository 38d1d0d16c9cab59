// The border: a stack that passes here can be computed, one that does not is refused with a sentence.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string_view>

#include "core/spec/fields.h"
#include "core/spec/stack.h"

namespace gradflow {

/// A stack that cannot be computed. what() is one sentence: the key, what came, what is allowed.
class InvalidSpec : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Bytes that a forward and backward pass of the stack needs: weights, activations kept for the backward pass
/// and working buffers. With `keep_gradients`, every layer's gradient stays; without, one layer's buffer
/// serves all. `scalar_size` is 4 (float) or 8 (double). An upper estimate, tight to a few per cent; needs
/// valid ranges only.
double pass_bytes(const StackSpec& spec, std::size_t scalar_size, bool keep_gradients = false);

/// Bytes of the weights alone, with all four norm sites of a sub-layer counted.
double weight_bytes(const StackSpec& spec, std::size_t scalar_size);

/// Throws InvalidSpec where the number under `key` ("norm.epsilon") is out of its range; a key without a
/// range passes.
void check_range_of(const StackSpec& spec, std::string_view key);

/// Throws InvalidSpec, with both figures, where work on the stack that needs `bytes` breaks the limit
/// (bytes).
void check_memory(const StackSpec& spec, double bytes, std::size_t memory_limit);

/// Throws InvalidSpec where a range, a relation between fields or the memory limit (bytes) is broken, and
/// where init.weights names a file: nothing behind this border reads files.
void validate(const StackSpec& spec, std::size_t memory_limit = kDefaultMemoryLimit);

/// The same for a stack whose weights somebody reads from a file, which may bring its input, too:
/// init.weights and input may be anything.
void validate_beside_weights(const StackSpec& spec, std::size_t memory_limit = kDefaultMemoryLimit);

}  // namespace gradflow
