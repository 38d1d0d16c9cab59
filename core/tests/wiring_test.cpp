// The wiring equation: every row of the table against its literal formula, and every row x norm kind x
// residual against differences.
#include "core/spec/wiring.h"

#include <gtest/gtest.h>

#include <map>

#include "core/tests/gradients.h"

namespace gradflow {
namespace {

using testing::random_matrix;

/// Each named wiring as its paper writes it, for any function F and norm N.
using Function = std::function<Matrix<double>(const Matrix<double>&)>;
const std::map<std::string_view, std::function<Matrix<double>(const Matrix<double>&, const Function& f,
                                                              const Function& n, double alpha)>>
    kLiteral{
        {"none",
         [](const auto& x, const auto& f, const auto&, double) -> Matrix<double> { return x + f(x); }},
        {"pre",
         [](const auto& x, const auto& f, const auto& n, double) -> Matrix<double> { return x + f(n(x)); }},
        {"post",
         [](const auto& x, const auto& f, const auto& n, double) -> Matrix<double> { return n(x + f(x)); }},
        {"output",
         [](const auto& x, const auto& f, const auto& n, double) -> Matrix<double> { return x + n(f(x)); }},
        {"sandwich",
         [](const auto& x, const auto& f, const auto& n, double) -> Matrix<double> {
           return x + n(f(n(x)));
         }},
        {"deepnorm",
         [](const auto& x, const auto& f, const auto& n, double alpha) -> Matrix<double> {
           return n(alpha * x + f(x));
         }},
        {"entry",
         [](const auto& x, const auto& f, const auto& n, double) -> Matrix<double> {
           return n(x) + f(n(x));
         }},
    };

class NamedWirings : public ::testing::TestWithParam<std::tuple<NamedWiring, NormKind>> {};

TEST_P(NamedWirings, AreTheirLiteralFormula) {
  const NamedWiring& wiring = std::get<NamedWiring>(GetParam());
  const NormKind kind = std::get<NormKind>(GetParam());
  StackSpec spec = testing::small_stack();
  spec.norm.kind = kind;
  spec.sublayers.ffn.norm = wiring.norm;
  spec.residual_scale.rule = wiring.skip;
  const Layer<double> layer = build_layer<double>(spec, 0);
  const Matrix<double> x = random_matrix("x", 10, 8);
  const auto f = [&](const Matrix<double>& input) {
    FeedForwardTape<double> tape;
    Matrix<double> y;
    forward(layer.ffn.function, input, tape, y);
    return y;
  };
  const auto n = [&](const Matrix<double>& input) -> Matrix<double> {
    Matrix<double> y = input;
    for (Index r = 0; r < y.rows(); ++r) {
      if (kind == NormKind::layer_norm) y.row(r).array() -= y.row(r).mean();
      y.row(r) /= std::sqrt(y.row(r).squaredNorm() / 8 + spec.norm.epsilon);
    }
    return y;
  };
  SublayerTape<double, FeedForward<double>> tape;
  forward(layer.ffn, x, tape);
  const Matrix<double> expected = kLiteral.at(wiring.key)(x, f, n, std::pow(2.0 * spec.num_layers, 0.25));
  EXPECT_LT((tape.y - expected).norm(), 1e-13 * expected.norm());
}

TEST_P(NamedWirings, HaveExactGradientsWithResidualOnAndOff) {
  const auto& [wiring, kind] = GetParam();
  for (const bool residual : {true, false}) {
    StackSpec spec = testing::small_stack();
    spec.norm.kind = kind;
    spec.sublayers.attention = {wiring.norm, residual};
    spec.sublayers.ffn = {wiring.norm, residual};
    spec.residual_scale.rule = wiring.skip;
    SCOPED_TRACE(residual ? "residual on" : "residual off");
    testing::expect_exact_gradients(spec);
  }
}

INSTANTIATE_TEST_SUITE_P(TableTimesNorm, NamedWirings,
                         ::testing::Combine(::testing::ValuesIn(kWirings),
                                            ::testing::Values(NormKind::layer_norm, NormKind::rms_norm)),
                         [](const auto& row) {
                           return std::string(std::get<0>(row.param).key) + "_" +
                                  std::string(key_of(std::get<1>(row.param)));
                         });

TEST(Wiring, AllSixteenSetsOfSitesHaveExactGradientsWithEitherHalfCut) {
  for (int bits = 0; bits < 16; ++bits) {
    for (int cut = 0; cut < 3; ++cut) {
      StackSpec spec = testing::small_stack();
      SiteSet sites;
      for (Site site : kSites) {
        if ((bits >> static_cast<int>(site)) & 1) sites.insert(site);
      }
      spec.sublayers.attention = {sites, cut != 1};
      spec.sublayers.ffn = {sites, cut != 2};
      SCOPED_TRACE("sites " + std::to_string(bits) + ", cut " + std::to_string(cut));
      testing::expect_exact_gradients(spec, 3);
    }
  }
}

TEST(Wiring, EveryRowHasALiteralFormula) {
  for (const NamedWiring& wiring : kWirings) EXPECT_TRUE(kLiteral.contains(wiring.key)) << wiring.key;
}

TEST(Wiring, EquationsReadAsInThePapers) {
  const auto text = [](SiteSet norm, bool residual, SkipGain skip = {}) {
    return equation({norm, residual}, skip, "LN", "F");
  };
  EXPECT_EQ(text({}, true), "x + F(x)");
  EXPECT_EQ(text({Site::pre}, true), "x + F(LN(x))");
  EXPECT_EQ(text({Site::post}, true), "LN(x + F(x))");
  EXPECT_EQ(text({Site::branch}, true), "x + LN(F(x))");
  EXPECT_EQ(text({Site::pre, Site::branch}, true), "x + LN(F(LN(x)))");
  EXPECT_EQ(text({Site::entry}, true), "LN(x) + F(LN(x))");
  EXPECT_EQ(text({Site::post}, true, {SkipGain::Rule::deepnorm, 1}), "LN(α x + F(x))");
  EXPECT_EQ(text({Site::pre}, false), "F(LN(x))");
  EXPECT_EQ(text({Site::pre}, true, {SkipGain::Rule::constant, 0.5}), "0.5 x + F(LN(x))");
}

TEST(Wiring, TheNameOfASetOfSitesIsFoundAndMostHaveNone) {
  EXPECT_EQ(find_wiring({Site::pre}, SkipGain::Rule::constant)->key, "pre");
  EXPECT_EQ(find_wiring({Site::post}, SkipGain::Rule::deepnorm)->key, "deepnorm");
  EXPECT_EQ(find_wiring({Site::pre, Site::post}, SkipGain::Rule::constant), nullptr);
}

}  // namespace
}  // namespace gradflow
