// The figures of the forward view as data: what is plotted, on which axis, and what theory says beside it.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "app/figure/axis.h"
#include "app/figure/layers.h"
#include "app/figure/quantity.h"
#include "app/figure/readings.h"

namespace gradflow::figure {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

using Answers = std::vector<std::shared_ptr<const StackReport>>;

std::shared_ptr<const StackReport> report(StackSpec spec, std::vector<Series> series) {
  StackReport value;
  value.spec = std::move(spec);
  value.series = std::move(series);
  return std::make_shared<const StackReport>(std::move(value));
}

StackSpec deep(StackSpec spec, int layers) {
  spec.num_layers = layers;
  return spec;
}

Series stream(std::vector<double> values) {
  Series series{"stream_rms", {}, std::move(values)};
  for (std::size_t k = 0; k < series.values.size(); ++k) series.layers.push_back(static_cast<int>(k));
  return series;
}

Answers both() {
  return {report(deep(pre_ln_stack(), 2), {stream({1, 1.5, 1.8})}),
          report(deep(post_ln_stack(), 3), {stream({1.1, 1, 1, 1})})};
}

TEST(Forward, PutsCosinesAndEntropiesOnALinearAxisAndNormsOnALogarithmicOne) {
  const Answers answers{report(pre_ln_stack(), {{"token_cosine", {0, 1, 2}, {-0.2, 0, 0.9}},
                                                {"attention_entropy", {0, 1}, {1.5, 1.2}},
                                                {"branch_rms/ffn", {0, 1}, {0.5, 0.25}}})};
  const Figure cosine = layer_figure(answers, "token_cosine");
  EXPECT_EQ(cosine.y_scale, Scale::linear);
  EXPECT_EQ(cosine.curves.at(0).y, (std::vector<double>{-0.2, 0, 0.9}));
  EXPECT_EQ(*extent_of(cosine).y, (Range{-0.2, 0.9}));
  EXPECT_FALSE(extent_of(cosine).underflow) << "a cosine of zero is an ordinary value";
  EXPECT_EQ(layer_figure(answers, "attention_entropy").y_scale, Scale::linear);
  EXPECT_EQ(layer_figure(answers, "branch_rms/ffn").y_scale, Scale::logarithmic);
}

TEST(Forward, OffersWhatThereIsAndNoGradient) {
  const std::vector<std::string> usual{"stream_rms", "branch_rms/attention", "branch_rms/ffn", "token_cosine",
                                       "attention_entropy"};
  EXPECT_EQ(forward_quantities(both()), usual);
  const Answers cross{report(pre_ln_stack(), {{"branch_rms/cross_attention", {0}, {1}}})};
  EXPECT_EQ(forward_quantities(cross).size(), usual.size() + 1);
}

TEST(Forward, SaysWhyASingleTokenHasNoCosine) {
  StackSpec lonely = pre_ln_stack();
  lonely.sequence_length = 1;
  const Figure figure = layer_figure(Answers{report(lonely, {})}, "token_cosine");
  ASSERT_EQ(figure.absences.size(), 1U);
  EXPECT_NE(figure.absences[0].sentence.find("one token"), std::string::npos);
}

TEST(Lemma2, IsABandForPreLnAndOneForPostLn) {
  const Figure figure = layer_figure(both(), "stream_rms");
  ASSERT_EQ(figure.guides.size(), 2U);
  const Guide& pre = figure.guides[0];
  EXPECT_EQ(pre.stacks, (std::vector<std::size_t>{0}));
  EXPECT_EQ(pre.x, (std::vector<double>{0, 1, 2}));
  EXPECT_EQ(pre.low, (std::vector<double>{1, std::sqrt(1.5), std::sqrt(2)}));
  EXPECT_EQ(pre.high, (std::vector<double>{1, std::sqrt(2.5), 2}));
  const Guide& post = figure.guides[1];
  EXPECT_EQ(post.stacks, (std::vector<std::size_t>{1}));
  EXPECT_EQ(post.x, (std::vector<double>{1, 2, 3})) << "layer 0 is the embedding, which no norm has seen";
  EXPECT_EQ(post.low, (std::vector<double>{1, 1, 1}));
  EXPECT_FALSE(post.is_band());
  for (const char* word : {"Xiong", "2020", "Lemma 2", "Xavier"}) {
    EXPECT_NE(figure.guides_note.find(word), std::string::npos) << word;
  }
}

TEST(Lemma2, IsLeftOutWhereItDoesNotSpeak) {
  std::vector<StackSpec> others(6, deep(pre_ln_stack(), 4));
  others[0].sublayers.ffn.residual = false;
  others[1].sublayers.attention.norm = {Site::pre, Site::branch};
  others[2].sublayers.cross_attention = SublayerSpec{};
  others[3].residual_scale.value = 0.5;
  SublayerPatch cut;
  cut.residual = false;
  others[4].overrides = {{{2}, cut, {}, {}}};
  others[5] = deep(post_ln_stack(), 4);
  others[5].residual_scale.rule = SkipGain::Rule::deepnorm;
  for (const StackSpec& other : others) {
    const Figure figure = layer_figure(Answers{report(other, {stream({1, 2, 3, 4, 5})})}, "stream_rms");
    EXPECT_EQ(figure.curves.size(), 1U);
    EXPECT_TRUE(figure.guides.empty());
    EXPECT_EQ(figure.guides_note, "");
  }
  EXPECT_TRUE(layer_figure(both(), "token_cosine").guides.empty());
}

TEST(Lemma2, IsSeenOnlyWhileAStackOfThePlacementIs) {
  const Figure figure = layer_figure(both(), "stream_rms");
  EXPECT_TRUE(is_shown(figure, figure.guides[0], {false, true}));
  EXPECT_FALSE(is_shown(figure, figure.guides[0], {true, false}));
  EXPECT_NEAR(extent_of(figure).y->max, std::log10(2.0), 1e-12) << "room for the band";
  EXPECT_NEAR(extent_of(figure, {true, false}).y->max, std::log10(1.1), 1e-12);
}

std::string value_of(const Readings& readings, std::string_view words) {
  for (const Reading& line : readings.lines) {
    if (line.words == words) return line.value;
  }
  return "none";
}

TEST(Readings, HaveTheRatioToTheFirstCurveAndToTheTheory) {
  const Readings readings = readings_at(layer_figure(both(), "stream_rms"), {false, false}, 2);
  EXPECT_EQ(readings.head, "layers passed: 2");
  EXPECT_EQ(value_of(readings, "A  Pre-LN"), "1.80");
  EXPECT_EQ(value_of(readings, "B / A"), "0.556");
  EXPECT_EQ(value_of(readings, "A / Lemma 2"), "1.27, 0.900") << "1.8 / sqrt(2), 1.8 / 2";
  EXPECT_EQ(value_of(readings, "B / Lemma 2"), "1.00");
  EXPECT_NE(readings.note.find("lower bound"), std::string::npos);
}

TEST(Readings, LeaveOutWhatIsHiddenOrNotThere) {
  const Figure figure = layer_figure(both(), "stream_rms");
  const Readings alone = readings_at(figure, {true, false}, 0);
  ASSERT_EQ(alone.lines.size(), 1U) << "no ratio, and the lemma says nothing of the embedding";
  EXPECT_EQ(alone.lines[0].value, "1.10");
  EXPECT_EQ(alone.note, "");
  EXPECT_EQ(value_of(readings_at(figure, {}, 3), "A  Pre-LN"), "–");
}

TEST(Readings, CompareByDifferenceOnALinearAxis) {
  const Answers answers{report(pre_ln_stack(), {{"token_cosine", {0, 1, 2}, {0, -0.25, 0.5}}}),
                        report(post_ln_stack(), {{"token_cosine", {0, 1, 2}, {0.5, 0.5, kNan}}})};
  const Figure figure = layer_figure(answers, "token_cosine");
  EXPECT_EQ(value_of(readings_at(figure, {}, 1), "B − A"), "0.750");
  EXPECT_EQ(value_of(readings_at(figure, {}, 0), "A  Pre-LN"), "0") << "no underflow";
  const Readings broken = readings_at(figure, {}, 2);
  EXPECT_EQ(value_of(broken, "B  Post-LN"), "nan (overflow)");
  EXPECT_EQ(value_of(broken, "B − A"), "none");
}

TEST(Forward, TheoryOfDrawnWeightsIsNotDrawnBesideThoseOfAFile) {
  Answers answers = both();
  ASSERT_EQ(layer_figure(answers, "stream_rms").guides.size(), 2U);
  StackReport trained = *answers[0];
  trained.spec.init.weights = "/w";
  answers[0] = std::make_shared<const StackReport>(trained);
  ASSERT_EQ(layer_figure(answers, "stream_rms").guides.size(), 1U);
  EXPECT_EQ(layer_figure(answers, "stream_rms").guides[0].stacks, (std::vector<std::size_t>{1}));
  answers.resize(1);
  EXPECT_EQ(layer_figure(answers, "stream_rms").guides_note, "");
}

}  // namespace
}  // namespace gradflow::figure
