#include "app/cli/weights_option.h"

#include <utility>

#include "core/model/build.h"
#include "core/spec/validate.h"

namespace gradflow::cli {
void add_weights(CLI::App& options, std::string& weights) {
  options
      .add_option("--weights", weights,
                  "Take the weights, and if it has them tokens, targets and memory, from a safetensors file "
                  "(default: the stack's own initial weights and input)")
      ->type_name("FILE");
}

StackSpec load_stack_for(const StackOptions& chosen, const std::string& weights) {
  if (weights.empty()) return load_stacks(chosen).front();
  const auto check = [&](const StackSpec& spec) { validate_beside_weights(spec, chosen.memory_limit); };
  return load_stacks(chosen, check).front();
}

template <class T>
std::optional<Model<T>> load_model_for(const StackSpec& spec, const std::string& weights, std::size_t limit,
                                       const std::stop_token& stop) {
  if (!weights.empty()) return load_model<T>(spec, weights, limit, stop);
  std::optional<Stack<T>> stack = build_stack<T>(spec, stop);
  if (!stack) return std::nullopt;
  return Model<T>{std::move(*stack), build_batch<T>(spec)};
}

template std::optional<Model<float>> load_model_for(const StackSpec&, const std::string&, std::size_t,
                                                    const std::stop_token&);
template std::optional<Model<double>> load_model_for(const StackSpec&, const std::string&, std::size_t,
                                                     const std::stop_token&);

}  // namespace gradflow::cli
