// What a stack is trained on. A batch is determined by the stack's seed and the step: every lane of a race
// that has the same seed sees the same batches.
#pragma once

#include "core/model/stack.h"
#include "core/spec/training.h"

namespace gradflow {

/// The tokens and targets of step `step`, from 1; the memory stays as it is. Of the copy task the first half
/// of a sequence is drawn and the second is the same again; a token's target is the one that follows it,
/// where that one is in the second half, else kNoTarget. Of the text a sequence is a window that starts
/// anywhere, the end being followed by the beginning.
template <class T>
void draw_batch(const StackSpec& stack, const TrainingSpec& training, int step, Batch<T>& batch);

}  // namespace gradflow
