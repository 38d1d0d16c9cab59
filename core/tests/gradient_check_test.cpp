// The checker is checked: it accepts a right backward pass and refuses wrong ones.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/tests/gradients.h"

namespace gradflow {
namespace {

using testing::random_matrix;

/// loss = sum(sin(x) * c); the right gradient is cos(x) * c.
struct Example {
  Matrix<double> x = random_matrix("x", 4, 5);
  Matrix<double> c = random_matrix("c", 4, 5);
  double loss() const { return (x.array().sin() * c.array()).sum(); }
  Matrix<double> gradient() const { return x.array().cos() * c.array(); }
  double error(const Matrix<double>& claimed) {
    return check_gradient("x", x, claimed, [this] { return loss(); }, {100, 1}).relative_error;
  }
};

TEST(GradientCheck, AcceptsTheRightGradient) {
  Example example;
  EXPECT_LT(example.error(example.gradient()), 1e-9);
}

TEST(GradientCheck, LeavesTheTensorAsItWas) {
  Example example;
  const Matrix<double> before = example.x;
  example.error(example.gradient());
  EXPECT_EQ(before, example.x);
}

TEST(GradientCheck, RefusesAGradientThatIsOffByOnePerCent) {
  Example example;
  EXPECT_GT(example.error(1.01 * example.gradient()), 5e-3);
}

TEST(GradientCheck, RefusesAGradientWithOneWrongEntry) {
  Example example;
  Matrix<double> wrong = example.gradient();
  wrong(2, 3) += 0.1 * wrong.norm();
  EXPECT_GT(example.error(wrong), 5e-2);
}

TEST(GradientCheck, RefusesTheWrongSign) {
  Example example;
  EXPECT_GT(example.error(-example.gradient()), 1);
}

TEST(GradientCheck, RefusesAZeroGradientEvenOfALossThatDependsOnNothing) {
  Matrix<double> x = random_matrix("x", 2, 2);
  const GradientCheck check = check_gradient("x", x, Matrix<double>::Zero(2, 2), [] { return 1.0; });
  EXPECT_TRUE(std::isinf(check.relative_error));
}

TEST(GradientCheck, RefusesANonFiniteGradient) {
  Example example;
  Matrix<double> wrong = example.gradient();
  wrong(0, 0) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isinf(example.error(wrong)));
}

TEST(GradientCheck, SurvivesTheKinkOfRelu) {
  Matrix<double> x = Matrix<double>::Constant(1, 3, 3e-6);  // the kink lies inside the largest step
  const auto loss = [&] { return x.cwiseMax(0.0).sum(); };
  EXPECT_LT(check_gradient("x", x, Matrix<double>::Ones(1, 3), loss).relative_error, 1e-6);
}

/// LayerNorm's backward pass as it is often got wrong: the two means are forgotten.
TEST(GradientCheck, RefusesALayerNormBackwardWithoutItsMeans) {
  Matrix<double> x = random_matrix("x", 3, 6);
  const Matrix<double> c = random_matrix("c", 3, 6);
  Norm<double> norm{NormKind::layer_norm, 1e-5, Row<double>::Ones(6), Row<double>::Zero(6)};
  NormTape<double> tape;
  Matrix<double> y(3, 6);
  const auto loss = [&] {
    forward(norm, x, tape, y);
    return y.cwiseProduct(c).sum();
  };
  loss();
  const Matrix<double> wrong = tape.inverse_scale.asDiagonal() * c;
  EXPECT_GT(check_gradient("x", x, wrong, loss, {100, 1}).relative_error, 0.1);
}

}  // namespace
}  // namespace gradflow
