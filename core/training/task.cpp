#include "core/training/task.h"

#include <string>
#include <vector>

#include "core/model/random.h"
#include "core/ops/cross_entropy.h"

namespace gradflow {
namespace {

struct Place {
  std::size_t batch, sequence;
};

template <class T>
void draw_copies(const StackSpec& stack, int symbols, int step, Place size, Batch<T>& batch) {
  const std::size_t half = size.sequence / 2;
  std::vector<int> drawn(size.batch * half);
  fill_integers({stack.seed, "training.copy", step}, symbols, drawn.size(), drawn.data());
  for (std::size_t b = 0; b < size.batch; ++b) {
    for (std::size_t t = 0; t < size.sequence; ++t) {
      const std::size_t place = b * size.sequence + t;
      batch.tokens[place] = drawn[b * half + t % half];
      const bool counts = t + 1 >= half && t + 1 < size.sequence;
      batch.targets[place] = counts ? drawn[b * half + (t + 1) % half] : kNoTarget;
    }
  }
}

template <class T>
void draw_windows(const StackSpec& stack, int step, Place size, Batch<T>& batch) {
  const std::string& text = stack.input.text;
  std::vector<int> starts(size.batch);
  fill_integers({stack.seed, "training.text", step}, static_cast<int>(text.size()), starts.size(),
                starts.data());
  const auto byte = [&](std::size_t place) { return static_cast<unsigned char>(text[place % text.size()]); };
  for (std::size_t b = 0; b < size.batch; ++b) {
    for (std::size_t t = 0; t < size.sequence; ++t) {
      const std::size_t place = static_cast<std::size_t>(starts[b]) + t;
      batch.tokens[b * size.sequence + t] = byte(place);
      batch.targets[b * size.sequence + t] = byte(place + 1);
    }
  }
}

}  // namespace

template <class T>
void draw_batch(const StackSpec& stack, const TrainingSpec& training, int step, Batch<T>& batch) {
  const Place size{static_cast<std::size_t>(stack.batch_size),
                   static_cast<std::size_t>(stack.sequence_length)};
  batch.tokens.resize(size.batch * size.sequence);
  batch.targets.resize(size.batch * size.sequence);
  if (training.task == Task::copy) {
    draw_copies(stack, training.symbols, step, size, batch);
  } else {
    draw_windows(stack, step, size, batch);
  }
}

template void draw_batch(const StackSpec&, const TrainingSpec&, int, Batch<float>&);
template void draw_batch(const StackSpec&, const TrainingSpec&, int, Batch<double>&);

}  // namespace gradflow
