// The walk of one token against the model's own sub-layer around a function that writes what it is given,
// forwards and back, for every set of sites; its way back against differences.
#include "core/analysis/token_walk.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/model/sublayer.h"
#include "core/spec/names.h"
#include "core/tests/gradients.h"

namespace gradflow {

/// Writes what it is given, whatever comes in.
struct GivenBranch {
  struct Tape {
    Matrix<double> input;
  };
  struct Work {};
  Matrix<double> written;
};

void forward(const GivenBranch& op, const Matrix<double>& x, GivenBranch::Tape& tape, Matrix<double>& y) {
  tape.input = x;
  y = op.written;
}
void backward(const GivenBranch&, const GivenBranch::Tape& tape, const Matrix<double>&, GivenBranch&,
              Matrix<double>& dx, GivenBranch::Work&) {
  dx = Matrix<double>::Zero(tape.input.rows(), tape.input.cols());
}

namespace {

using Given = Sublayer<double, GivenBranch>;

Matrix<double> matrix_of(const std::vector<double>& values) {
  return Eigen::Map<const Matrix<double>>(values.data(), 1, static_cast<Index>(values.size()));
}

Given given_sublayer(const StackSpec& stack, const SublayerSpec& wiring, const std::vector<double>& written) {
  Given op;
  const auto width = static_cast<Index>(written.size());
  for (const Site site : kSites) {
    if (!wiring.norm.contains(site)) continue;
    op.at(site) = Norm<double>{stack.norm.kind, stack.norm.epsilon, Row<double>::Ones(width), {}};
  }
  op.skip = wiring.residual ? stack.residual_scale.at(stack.num_layers) : 0;
  op.function.written = matrix_of(written);
  return op;
}

void expect_row(const TokenWalk& walk, const std::string& key, const Matrix<double>& expected) {
  const TokenRow* row = find_row(walk, key);
  ASSERT_NE(row, nullptr) << key;
  EXPECT_LT((matrix_of(row->values) - expected).norm(), 1e-12 * (1 + expected.norm())) << key;
}

/// The model's sub-layers one after the other, with the walk's rows held against each of their wires.
void expect_as_the_model(const StackSpec& stack, const TokenVectors& vectors) {
  const TokenWalk walk = token_walk(stack, vectors);
  std::vector<std::string> keys{"x"};
  std::vector<Given> ops;
  std::vector<SublayerTape<double, GivenBranch>> tapes;
  std::vector<Matrix<double>> between{matrix_of(vectors.x)};
  for (const SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* wiring = stack.sublayers.find(kind);
    if (wiring == nullptr) continue;
    ops.push_back(given_sublayer(stack, *wiring, vectors.written(kind)));
    SublayerTape<double, GivenBranch>& tape = tapes.emplace_back();
    forward(ops.back(), between.back(), tape);
    const std::string name = std::string(key_of(kind)) + ".";
    if (ops.back().at(Site::entry)) expect_row(walk, name + "trunk", tape.trunk);
    expect_row(walk, name + "input", tape.function.input);
    expect_row(walk, name + "written", ops.back().function.written);
    EXPECT_NEAR(find_row(walk, name + "branch")->length(), std::sqrt(tape.branch_square), 1e-12);
    expect_row(walk, name + "y", tape.y);
    between.push_back(tape.y);
    keys.push_back(name + "y");
  }
  expect_row(walk, "y", between.back());
  Matrix<double> gradient = matrix_of(vectors.gradient);
  expect_row(walk, "gradient.y", gradient);
  for (std::size_t i = ops.size(); i-- > 0;) {
    Given grad = ops[i];
    SublayerWork<double, GivenBranch> work;
    backward(ops[i], tapes[i], gradient, grad, work);
    gradient = work.dx;
    expect_row(walk, "gradient." + keys[i], gradient);
  }
}

/// The derivative of g . y along one component of x, from both sides.
double difference(const StackSpec& stack, TokenVectors vectors, std::size_t i) {
  constexpr double kStep = 1e-5;
  const auto loss = [&](double step) {
    TokenVectors moved = vectors;
    moved.x[i] += step;
    const TokenRow y = *find_row(token_walk(stack, moved), "y");
    double product = 0;
    for (std::size_t j = 0; j < y.values.size(); ++j) product += vectors.gradient[j] * y.values[j];
    return product;
  };
  return (loss(kStep) - loss(-kStep)) / (2 * kStep);
}

void expect_as_by_differences(const StackSpec& stack, const TokenVectors& vectors) {
  const std::vector<double> exact = find_row(token_walk(stack, vectors), "gradient.x")->values;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    EXPECT_NEAR(exact[i], difference(stack, vectors, i), 1e-7) << "component " << i;
  }
}

TokenVectors five_numbers() {
  return {.x = {1.5, -2, 0.25, 3, 0.5},
          .attention = {0.5, 1, -1, 2, 0.25},
          .cross_attention = {-1, 0.5, 0.75, 1, 2},
          .ffn = {2, -0.5, 1, 0.25, -1},
          .gradient = {1, -0.5, 2, 0.25, -1.5}};
}

class EveryWiring : public ::testing::TestWithParam<std::tuple<NamedWiring, NormKind>> {
 protected:
  static StackSpec stack_of(bool residual) {
    const auto& [wiring, kind] = GetParam();
    StackSpec stack;
    stack.norm.kind = kind;
    stack.residual_scale.rule = wiring.skip;
    const SublayerSpec sublayer{wiring.norm, residual};
    stack.sublayers = {sublayer, sublayer, sublayer};
    return stack;
  }
};

TEST_P(EveryWiring, IsWalkedAsTheModelRunsIt) {
  for (const bool residual : {true, false}) {
    SCOPED_TRACE(residual ? "residual on" : "residual off");
    StackSpec stack = stack_of(residual);
    expect_as_the_model(stack, five_numbers());
    expect_as_the_model(stack, TokenVectors());
    stack.sublayers.cross_attention.reset();
    expect_as_the_model(stack, five_numbers());
  }
}

TEST_P(EveryWiring, LeadsTheGradientDownAsDifferencesDo) {
  for (const bool residual : {true, false}) {
    SCOPED_TRACE(residual ? "residual on" : "residual off");
    expect_as_by_differences(stack_of(residual), five_numbers());
    const TokenWalk walk = token_walk(stack_of(residual), five_numbers());
    EXPECT_EQ(walk.backward.back().length() > 0, residual) << "a cut wire brings nothing";
  }
}

INSTANTIATE_TEST_SUITE_P(TableTimesNorm, EveryWiring,
                         ::testing::Combine(::testing::ValuesIn(kWirings),
                                            ::testing::Values(NormKind::layer_norm, NormKind::rms_norm)),
                         [](const auto& row) {
                           return std::string(std::get<0>(row.param).key) + "_" +
                                  std::string(key_of(std::get<1>(row.param)));
                         });

TEST(TokenWalk, AllSixteenSetsOfSitesWithAGainAndEitherHalfCut) {
  for (int bits = 0; bits < 16; ++bits) {
    SiteSet sites;
    for (const Site site : kSites) {
      if ((bits >> static_cast<int>(site)) & 1) sites.insert(site);
    }
    for (int cut = 0; cut < 3; ++cut) {
      SCOPED_TRACE("sites " + std::to_string(bits) + ", cut " + std::to_string(cut));
      StackSpec stack;
      stack.residual_scale.value = 1.75;
      stack.sublayers.attention = {sites, cut != 1};
      stack.sublayers.ffn = {sites, cut != 2};
      expect_as_the_model(stack, five_numbers());
      expect_as_by_differences(stack, five_numbers());
    }
  }
}

TEST(TokenWalk, PreLnBringsTheGradientDownUnchangedAndPostLnWithoutItsMean) {
  const TokenVectors vectors;
  const TokenWalk pre = token_walk(pre_ln_stack(), vectors);
  const TokenWalk post = token_walk(post_ln_stack(), vectors);
  EXPECT_EQ(pre.backward.back().values, vectors.gradient);
  EXPECT_EQ(pre.share(pre.backward.back()), 1);
  const TokenRow& x = post.backward.back();
  EXPECT_NEAR(x.mean(), 0, 1e-12);
  EXPECT_LT(post.share(x), 1);
  EXPECT_GT(x.length(), 0);
  const TokenRow& y = *find_row(post, "attention.y");
  double along = 0;
  for (std::size_t i = 0; i < 3; ++i) along += x.values[i] * y.values[i];
  EXPECT_NEAR(along, 0, 1e-4) << "nothing along what the norm wrote, but for epsilon";
}

TEST(TokenWalk, ARowOfANormSaysWhatItTook) {
  const TokenWalk walk = token_walk(pre_ln_stack(), {});
  const TokenRow& input = *find_row(walk, "attention.input");
  ASSERT_TRUE(input.norm.has_value());
  EXPECT_DOUBLE_EQ(input.norm->mean, 2);
  EXPECT_NEAR(input.norm->spread, std::sqrt(14), 1e-5);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_DOUBLE_EQ(input.values[i], (TokenVectors().x[i] - input.norm->mean) / input.norm->spread);
  }
  StackSpec rms = pre_ln_stack();
  rms.norm.kind = NormKind::rms_norm;
  const TokenWalk other = token_walk(rms, {});
  EXPECT_EQ(find_row(other, "attention.input")->norm->mean, 0);
  EXPECT_NEAR(find_row(other, "attention.input")->norm->spread, std::sqrt(18), 1e-5);
  EXPECT_FALSE(find_row(walk, "attention.sum")->told) << "no norm behind it: it is y";
  EXPECT_TRUE(find_row(walk, "attention.y")->told);
  EXPECT_FALSE(find_row(walk, "attention.trunk")->told);
  EXPECT_EQ(find_row(walk, "cross_attention.y"), nullptr);
}

TEST(TokenWalk, MeanSdRmsAndLengthAreThoseOfTheVector) {
  const TokenRow row{TokenPlace::x, SublayerKind::ffn, {3, 0, -6, 7}};
  EXPECT_DOUBLE_EQ(row.mean(), 1);
  EXPECT_DOUBLE_EQ(row.sd(), std::sqrt((4 + 1 + 49 + 36) / 4.0));
  EXPECT_DOUBLE_EQ(row.rms(), std::sqrt(94 / 4.0));
  EXPECT_DOUBLE_EQ(row.length(), std::sqrt(94));
}

TEST(TokenWalk, AConstantTokenWithoutEpsilonIsNotANumberAndACutWireKeepsItOut) {
  StackSpec stack = post_ln_stack();
  stack.norm.epsilon = 0;
  stack.sublayers.attention.norm = {Site::entry};
  TokenVectors vectors;
  vectors.x = {2, 2, 2};
  EXPECT_TRUE(std::isnan(find_row(token_walk(stack, vectors), "attention.trunk")->values[0]));
  EXPECT_TRUE(std::isnan(find_row(token_walk(stack, vectors), "attention.y")->values[0]));
  stack.sublayers.attention.residual = false;
  EXPECT_EQ(find_row(token_walk(stack, vectors), "attention.y")->values, vectors.attention);
}

TEST(TokenVectors, AreRefusedWithASentence) {
  const auto problem = [](auto edit) {
    TokenVectors vectors;
    edit(&vectors);
    return token_problem(vectors, "token_");
  };
  EXPECT_EQ(problem([](TokenVectors*) {}), "");
  EXPECT_EQ(problem([](TokenVectors* v) { v->x = {1}; }), "token_x has 1 number; allowed is 2 to 6");
  EXPECT_EQ(problem([](TokenVectors* v) { v->x.resize(7); }), "token_x has 7 numbers; allowed is 2 to 6");
  EXPECT_EQ(problem([](TokenVectors* v) {
              v->ffn = {1, 2};
            }),
            "token_ffn has 2 numbers; allowed is 3, as many as token_x has");
  EXPECT_EQ(problem([](TokenVectors* v) { v->gradient[1] = -2e6; }),
            "token_gradient[1] is -2e+06; allowed is -1000000 to 1000000");
  EXPECT_NE(problem([](TokenVectors* v) { v->x[0] = std::numeric_limits<double>::quiet_NaN(); }), "");
}

TEST(TokenVectors, GrowWithZeros) {
  TokenVectors vectors;
  resize_token(4, &vectors);
  EXPECT_EQ(vectors.x, (std::vector<double>{6, 3, -3, 0}));
  EXPECT_EQ(vectors.gradient.size(), 4U);
  resize_token(2, &vectors);
  EXPECT_EQ(vectors.ffn, (std::vector<double>{2, -1}));
  EXPECT_EQ(token_problem(vectors, ""), "");
}

}  // namespace
}  // namespace gradflow
