// write_tensor_seeds FOLDER: the weights files of small_stacks.h in float and double, and a gradients file.
#include <cstdio>
#include <string>

#include "core/io/fuzz/small_stacks.h"
#include "core/io/model_file.h"
#include "core/model/build.h"
#include "core/model/parameters.h"

namespace gradflow {
namespace {

template <class T>
void write(const StackSpec& spec, const std::string& path) {
  Stack<T> stack = build_stack<T>(spec);
  const Batch<T> batch = build_batch<T>(spec);
  write_weights<T>(path + ".weights", spec, stack, batch);
  StackTape<T> tape;
  StackWork<T> work;
  std::vector<Matrix<T>> dstream;
  Stack<T> gradient = stack;
  set_zero(gradient);
  const double loss = forward(stack, batch, tape);
  backward(stack, batch, tape, gradient, work, &dstream);
  write_gradients<T>(path + ".gradients", spec, {loss, &gradient, &tape, &dstream});
}

}  // namespace
}  // namespace gradflow

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("write_tensor_seeds FOLDER\n", stderr);
    return 2;
  }
  const std::string folder = argv[1];
  gradflow::write<float>(gradflow::fuzz::plain_stack(), folder + "/plain-f32");
  gradflow::write<double>(gradflow::fuzz::plain_stack(), folder + "/plain-f64");
  gradflow::write<float>(gradflow::fuzz::rich_stack(), folder + "/rich-f32");
  return 0;
}
