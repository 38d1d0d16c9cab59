// Whole stacks: every option's gradients against differences, and what the initial weights promise.
#include "core/model/stack.h"

#include <gtest/gtest.h>

#include "core/tests/gradients.h"

namespace gradflow {
namespace {

using testing::expect_exact_gradients;
using testing::small_stack;

TEST(Stack, GradientsAreExactForEveryPositionKind) {
  for (const auto& positions : kNames<Positions>) {
    SCOPED_TRACE(positions.key);
    StackSpec spec = small_stack();
    spec.positions = positions.value;
    expect_exact_gradients(spec);
  }
}

TEST(Stack, GradientsAreExactForEveryActivation) {
  for (const auto& activation : kNames<Activation>) {
    SCOPED_TRACE(activation.key);
    StackSpec spec = small_stack();
    spec.activation = activation.value;
    expect_exact_gradients(spec);
  }
}

TEST(Stack, GradientsAreExactForEveryQkNormWithAndWithoutRotary) {
  for (const auto& qk_norm : kNames<QkNorm>) {
    for (const Positions positions : {Positions::none, Positions::rotary}) {
      SCOPED_TRACE(qk_norm.key);
      StackSpec spec = small_stack();
      spec.qk_norm = qk_norm.value;
      spec.positions = positions;
      expect_exact_gradients(spec);
    }
  }
}

TEST(Stack, GradientsAreExactWithCrossAttention) {
  StackSpec spec = small_stack();
  spec.sublayers.cross_attention = SublayerSpec{{Site::post}, true};
  expect_exact_gradients(spec);
  spec.positions = Positions::rotary;
  spec.qk_norm = QkNorm::head;
  expect_exact_gradients(spec);
}

TEST(Stack, GradientsAreExactWithTiedAndNormedEmbeddingAndNoBias) {
  StackSpec spec = small_stack();
  spec.tied_embedding = true;
  spec.embedding_norm = true;
  spec.bias = false;
  expect_exact_gradients(spec);
}

TEST(Stack, GradientsAreExactWithoutFinalNormAndWithoutMask) {
  StackSpec spec = small_stack();
  spec.final_norm = false;
  spec.causal = false;
  expect_exact_gradients(spec);
}

TEST(Stack, GradientsAreExactWithOverrides) {
  StackSpec spec = small_stack();
  spec.num_layers = 3;
  Override post_in_the_middle{{1}, {}, {}, {}};
  post_in_the_middle.ffn.norm = SiteSet{Site::post};
  post_in_the_middle.attention.residual = false;
  spec.overrides = {post_in_the_middle};
  expect_exact_gradients(spec);
}

TEST(Stack, GradientsAreExactForTextOfRealBytes) {
  StackSpec spec = small_stack();
  spec.vocab_size = 256;
  spec.input.kind = InputKind::text;
  expect_exact_gradients(spec);
}

TEST(Stack, TheStreamGradientIsExact) {
  const StackSpec spec = small_stack();
  const Stack<double> stack = build_stack<double>(spec);
  Batch<double> batch = build_batch<double>(spec);
  StackTape<double> tape;
  StackWork<double> work;
  Stack<double> grad = stack;
  std::vector<Matrix<double>> dstream;
  forward(stack, batch, tape);
  backward(stack, batch, tape, grad, work, &dstream);
  ASSERT_EQ(dstream.size(), 3U);
  const auto from_layer_1 = [&] {
    forward_layer(stack.layers[1], batch, 1, tape);
    return forward_head(stack.ends, batch, 2, tape);
  };
  const GradientCheck check =
      check_gradient("stream.1", tape.layers[0].ffn.y, dstream[1], from_layer_1, {30, 1});
  EXPECT_LT(check.relative_error, testing::kTolerance);
}

TEST(InitialWeights, OfALayerDoNotDependOnDepthOrWiring) {
  const StackSpec shallow = small_stack();
  StackSpec deep = shallow;
  deep.num_layers = 9;
  deep.sublayers.ffn.norm = {Site::post};
  deep.norm.kind = NormKind::rms_norm;
  const Stack<float> a = build_stack<float>(shallow);
  const Stack<float> b = build_stack<float>(deep);
  EXPECT_EQ(a.layers[1].ffn.function.input.w, b.layers[1].ffn.function.input.w);
  EXPECT_EQ(a.layers[1].attention.function.qkv.w, b.layers[1].attention.function.qkv.w);
  EXPECT_EQ(a.ends.embedding.token, b.ends.embedding.token);
  EXPECT_NE(a.layers[0].ffn.function.input.w, a.layers[1].ffn.function.input.w);
}

TEST(InitialWeights, AreTheSameInFloatAndDouble) {
  const Stack<float> a = build_stack<float>(small_stack());
  const Stack<double> b = build_stack<double>(small_stack());
  EXPECT_EQ(a.layers[0].attention.function.output.w.cast<double>(), b.layers[0].attention.function.output.w);
}

TEST(InitialWeights, OfClonedLayersAreLayerZeros) {
  StackSpec spec = small_stack();
  spec.init.clone_layers = true;
  const Stack<float> stack = build_stack<float>(spec);
  EXPECT_EQ(stack.layers[0].ffn.function.output.w, stack.layers[1].ffn.function.output.w);
}

/// The sample's standard deviation of one tensor of a wide layer over the one that the scheme names.
double std_ratio(const StackSpec& spec, const std::string& tensor, double expected) {
  Layer<float> layer = build_layer<float>(spec, 1);
  double ratio = -1;
  visit(layer, [&](const std::string& name, View<float> view) {
    if (name != tensor) return;
    ratio = std::sqrt(squared_norm(view) / static_cast<double>(view.size())) / expected;
    EXPECT_NEAR(static_cast<double>(view.mean()), 0,
                4 * expected / std::sqrt(static_cast<double>(view.size())));
  });
  return ratio;
}

TEST(InitialWeights, HaveTheStandardDeviationsOfTheirScheme) {
  StackSpec spec;
  spec.d_model = 128;
  spec.d_ff = 512;
  spec.num_layers = 8;
  const auto expect = [&](InitScheme scheme, const std::string& tensor, double expected) {
    spec.init.scheme = scheme;
    EXPECT_NEAR(std_ratio(spec, tensor, expected), 1, 0.03) << key_of(scheme) << " " << tensor;
  };
  expect(InitScheme::xavier_normal, "attention.w_q", std::sqrt(2.0 / 256));
  expect(InitScheme::xavier_normal, "ffn.w_1", std::sqrt(2.0 / 640));
  expect(InitScheme::xavier_uniform, "ffn.w_2", std::sqrt(2.0 / 640));
  expect(InitScheme::normal_002, "ffn.w_1", 0.02);
  expect(InitScheme::small_init, "attention.w_o", std::sqrt(2.0 / 640));
  expect(InitScheme::small_init, "ffn.w_1", std::sqrt(2.0 / 640));
  expect(InitScheme::lecun_normal, "ffn.w_2", 1 / std::sqrt(512.0));
  spec.init.gain = 3;
  expect(InitScheme::normal_002, "ffn.w_1", 0.06);
  spec.init.gain = 1;
  spec.init.residual_output = ResidualOutput::gpt2;
  expect(InitScheme::normal_002, "ffn.w_2", 0.02 / 4);
  expect(InitScheme::normal_002, "ffn.w_1", 0.02);
  spec.init.residual_output = ResidualOutput::deepnorm;
  const double beta = std::pow(64.0, -0.25);
  expect(InitScheme::normal_002, "attention.w_v", 0.02 * beta);
  expect(InitScheme::normal_002, "attention.w_o", 0.02 * beta);
  expect(InitScheme::normal_002, "ffn.w_1", 0.02 * beta);
  expect(InitScheme::normal_002, "attention.w_q", 0.02);
  expect(InitScheme::normal_002, "attention.w_k", 0.02);
}

TEST(Input, TextBecomesWindowsOfBytesThatWrapAround) {
  StackSpec spec;
  spec.sequence_length = 4;
  spec.batch_size = 2;
  spec.input.text = "abc\xff\xe2";
  const Batch<float> batch = build_batch<float>(spec);
  EXPECT_EQ(batch.tokens, (std::vector<int>{'a', 'b', 'c', 0xff, 0xe2, 'a', 'b', 'c'}));
  EXPECT_EQ(batch.targets, (std::vector<int>{'b', 'c', 0xff, 0xe2, 'a', 'b', 'c', 0xff}));
}

TEST(Input, MemoryTokensAreAsAlikeAsMemoryCosineSays) {
  StackSpec spec;
  spec.d_model = 512;
  spec.sublayers.cross_attention.emplace();
  const Batch<double> batch = build_batch<double>(spec);
  const double cosine = batch.memory.row(0).dot(batch.memory.row(1)) /
                        (batch.memory.row(0).norm() * batch.memory.row(1).norm());
  EXPECT_NEAR(cosine, 0.9, 0.03);
}

}  // namespace
}  // namespace gradflow
