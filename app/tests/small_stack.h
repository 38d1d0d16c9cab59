// A stack that is measured in a fraction of a millisecond.
#pragma once

#include "core/spec/stack.h"

namespace gradflow::testing {

inline StackSpec small_stack(int num_layers) {
  StackSpec spec;
  spec.num_layers = num_layers;
  spec.d_model = 16;
  spec.num_heads = 2;
  spec.d_ff = 24;
  spec.sequence_length = 6;
  spec.batch_size = 2;
  return spec;
}

}  // namespace gradflow::testing
