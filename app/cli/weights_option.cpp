#include "app/cli/weights_option.h"

#include <limits>

#include "core/io/model_file.h"
#include "core/model/build.h"
#include "core/spec/validate.h"

namespace gradflow::cli {
namespace {

template <class T>
Model<T> build(const StackSpec& spec) {
  return {build_stack<T>(spec), build_batch<T>(spec)};
}

}  // namespace

void add_weights(CLI::App& options, std::string& weights) {
  options
      .add_option("--weights", weights,
                  "Take the weights, and if it has them tokens, targets and memory, from a safetensors file "
                  "(default: the stack's own initial weights and input)")
      ->type_name("FILE");
}

StackSpec load_stack_for(const StackOptions& chosen, const std::string& weights) {
  if (weights.empty()) return load_stacks(chosen).front();
  const auto check = [&](const StackSpec& spec) { validate(without_input(spec), chosen.memory_limit); };
  return load_stacks(chosen, check).front();
}

template <class T>
Model<T> load_model(const StackSpec& spec, const std::string& weights, std::size_t limit) {
  if (weights.empty()) return build<T>(spec);
  const TensorFile file = read_tensor_file(weights, limit);
  const bool has_input = file.find("tokens") != nullptr && file.find("targets") != nullptr;
  if (!has_input) validate(spec, std::numeric_limits<std::size_t>::max());
  Model<T> model = build<T>(has_input ? without_input(spec) : spec);
  read_weights(file, spec, model.stack, model.batch);
  return model;
}

template Model<float> load_model(const StackSpec&, const std::string&, std::size_t);
template Model<double> load_model(const StackSpec&, const std::string&, std::size_t);

}  // namespace gradflow::cli
