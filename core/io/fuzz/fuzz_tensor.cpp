// Tensor files from strangers: refused with a sentence, or every number read; and what fits a small stack is
// its weights, bit for bit, and goes through a pass. A file that does not fit leaves a sentence, too.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/fuzz/require.h"
#include "core/io/fuzz/small_stacks.h"
#include "core/io/model_file.h"
#include "core/io/stack_file.h"
#include "core/model/build.h"

namespace gradflow {
namespace {

using fuzz::require;

void expect_sentence(const InputError& error) {
  const std::string_view sentence = error.what();
  require(sentence.starts_with("weights"));
  require(sentence.find('\n') == std::string_view::npos);
}

void read_every_number(const TensorFile& file) {
  for (const TensorEntry& entry : file.entries()) {
    require(file.find(entry.name) == &entry);
    std::vector<double> wide(entry.size());
    entry.read(std::span<double>(wide));
    std::vector<float> narrow(entry.size());
    entry.read(std::span<float>(narrow));
    for (std::size_t i = 0; i < wide.size(); ++i) require(std::isnan(wide[i]) == std::isnan(narrow[i]));
    if (!entry.is_integer()) continue;
    try {
      for (int token : entry.read_integers(256)) require(token >= 0 && token < 256);
    } catch (const InputError&) {
    }
  }
}

void run_with(const TensorFile& file, const StackSpec& spec) {
  Stack<float> stack = build_stack<float>(spec);
  Batch<float> batch = build_batch<float>(spec);
  read_weights(file, spec, stack, batch);
  for (int token : batch.tokens) require(token >= 0 && token < spec.vocab_size);
  for (int target : batch.targets) require(target >= -1 && target < spec.vocab_size);
  StackTape<float> tape;
  StackWork<float> work;
  Stack<float> gradient = stack;
  forward(stack, batch, tape);
  backward(stack, batch, tape, gradient, work);
}

void try_file(std::string bytes) {
  try {
    const TensorFile file(std::move(bytes), "weights");
    read_every_number(file);
    if (const auto stack = recorded_stack(file.metadata(), file.name())) {
      require(has_drawn_weights(*stack));
      require(parse_stack(stack_json(*stack), "again", [](const StackSpec&) {}) == *stack);
    }
    for (const StackSpec& spec : fuzz::small_stacks()) {
      try {
        run_with(file, spec);
      } catch (const InputError& error) {
        expect_sentence(error);
      }
    }
  } catch (const InputError& error) {
    expect_sentence(error);
  }
}

}  // namespace
}  // namespace gradflow

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gradflow::try_file({reinterpret_cast<const char*>(data), size});
  return 0;
}
