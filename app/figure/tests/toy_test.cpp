#include "app/figure/toy.h"

#include <gtest/gtest.h>

#include <cmath>

namespace gradflow::figure {
namespace {

StackReport post_ln(double sublayer, double norm) {
  StackReport report;
  report.spec = post_ln_stack();
  report.spec.num_layers = 2;
  report.series = {{"jacobian_gain/attention", {0, 1}, {sublayer * 2, sublayer / 2}},
                   {"jacobian_gain/ffn", {0, 1}, {sublayer, sublayer}},
                   {"norm_gain/attention.post", {0, 1}, {norm, norm}},
                   {"norm_gain/ffn.post", {0, 1}, {norm * 4, norm / 4}},
                   {"norm_gain/ffn.pre", {0}, {77}}};
  return report;
}

TEST(Toy, HasTheNumbersOfTheCourseAtTwelveLayers) {
  const Toy toy;
  EXPECT_NEAR(std::pow(10.0, toy_residual(toy, 12).log10_product), 1.7959, 1e-4);
  EXPECT_NEAR(std::pow(10.0, toy_post_ln(toy, 12).log10_product), 0.12341, 1e-5);
  EXPECT_EQ(product_words(toy_residual(toy, 12).log10_product), "1.80");
  EXPECT_EQ(product_words(toy_post_ln(toy, 12).log10_product), "0.123");
}

TEST(Toy, MeasuredGainsAreGeometricMeansOverAllSublayers) {
  const MeasuredGains gains = measured_gains(post_ln(0.9, 0.7));
  ASSERT_TRUE(gains.sublayer && gains.norm);
  EXPECT_NEAR(gains.sublayer->each, 0.9, 1e-12);
  EXPECT_EQ(gains.sublayer->count, 4);
  EXPECT_NEAR(gains.sublayer->log10_product, 4 * std::log10(0.9), 1e-12);
  EXPECT_NEAR(gains.norm->each, 0.7, 1e-12) << "the norms on the trunk, not those on the branch";
  EXPECT_TRUE(gains.norm_is_on_trunk);
}

TEST(Toy, WithoutANormOnTheTrunkThoseOnTheBranchAreShown) {
  StackReport report = post_ln(1.1, 0.7);
  report.series[2].quantity = "norm_gain/attention.pre";
  report.series.erase(report.series.begin() + 3, report.series.end());
  const MeasuredGains gains = measured_gains(report);
  ASSERT_TRUE(gains.norm);
  EXPECT_FALSE(gains.norm_is_on_trunk);
  EXPECT_NEAR(gains.norm->each, 0.7, 1e-12);
  const std::string sentence = toy_sentence({}, report);
  EXPECT_NE(sentence.find("1.10"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("1 + a = 1.05"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("on the branch"), std::string::npos) << sentence;
}

TEST(Toy, TheSentenceSaysWhetherTheBranchGivesBackWhatTheNormTakes) {
  EXPECT_NE(toy_sentence({}, post_ln(0.98, 0.7)).find("0.980"), std::string::npos);
  EXPECT_NE(toy_sentence({}, post_ln(0.98, 0.7)).find("make up for it"), std::string::npos);
  EXPECT_NE(toy_sentence({}, post_ln(0.6, 0.7)).find("take from it"), std::string::npos);
  EXPECT_NE(toy_sentence({}, post_ln(0.84, 0.7)).find("also has b (1 + a) = 0.840"), std::string::npos);
}

TEST(Toy, SaysWhyThereIsNothingToCompare) {
  StackReport report;
  report.error = "d_model 65 is not a multiple of num_heads 4";
  EXPECT_NE(toy_sentence({}, report).find(report.error), std::string::npos);
  EXPECT_NE(toy_sentence({}, StackReport()).find("no gradient"), std::string::npos);
  EXPECT_FALSE(measured_gains(StackReport()).sublayer);
}

TEST(Toy, GainsThatAreZeroOrNotFiniteAreShownAsSuch) {
  EXPECT_EQ(product_words(measured_gains(post_ln(0, 1)).sublayer->log10_product), "0");
  EXPECT_EQ(product_words(measured_gains(post_ln(INFINITY, 1)).sublayer->log10_product), "inf");
  EXPECT_EQ(product_words(measured_gains(post_ln(NAN, 1)).sublayer->log10_product), "nan");
}

TEST(Toy, AProductBeyondTheRangeOfDoubleKeepsItsPowerOfTen) {
  EXPECT_EQ(product_words(toy_post_ln({0.05, 0.1}, 4096).log10_product), "10⁻⁴⁰⁰⁹");
  EXPECT_EQ(product_words(toy_residual({1, 1}, 4096).log10_product), "10¹²³³");
}

}  // namespace
}  // namespace gradflow::figure
