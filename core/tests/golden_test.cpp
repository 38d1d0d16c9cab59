// PyTorch agrees: every tensor and every table quantity of the stacks in core/tests/golden, which
// reference.py there computed with torch's autograd in float64 from the documentation of the formats alone.
#include <gtest/gtest.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>

#include "core/analysis/measure.h"
#include "core/io/model_file.h"
#include "core/io/stack_file.h"
#include "core/model/build.h"
#include "core/model/parameters.h"

namespace gradflow {
namespace {

const std::filesystem::path kFolder = GRADFLOW_GOLDEN_FOLDER;
constexpr std::string_view kWeightNorm = "weight_norm/";
constexpr std::size_t kLimit = std::size_t{1} << 24U;

std::vector<std::string> golden_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

template <class T>
struct Golden {
  StackSpec spec;
  Stack<T> stack;
  Batch<T> batch;
};

template <class T>
Golden<T> load(const std::string& name) {
  Golden<T> golden;
  golden.spec = read_stack_file(kFolder / (name + ".json"));
  golden.stack = build_stack<T>(golden.spec);
  golden.batch = build_batch<T>(golden.spec);
  read_weights(read_tensor_file(kFolder / (name + ".weights.safetensors"), kLimit), golden.spec, golden.stack,
               golden.batch);
  return golden;
}

/// Every tensor of a gradients file by name, widened.
std::map<std::string, Matrix<double>> tensors_of(const TensorFile& file) {
  std::map<std::string, Matrix<double>> tensors;
  for (const TensorEntry& entry : file.entries()) {
    Matrix<double>& x = tensors[entry.name];
    x.resize(1, static_cast<Index>(entry.size()));
    entry.read(std::span<double>(x.data(), entry.size()));
  }
  return tensors;
}

/// Writes our gradients file and reads it back: names, shapes and bytes are tested with the numbers.
template <class T>
std::map<std::string, Matrix<double>> our_tensors(Golden<T>& golden, const std::string& name) {
  StackTape<T> tape;
  StackWork<T> work;
  Stack<T> gradient = golden.stack;
  set_zero(gradient);
  std::vector<Matrix<T>> dstream;
  const double loss = forward(golden.stack, golden.batch, tape);
  backward(golden.stack, golden.batch, tape, gradient, work, &dstream);
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) /
                                     (name + (sizeof(T) == 4 ? ".f32" : ".f64") + ".gradients.safetensors");
  write_gradients<T>(path, golden.spec, {loss, &gradient, &tape, &dstream});
  auto tensors = tensors_of(read_tensor_file(path, kLimit));
  std::filesystem::remove(path);
  return tensors;
}

/// A gradient that theory makes exactly zero (the keys' bias under softmax) is round-off on both sides, so an
/// error counts relative to the tensor's norm or to this share of the largest gradient, whichever is more.
constexpr double kFloor = 1e-3;

template <class T>
void expect_agreement(const std::string& name, double tolerance) {
  Golden<T> golden = load<T>(name);
  const auto expected = tensors_of(read_tensor_file(kFolder / (name + ".gradients.safetensors"), kLimit));
  const auto ours = our_tensors(golden, name);
  double largest = 0;
  for (const auto& [tensor, x] : expected) {
    if (tensor.starts_with("grad.")) largest = std::max(largest, x.norm());
  }
  ASSERT_EQ(expected.size(), ours.size());
  for (const auto& [tensor, x] : expected) {
    ASSERT_TRUE(ours.contains(tensor)) << tensor;
    const Matrix<double>& y = ours.at(tensor);
    ASSERT_EQ(x.size(), y.size()) << tensor;
    EXPECT_LT((x - y).norm(), tolerance * std::max(x.norm(), kFloor * largest))
        << tensor << " of norm " << x.norm();
  }
}

class Goldens : public ::testing::TestWithParam<std::string> {};

TEST_P(Goldens, AgreeInDouble) { expect_agreement<double>(GetParam(), 1e-9); }
TEST_P(Goldens, AgreeInFloat) { expect_agreement<float>(GetParam(), 2e-4); }

/// Rows "stack,seed,layer,quantity,value"; neither a layer nor a quantity holds a comma, and the name is one.
std::map<std::pair<std::string, std::string>, double> table_of(const std::filesystem::path& path) {
  std::map<std::pair<std::string, std::string>, double> table;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::size_t value = line.rfind(',');
    const std::size_t quantity = line.rfind(',', value - 1);
    const std::size_t layer = line.rfind(',', quantity - 1);
    double number = 0;
    std::from_chars(line.data() + value + 1, line.data() + line.size(), number);
    table[{line.substr(layer + 1, quantity - layer - 1), line.substr(quantity + 1, value - quantity - 1)}] =
        number;
  }
  return table;
}

TEST_P(Goldens, AgreeInEveryQuantityOfTheTable) {
  Golden<double> golden = load<double>(GetParam());
  const auto expected = table_of(kFolder / (GetParam() + ".csv"));
  PassBuffers<double> buffers;
  Recorder recorder;
  ASSERT_TRUE(measure(golden.stack, golden.spec.num_layers, golden.batch, buffers, {}, recorder));
  const StackReport report = recorder.take();
  std::map<std::string, double> weights;
  visit(golden.stack, [&](const std::string& name, View<double> view) { weights[name] = view.norm(); });
  std::size_t compared = 0;
  for (const auto& [key, value] : expected) {
    const auto& [layer, quantity] = key;
    if (quantity.starts_with(
            kWeightNorm)) {  // the report's come from the stack's own weights, these from a file
      const std::string prefix = layer.empty() ? "" : "layers." + layer + ".";
      EXPECT_NEAR(weights.at(prefix + quantity.substr(kWeightNorm.size())), value, 1e-12 * value) << quantity;
      continue;
    }
    const Series* series = report.find(quantity);
    const std::optional<double> ours = layer.empty()       ? report.scalar(quantity)
                                       : series == nullptr ? std::nullopt
                                                           : series->at(std::stoi(layer));
    ASSERT_TRUE(ours.has_value()) << quantity << " of layer " << layer;
    const double slack = quantity.ends_with(".b_k") ? 1e-12 : 0;
    EXPECT_NEAR(*ours, value, 1e-9 * std::abs(value) + slack) << quantity << " of layer " << layer;
    ++compared;
  }
  std::size_t ours = report.scalars.size();
  for (const Series& series : report.series) ours += series.values.size();
  EXPECT_EQ(compared, ours) << "the table has every quantity that the report has";
}

INSTANTIATE_TEST_SUITE_P(Torch, Goldens, ::testing::ValuesIn(golden_names()), [](const auto& row) {
  std::string name = row.param;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
});

TEST(GoldenFolder, HoldsAtLeastThirtyStacks) { EXPECT_GE(golden_names().size(), 30U); }

}  // namespace
}  // namespace gradflow
