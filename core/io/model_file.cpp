#include "core/io/model_file.h"

#include <algorithm>
#include <limits>
#include <set>
#include <type_traits>

#include "core/io/place.h"
#include "core/io/stack_file.h"
#include "core/io/text_code.h"
#include "core/model/build.h"
#include "core/model/parameters.h"
#include "core/ops/cross_entropy.h"
#include "core/spec/text.h"
#include "core/spec/validate.h"

namespace gradflow {
namespace {

constexpr std::size_t kShownBytes = 60;  // of a stranger's name in a sentence

template <class T>
constexpr Dtype kDtypeOf = std::is_same_v<T, double> ? Dtype::f64 : Dtype::f32;

/// How a parameter's shape is written: a vector has one extent.
Shape shape_of(std::string_view name, Index rows, Index cols) {
  const std::string_view leaf = name.substr(name.rfind('.') + 1);
  const bool vector = leaf == "weight" || leaf == "bias" || leaf.starts_with("b_");
  return vector ? Shape{cols} : Shape{rows, cols};
}

[[noreturn]] void refuse(const TensorFile& file, const std::string& sentence) {
  throw InputError(file.name() + ": " + sentence);
}

[[noreturn]] void refuse_shape(const TensorFile& file, const TensorEntry& entry, const Shape& needed) {
  refuse(file, tr("{0} has shape {1}; the stack needs {2}",
                  {entry.name, shape_text(entry.shape), shape_text(needed)}));
}

/// The tensor of this name and shape, with numbers that are not integers.
const TensorEntry& need(const TensorFile& file, const std::string& name, const Shape& shape) {
  const TensorEntry* entry = file.find(name);
  if (entry == nullptr) {
    refuse(file, tr("has no tensor {0}; the stack needs it as {1}", {name, shape_text(shape)}));
  }
  if (entry->shape != shape) {
    refuse_shape(file, *entry, shape);
  }
  if (entry->is_integer())
    refuse(file, tr("{0} holds integers; the stack needs F64, F32, F16 or BF16", {name}));
  return *entry;
}

template <class T>
void copy(const TensorEntry& entry, View<T> view) {
  std::vector<T> values(entry.size());
  entry.read(std::span<T>(values));
  view = Eigen::Map<const Matrix<T>>(values.data(), view.rows(), view.cols());
}

std::vector<int> integers(const TensorFile& file, const TensorEntry& entry, int bound, int min) {
  try {
    return entry.read_integers(bound, min);
  } catch (const InputError& error) {
    refuse(file, error.what());
  }
}

Shape data_shape(const StackSpec& spec) { return {spec.batch_size, spec.sequence_length}; }
Shape stream_shape(const StackSpec& spec) { return {spec.batch_size, spec.sequence_length, spec.d_model}; }

/// The integers of this name, from `min`, or `otherwise` where the file has none.
std::vector<int> read_tokens(const TensorFile& file, const StackSpec& spec, const std::string& name, int min,
                             const std::vector<int>& otherwise) {
  const TensorEntry* entry = file.find(name);
  if (entry == nullptr) return otherwise;
  if (entry->shape != data_shape(spec)) {
    refuse_shape(file, *entry, data_shape(spec));
  }
  return integers(file, *entry, spec.vocab_size, min);
}

std::vector<int> read_targets(const TensorFile& file, const StackSpec& spec,
                              const std::vector<int>& otherwise) {
  std::vector<int> targets = read_tokens(file, spec, "targets", kNoTarget, otherwise);
  if (std::all_of(targets.begin(), targets.end(), [](int target) { return target == kNoTarget; })) {
    refuse(file, tr("targets holds {0}, no target, alone; a loss needs one", {std::to_string(kNoTarget)}));
  }
  return targets;
}

/// A stack too large for a stack file is left out: with it, the header of a deep one would be more than a
/// reader takes.
TensorMetadata metadata_of(StackSpec spec) {
  spec.init.weights.clear();  // this file's are its own
  std::string json = stack_json(spec);
  if (json.size() > kMaxStackFileBytes) return {};
  return {{std::string(kStackKey), std::move(json)}};
}

template <class T>
void append(OutputFile& file, const Eigen::Ref<const Matrix<T>, 0, Eigen::OuterStride<>>& x) {
  const Matrix<T> packed = x;  // one write a tensor, not one a row
  file.append(
      {reinterpret_cast<const char*>(packed.data()), static_cast<std::size_t>(packed.size()) * sizeof(T)});
}

void append(OutputFile& file, const std::vector<int>& values) {
  static_assert(sizeof(int) == 4);
  file.append({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(int)});
}

template <class T>
std::vector<TensorHead> parameter_heads(Stack<T>& stack, const std::string& prefix) {
  std::vector<TensorHead> heads;
  visit(stack, [&](const std::string& name, View<T> view) {
    heads.push_back({prefix + name, kDtypeOf<T>, shape_of(name, view.rows(), view.cols())});
  });
  return heads;
}

template <class T>
void add_data_heads(const StackSpec& spec, const Batch<T>& batch, std::vector<TensorHead>& heads) {
  heads.push_back({"tokens", Dtype::i32, data_shape(spec)});
  heads.push_back({"targets", Dtype::i32, data_shape(spec)});
  if (batch.memory.size() > 0) heads.push_back({"memory", kDtypeOf<T>, stream_shape(spec)});
}

template <class T>
void append_data(OutputFile& file, const Batch<T>& batch) {
  append(file, batch.tokens);
  append(file, batch.targets);
  append<T>(file, batch.memory);
}

}  // namespace

std::optional<StackSpec> recorded_stack(const TensorMetadata& metadata, const std::string& file) {
  const auto json = metadata.find(kStackKey);
  if (json == metadata.end()) return std::nullopt;
  StackSpec spec =
      parse_stack(json->second, file + ": " + std::string(kStackKey), [](const StackSpec& stack) {
        validate_beside_weights(stack, std::numeric_limits<std::size_t>::max());
      });
  spec.init.weights.clear();
  return spec;
}

template <class T>
std::optional<Model<T>> load_model(const StackSpec& spec, const std::filesystem::path& weights,
                                   std::size_t limit, const std::stop_token& stop) {
  const TensorFile file = read_tensor_file(weights, limit);
  StackSpec built = spec;
  built.init.weights.clear();
  if (file.find("tokens") != nullptr && file.find("targets") != nullptr) {
    built.input = {InputKind::random, {}};
  } else {
    validate(built, std::numeric_limits<std::size_t>::max());
  }
  std::optional<Stack<T>> stack = build_stack<T>(built, stop);
  if (!stack) return std::nullopt;
  Model<T> model{std::move(*stack), build_batch<T>(built)};
  read_weights(file, built, model.stack, model.batch);
  return model;
}

template <class T>
void read_weights(const TensorFile& file, const StackSpec& spec, Stack<T>& stack, Batch<T>& batch) {
  std::set<std::string> known{"tokens", "targets"};
  visit(stack, [&](const std::string& name, View<T> view) {
    known.insert(name);
    need(file, name, shape_of(name, view.rows(), view.cols()));
  });
  if (spec.sublayers.cross_attention) known.insert("memory");
  for (const TensorEntry& entry : file.entries()) {
    if (known.contains(entry.name)) continue;
    refuse(file, tr("has the tensor {0} {1}, which the stack does not have",
                    {clipped(entry.name, kShownBytes), shape_text(entry.shape)}));
  }
  const TensorEntry* memory = file.find("memory");
  if (memory != nullptr) need(file, "memory", stream_shape(spec));
  const std::vector<int> tokens = read_tokens(file, spec, "tokens", 0, batch.tokens);
  const std::vector<int> targets = read_targets(file, spec, batch.targets);
  visit(stack, [&](const std::string& name, View<T> view) { copy<T>(*file.find(name), view); });
  if (memory != nullptr) copy<T>(*memory, batch.memory);
  batch.tokens = tokens;
  batch.targets = targets;
}

template <class T>
void write_weights(OutputFile& file, const StackSpec& spec, Stack<T>& stack, const Batch<T>& batch) {
  std::vector<TensorHead> heads = parameter_heads(stack, "");
  add_data_heads(spec, batch, heads);
  append_tensor_header(file, heads, metadata_of(spec));
  visit(stack, [&](const std::string&, View<T> view) { append<T>(file, view); });
  append_data(file, batch);
  file.commit();
}

template <class T>
void write_weights(const std::filesystem::path& path, const StackSpec& spec, Stack<T>& stack,
                   const Batch<T>& batch) {
  OutputFile file(path);
  write_weights(file, spec, stack, batch);
}

template <class T>
void write_initial_weights(const std::filesystem::path& path, const StackSpec& spec) {
  OutputFile file(path);
  const auto write = [&](const std::string&, View<T> view) { append<T>(file, view); };
  const Batch<T> batch = build_batch<T>(spec);
  Stack<T> bottom{build_ends<T>(spec), {}};
  std::vector<TensorHead> heads = parameter_heads(bottom, "");
  Layer<T> layer = build_layer<T>(spec, 0);
  for (int l = 0; l < spec.num_layers; ++l) {
    wire_layer(spec, l, layer);  // the shapes of layer l, without its numbers
    const std::string prefix = "layers." + std::to_string(l) + ".";
    visit(layer, [&](const std::string& name, View<T> view) {
      heads.push_back({prefix + name, kDtypeOf<T>, shape_of(name, view.rows(), view.cols())});
    });
  }
  add_data_heads(spec, batch, heads);
  append_tensor_header(file, heads, metadata_of(spec));
  visit(bottom, write);
  for (int l = 0; l < spec.num_layers; ++l) {
    layer = build_layer<T>(spec, l);
    visit(layer, write);
  }
  append_data(file, batch);
  file.commit();
}

template <class T>
void write_gradients(const std::filesystem::path& path, const StackSpec& spec,
                     const GradientsToWrite<T>& pass) {
  std::vector<TensorHead> heads{{"loss", kDtypeOf<T>, {1}}};
  for (TensorHead& head : parameter_heads(*pass.gradient, "grad.")) heads.push_back(std::move(head));
  const std::size_t streams = pass.dstream->size();
  for (const char* prefix : {"stream.", "grad.stream."}) {
    for (std::size_t k = 0; k < streams; ++k) {
      heads.push_back({prefix + std::to_string(k), kDtypeOf<T>, stream_shape(spec)});
    }
  }
  OutputFile file(path);
  append_tensor_header(file, heads);
  append<T>(file, Matrix<T>::Constant(1, 1, static_cast<T>(pass.loss)).eval());
  visit(*pass.gradient, [&](const std::string&, View<T> view) { append<T>(file, view); });
  for (std::size_t k = 0; k < streams; ++k) append<T>(file, stream(*pass.tape, k));
  for (const Matrix<T>& gradient : *pass.dstream) append<T>(file, gradient);
  file.commit();
}

#define GRADFLOW_INSTANTIATE(T)                                                                            \
  template std::optional<Model<T>> load_model(const StackSpec&, const std::filesystem::path&, std::size_t, \
                                              const std::stop_token&);                                     \
  template void read_weights(const TensorFile&, const StackSpec&, Stack<T>&, Batch<T>&);                   \
  template void write_weights(OutputFile&, const StackSpec&, Stack<T>&, const Batch<T>&);                  \
  template void write_weights(const std::filesystem::path&, const StackSpec&, Stack<T>&, const Batch<T>&); \
  template void write_initial_weights<T>(const std::filesystem::path&, const StackSpec&);                  \
  template void write_gradients(const std::filesystem::path&, const StackSpec&, const GradientsToWrite<T>&);
GRADFLOW_INSTANTIATE(float)
GRADFLOW_INSTANTIATE(double)
#undef GRADFLOW_INSTANTIATE

}  // namespace gradflow
