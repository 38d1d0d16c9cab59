// Every operation's backward pass against differences, of its input and of its parameters. The loss of an
// operation is sum(y * c) with a fixed random c: a plain sum would be blind behind a norm, whose outputs sum
// to a constant.
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>

#include <array>
#include <cmath>
#include <limits>

#include "core/ops/cross_entropy.h"
#include "core/ops/small_product.h"
#include "core/tests/gradients.h"

namespace gradflow {
namespace {

using testing::kTolerance;
using testing::random_matrix;

void expect_gradient(const std::string& name, View<double> x, const Matrix<double>& gradient,
                     const std::function<double()>& loss) {
  const GradientCheck check = check_gradient(name, x, gradient, loss, {1000, 1});
  EXPECT_LT(check.relative_error, kTolerance) << name << " of norm " << check.gradient_norm;
}

TEST(Linear, GradientsAreExact) {
  Matrix<double> x = random_matrix("x", 5, 4);
  const Matrix<double> c = random_matrix("c", 5, 3);
  Linear<double> op{random_matrix("w", 4, 3), random_matrix("b", 1, 3).row(0)};
  Matrix<double> y(5, 3);
  const auto loss = [&] {
    forward(op, x, y);
    return y.cwiseProduct(c).sum();
  };
  loss();
  Linear<double> grad{Matrix<double>::Zero(4, 3), Row<double>::Zero(3)};
  Matrix<double> dx(5, 4);
  backward(op, x, c, grad, dx);
  expect_gradient("x", x, dx, loss);
  expect_gradient("w", op.w, grad.w, loss);
  expect_gradient("b", op.b, grad.b, loss);
}

class NormGradients : public ::testing::TestWithParam<std::tuple<NormKind, Index>> {};

TEST_P(NormGradients, AreExact) {
  const auto [kind, groups] = GetParam();
  const Index width = 12 / groups;
  Matrix<double> x = random_matrix("x", 4, 12);
  const Matrix<double> c = random_matrix("c", 4, 12);
  Norm<double> op{kind, 1e-3, Row<double>::Ones(width) + 0.3 * random_matrix("w", 1, width).row(0), {}};
  if (kind == NormKind::layer_norm) op.bias = random_matrix("b", 1, width).row(0);
  NormTape<double> tape;
  Matrix<double> y(4, 12);
  const auto loss = [&] {
    forward(op, x, tape, y);
    return y.cwiseProduct(c).sum();
  };
  loss();
  Norm<double> grad = op;
  grad.weight.setZero();
  grad.bias.setZero();
  Matrix<double> dx(4, 12);
  backward(op, tape, c, grad, dx);
  expect_gradient("x", x, dx, loss);
  expect_gradient("weight", op.weight, grad.weight, loss);
  if (kind == NormKind::layer_norm) expect_gradient("bias", op.bias, grad.bias, loss);
}

INSTANTIATE_TEST_SUITE_P(KindsAndGroups, NormGradients,
                         ::testing::Combine(::testing::Values(NormKind::layer_norm, NormKind::rms_norm),
                                            ::testing::Values(Index{1}, Index{3})));

TEST(Norm, WorksInPlace) {
  const Matrix<double> x = random_matrix("x", 3, 8);
  const Matrix<double> dy = random_matrix("dy", 3, 8);
  const Norm<double> op{NormKind::layer_norm, 1e-5, random_matrix("w", 1, 8).row(0),
                        random_matrix("b", 1, 8).row(0)};
  NormTape<double> tape;
  Matrix<double> y(3, 8);
  Matrix<double> in_place = x;
  forward(op, x, tape, y);
  forward(op, in_place, tape, in_place);
  EXPECT_EQ(y, in_place);
  Norm<double> grad = op;
  Norm<double> grad_in_place = op;
  Matrix<double> dx(3, 8);
  Matrix<double> d_in_place = dy;
  backward(op, tape, dy, grad, dx);
  backward(op, tape, d_in_place, grad_in_place, d_in_place);
  EXPECT_EQ(dx, d_in_place);
  EXPECT_EQ(grad.weight, grad_in_place.weight);
}

/// physics.md F3, Xiong et al. 2020, Lemma 3: with y = x - mean and eps = 0,
/// J = (sqrt(d) / |y|) (I - y y^T / |y|^2) (I - 1 1^T / d), and its spectral norm is sqrt(d) / |y|.
TEST(Norm, LayerNormsJacobianIsTheClosedForm) {
  const Index d = 16;
  const Matrix<double> x = random_matrix("x", 1, d, 3.0);
  const Norm<double> op{NormKind::layer_norm, 0.0, Row<double>::Ones(d), Row<double>::Zero(d)};
  NormTape<double> tape;
  Matrix<double> y(1, d);
  forward(op, x, tape, y);
  Matrix<double> measured(d, d);  // row i: the gradient of output i
  for (Index i = 0; i < d; ++i) {
    Norm<double> grad = op;
    Matrix<double> dx(1, d);
    backward(op, tape, Matrix<double>::Identity(d, d).row(i).eval(), grad, dx);
    measured.row(i) = dx;
  }
  const Column<double> centred = (x.array() - x.mean()).matrix().transpose();
  const Matrix<double> identity = Matrix<double>::Identity(d, d);
  const double scale = std::sqrt(static_cast<double>(d)) / centred.norm();
  const Matrix<double> closed = scale * (identity - centred * centred.transpose() / centred.squaredNorm()) *
                                (identity - Matrix<double>::Constant(d, d, 1.0 / d));
  EXPECT_LT((measured - closed).norm(), 1e-13 * closed.norm());
  EXPECT_NEAR(measured.operatorNorm(), scale, 1e-12);
}

class ActivationGradients : public ::testing::TestWithParam<Activation> {};

TEST_P(ActivationGradients, AreExact) {
  const Activation op = GetParam();
  const Index f = 7;
  Matrix<double> u = random_matrix("u", 4, is_gated(op) ? 2 * f : f, 2.0);
  const Matrix<double> c = random_matrix("c", 4, f);
  Matrix<double> y;
  const auto loss = [&] {
    forward(op, u, y);
    return y.cwiseProduct(c).sum();
  };
  loss();
  Matrix<double> du;
  backward(op, u, y, c, du);
  expect_gradient(std::string(key_of(op)), u, du, loss);
}

INSTANTIATE_TEST_SUITE_P(All, ActivationGradients,
                         ::testing::Values(Activation::relu, Activation::gelu, Activation::gelu_tanh,
                                           Activation::silu, Activation::swiglu, Activation::geglu),
                         [](const auto& row) { return std::string(key_of(row.param)); });

TEST(Activation, HasItsTextbookValues) {
  const Matrix<double> u = Matrix<double>::Constant(1, 1, 1.5);
  Matrix<double> y;
  const auto value = [&](Activation op) {
    forward(op, u, y);
    return y(0, 0);
  };
  EXPECT_DOUBLE_EQ(value(Activation::relu), 1.5);
  EXPECT_NEAR(value(Activation::gelu), 1.5 * 0.5 * std::erfc(-1.5 / std::sqrt(2.0)), 1e-15);
  EXPECT_NEAR(value(Activation::gelu_tanh), 1.3995715769802328, 1e-12);
  EXPECT_NEAR(value(Activation::silu), 1.5 / (1 + std::exp(-1.5)), 1e-15);
}

TEST(Activation, KeepsNanInsteadOfHidingIt) {
  Matrix<float> u(1, 2);
  u << std::numeric_limits<float>::quiet_NaN(), -1;
  Matrix<float> y;
  forward(Activation::relu, u, y);
  EXPECT_TRUE(std::isnan(y(0, 0)));
  EXPECT_EQ(y(0, 1), 0);
}

TEST(Rotary, GradientsAreExactAndLengthsKept) {
  const Rotary<double> op = make_rotary<double>(5, 4);
  Matrix<double> x = random_matrix("x", 10, 8);
  const Matrix<double> c = random_matrix("c", 10, 8);
  const auto rotated = [&] {
    Matrix<double> y = x;
    forward(op, y);
    return y;
  };
  Matrix<double> dx = c;
  backward(op, dx);
  expect_gradient("x", x, dx, [&] { return rotated().cwiseProduct(c).sum(); });
  EXPECT_NEAR(rotated().norm(), x.norm(), 1e-12);
  EXPECT_EQ(rotated().row(0), x.row(0)) << "place 0 does not turn";
}

struct Heads {
  Index sequence, width;
  Mask mask;
};
class DotProductGradients : public ::testing::TestWithParam<Heads> {};

TEST_P(DotProductGradients, AreExact) {
  const Index sequence = GetParam().sequence;
  const Index width = GetParam().width;
  const DotProduct op{2, sequence, GetParam().mask};
  Matrix<double> qkv = random_matrix("qkv", 2 * sequence, 6 * width);
  const Matrix<double> c = random_matrix("c", 2 * sequence, 2 * width);
  DotProductTape<double> tape;
  Matrix<double> context;
  const auto loss = [&] {
    forward(op, qkv, tape, context);
    return context.cwiseProduct(c).sum();
  };
  loss();
  Matrix<double> dqkv;
  DotProductWork<double> work;
  backward(op, qkv, tape, c, dqkv, work);
  expect_gradient("qkv", qkv, dqkv, loss);
}

// Heads that small_product() takes, in part or whole, and such that it leaves to others.
INSTANTIATE_TEST_SUITE_P(Shapes, DotProductGradients,
                         ::testing::Values(Heads{5, 4, Mask::none}, Heads{5, 4, Mask::causal},
                                           Heads{16, 16, Mask::causal}, Heads{16, 4, Mask::none},
                                           Heads{5, 16, Mask::none}));

template <class T>
Matrix<T> numbers(std::string_view name, Index rows, Index columns) {
  return random_matrix(name, rows, columns).cast<T>();
}

template <class T>
void expect_small_products(Index rows, Index inner, Index columns, double tolerance) {
  ASSERT_TRUE(is_small(rows, inner, columns));
  // Operands as heads have them: blocks of a wider matrix.
  const Matrix<T> wide = numbers<T>("a", rows, inner + 3);
  const Matrix<T> a = wide.middleCols(2, inner);
  const Matrix<T> b = numbers<T>("b", inner, columns);
  const Matrix<T> expected = a.lazyProduct(b);
  Matrix<T> result = Matrix<T>::Constant(rows + 1, columns + 5, 7);
  Matrix<T> flipped;
  const auto check = [&](const char* which) {
    EXPECT_LT((result.block(1, 2, rows, columns) - expected).norm(), tolerance * expected.norm()) << which;
    EXPECT_TRUE((result.row(0).array() == 7).all() && (result.rightCols(3).array() == 7).all())
        << which << " writes beside the result";
    result.setConstant(7);
  };
  multiply_small<T>(wide.middleCols(2, inner), b, result.block(1, 2, rows, columns));
  check("a b");
  const Matrix<T> a_flipped = a.transpose();
  multiply_transposed_small<T>(a_flipped, b, result.block(1, 2, rows, columns));
  check("a^T b");
  const Matrix<T> b_flipped = b.transpose();
  multiply_by_transposed_small<T>(a, b_flipped, flipped, result.block(1, 2, rows, columns));
  check("a b^T");
}

TEST(SmallProduct, IsTheProduct) {
  for (const auto& [rows, inner, columns] :
       {std::array<Index, 3>{16, 16, 16}, {1, 1, 16}, {7, 5, 32}, {64, 64, 64}, {9, 16, 48}}) {
    expect_small_products<float>(rows, inner, columns, 1e-6);
    expect_small_products<double>(rows, inner, columns, 1e-14);
  }
  EXPECT_FALSE(is_small(16, 16, 15)) << "a part of a tile";
  EXPECT_FALSE(is_small(16, 128, 16)) << "pays no more";
}

TEST(DotProduct, CausalTokensDoNotSeeWhatComesAfter) {
  const DotProduct op{2, 5, Mask::causal};
  Matrix<double> qkv = random_matrix("qkv", 5, 24);
  DotProductTape<double> tape;
  Matrix<double> before;
  Matrix<double> after;
  forward(op, qkv, tape, before);
  qkv.row(4).setRandom();
  forward(op, qkv, tape, after);
  EXPECT_EQ(before.topRows(4), after.topRows(4));
  EXPECT_NE(before.row(4), after.row(4));
}

TEST(SquaredNorm, HoldsOverTheWholeRangeOfFloats) {
  for (const double value : {1.2e-38, 1e-30, 1e-12, 1.0, 1e12, 1e20, 3e38}) {
    const Matrix<float> x = Matrix<float>::Constant(100, 100, static_cast<float>(value));
    // A register of four floats adds a thousand numbers a lane.
    EXPECT_NEAR(std::sqrt(squared_norm(x)) / (100 * value), 1, 5e-6) << value;
  }
  Matrix<float> mixed = Matrix<float>::Constant(100, 100, 1e-25F);
  mixed.row(99).setConstant(1e18F);
  EXPECT_NEAR(std::sqrt(squared_norm(mixed)) / 1e19, 1, 5e-6);
  EXPECT_EQ(squared_norm(Matrix<float>::Zero(70, 70)), 0);
  constexpr float kInf = std::numeric_limits<float>::infinity();
  EXPECT_EQ(squared_norm(Matrix<float>::Constant(3, 3, -kInf)), kInf);
  EXPECT_TRUE(std::isnan(squared_norm(Matrix<float>::Constant(3, 3, std::nanf("")))));
}

TEST(Embedding, GradientsAreExact) {
  const std::vector<int> tokens{3, 1, 3, 0, 2, 3};
  Embedding<double> op{random_matrix("token", 5, 4), random_matrix("position", 3, 4), {}};
  const Matrix<double> c = random_matrix("c", 6, 4);
  Matrix<double> y;
  const auto loss = [&] {
    forward(op, tokens, y);
    return y.cwiseProduct(c).sum();
  };
  Embedding<double> grad{Matrix<double>::Zero(5, 4), Matrix<double>::Zero(3, 4), {}};
  backward(op, tokens, c, grad);
  expect_gradient("token", op.token, grad.token, loss);
  expect_gradient("position", op.position, grad.position, loss);
}

TEST(CrossEntropy, GradientIsExactAndLossOfEqualLogitsIsLnV) {
  const std::vector<int> targets{2, 0, 4};
  Matrix<double> logits = random_matrix("logits", 3, 5);
  Matrix<double> p;
  const auto loss = [&] { return forward_cross_entropy(logits, targets, p); };
  loss();
  Matrix<double> dlogits = p;
  backward_cross_entropy(targets, dlogits);
  expect_gradient("logits", logits, dlogits, loss);
  logits.setConstant(7);
  EXPECT_NEAR(loss(), std::log(5.0), 1e-14);
}

}  // namespace
}  // namespace gradflow
