// One measured pass of a model that stands: forward, backward, and every quantity of the report on the way.
#pragma once

#include <stop_token>

#include "core/analysis/recorder.h"
#include "core/model/stack.h"

namespace gradflow {

/// What a pass fills. Sized on first use; a pass of the same shape allocates nothing.
template <class T>
struct PassBuffers {
  StackTape<T> tape;
  StackWork<T> work;
  Layer<T> gradient;  // one layer's: measured, then used again for the next
  Ends<T> ends_gradient;
};

/// Measures layers 0 to num_layers - 1 of `stack`, which may hold more. False when `stop` was requested on
/// the way.
template <class T>
bool measure(const Stack<T>& stack, int num_layers, const Batch<T>& batch, PassBuffers<T>& buffers,
             const std::stop_token& stop, Recorder& recorder);

}  // namespace gradflow
