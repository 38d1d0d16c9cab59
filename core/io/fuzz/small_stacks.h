// The stacks whose weights the tensor target reads: between them every kind of tensor that a file can hold.
#pragma once

#include <array>

#include "core/spec/stack.h"

namespace gradflow::fuzz {

inline StackSpec plain_stack() {
  StackSpec spec;
  spec.num_layers = 1;
  spec.d_model = 2;
  spec.num_heads = 1;
  spec.d_ff = 2;
  spec.vocab_size = 3;
  spec.sequence_length = 2;
  spec.batch_size = 1;
  spec.input.kind = InputKind::random;
  return spec;
}

inline StackSpec rich_stack() {
  StackSpec spec = plain_stack();
  spec.activation = Activation::swiglu;
  spec.norm.kind = NormKind::rms_norm;
  spec.qk_norm = QkNorm::full;
  spec.embedding_norm = true;
  spec.tied_embedding = true;
  spec.positions = Positions::none;
  spec.bias = false;
  spec.sublayers.cross_attention = SublayerSpec{{Site::pre, Site::branch}, true};
  return spec;
}

inline std::array<StackSpec, 2> small_stacks() { return {plain_stack(), rich_stack()}; }

}  // namespace gradflow::fuzz
