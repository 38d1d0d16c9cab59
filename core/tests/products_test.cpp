// The products that a pass runs on, and the bare ones that it is timed beside.
#include "core/analysis/products.h"

#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

#include "core/model/build.h"
#include "core/ops/product.h"

namespace gradflow {
namespace {

/// Shapes on both sides of every kernel's blocks, and blocks of wider matrices, as heads and w_qkv are.
TEST(Product, IsTheTextbooksInFloatAndDouble) {
  double worst = 0;
  for (const Index m : {1, 3, 16, 64, 65}) {
    for (const Index k : {1, 7, 16, 64, 257}) {
      for (const Index n : {1, 5, 16, 64, 193}) {
        const Matrix<double> a = Matrix<double>::Random(m, k);
        const Matrix<double> b = Matrix<double>::Random(k, n);
        const Matrix<double> exact = a * b;
        const Matrix<float> af = a.cast<float>();
        const Matrix<float> bf = b.cast<float>();
        const Matrix<float> at = af.transpose();
        const Matrix<float> bt = bf.transpose();
        Matrix<float> wide = Matrix<float>::Zero(m, n + 9);
        Matrix<float> plain(m, n);
        Matrix<float> added = Matrix<float>::Ones(m, n);
        multiply<float>(af, bf, wide.middleCols(4, n));
        multiply_by_transposed<float>(af, bt, plain);
        add_transposed_times<float>(at, bf, added);
        const double size = std::sqrt(static_cast<double>(k));
        const auto off = [&](const auto& got) {
          return (got.template cast<double>() - exact).cwiseAbs().maxCoeff() / size;
        };
        worst =
            std::max({worst, off(wide.middleCols(4, n)), off(plain), off((added.array() - 1.0F).matrix())});
        EXPECT_EQ(wide.leftCols(4).norm() + wide.rightCols(5).norm(), 0) << "writes beside its place";
      }
    }
  }
  EXPECT_LT(worst, 1e-5) << float_product_kernels();
}

/// What a build of OpenBLAS without locks gets wrong, about once in ten thousand products.
TEST(Product, OfThreadsSideBySideIsTheOneOfOneThread) {
  constexpr int kThreads = 4, kProducts = 20000;
  const Matrix<float> a = Matrix<float>::Random(64, 256);
  const Matrix<float> b = Matrix<float>::Random(256, 64);
  Matrix<float> alone(64, 64);
  multiply<float>(a, b, alone);
  std::array<int, kThreads> wrong{};
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&] {
      const Matrix<float> own_a = a, own_b = b;
      Matrix<float> product(64, 64);
      for (int i = 0; i < kProducts; ++i) {
        multiply<float>(own_a, own_b, product);
        count += product == alone ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : wrong)
    EXPECT_EQ(count, 0) << "of " << kProducts << " with " << float_product_kernels();
}

TEST(Products, CountTheOperationsOfAPass) {
  StackSpec spec;
  spec.num_layers = 1;
  const double n = 64;
  const double d = 64;
  // forward and backward are three products each; scores and context are two products forward, four backward
  const double linear = 6 * n * (3 * d * d + d * d + 2 * d * spec.d_ff + d * spec.vocab_size);
  EXPECT_DOUBLE_EQ(product_flops(spec), linear + 12 * n * d * spec.sequence_length);
  StackSpec gated = spec;
  gated.activation = Activation::swiglu;
  EXPECT_DOUBLE_EQ(product_flops(gated) - product_flops(spec), 6 * n * d * spec.d_ff);
}

TEST(Products, HoldWhatTheySay) {
  StackSpec spec;
  spec.sublayers.cross_attention.emplace();
  EXPECT_GT(product_bytes(spec, sizeof(float)), 4.0 * 12 * (8 * 64 * 64 + 2 * 64 * 256));
  Products<float> products(spec);
  products.run();
  products.run();
}

TEST(RepeatedPass, StopsOnRequest) {
  RepeatedPass<float> pass(pre_ln_stack());
  std::stop_source stop;
  EXPECT_TRUE(pass.run(stop.get_token()));
  stop.request_stop();
  EXPECT_FALSE(pass.run(stop.get_token()));
}

/// What a drag reuses: exactly the layers below the first difference.
TEST(SamePrefix, EndsAtTheFirstLayerThatDiffers) {
  const StackSpec spec = pre_ln_stack();
  const auto changed = [&](auto change) {
    StackSpec other = spec;
    change(other);
    return same_prefix(spec, other, 12);
  };
  EXPECT_EQ(changed([](StackSpec& s) { s.num_layers = 40; }), 12);
  EXPECT_EQ(changed([](StackSpec& s) { s.final_norm = false; }), 12);
  EXPECT_EQ(changed([](StackSpec& s) { s.name = "other"; }), 12);
  EXPECT_EQ(changed([](StackSpec& s) { s.overrides = {Override{{7}, {}, {}, {{}, false}}}; }), 7);
  EXPECT_EQ(changed([](StackSpec& s) { s.sublayers.ffn.residual = false; }), 0);
  EXPECT_EQ(changed([](StackSpec& s) { s.seed = 2; }), 0);
  EXPECT_EQ(changed([](StackSpec& s) { s.input.text = "x"; }), 0);
  EXPECT_EQ(changed([](StackSpec& s) { s.norm.kind = NormKind::rms_norm; }), 0);
  StackSpec gpt2 = spec;
  gpt2.init.residual_output = ResidualOutput::gpt2;
  StackSpec deeper = gpt2;
  deeper.num_layers = 13;
  EXPECT_EQ(same_prefix(gpt2, deeper, 12), 0) << "its weights depend on the depth";
}

}  // namespace
}  // namespace gradflow
