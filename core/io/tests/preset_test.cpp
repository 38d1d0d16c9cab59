// The presets: each is what its row of the literature says, loads by its name, and runs.
#include "core/io/preset.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/analysis/analyze.h"
#include "core/io/stack_file.h"
#include "core/io/tests/sentence.h"

namespace gradflow {
namespace {

using test::sentence_of;

constexpr SiteSet kPre{Site::pre}, kPost{Site::post}, kBranch{Site::branch}, kBoth{Site::pre, Site::branch};

struct Row {
  SiteSet norm;
  bool final_norm;
  NormKind kind;
  double epsilon;
  Activation activation;
  Positions positions;
  bool causal, tied;
  int num_layers;
};

constexpr NormKind kLayer = NormKind::layer_norm, kRms = NormKind::rms_norm;
constexpr Positions kSines = Positions::sinusoidal, kTable = Positions::learned, kRotary = Positions::rotary;

const std::map<std::string, Row> kRows{
    {"transformer-2017", {kPost, false, kLayer, 1e-5, Activation::relu, kSines, false, false, 6}},
    {"transformer-2017-decoder", {kPost, false, kLayer, 1e-5, Activation::relu, kSines, true, false, 6}},
    {"bert-base", {kPost, false, kLayer, 1e-12, Activation::gelu, kTable, false, true, 12}},
    {"gpt-2", {kPre, true, kLayer, 1e-5, Activation::gelu_tanh, kTable, true, true, 48}},
    {"gpt-3", {kPre, true, kLayer, 1e-5, Activation::gelu_tanh, kTable, true, true, 96}},
    {"opt", {kPre, true, kLayer, 1e-5, Activation::relu, kTable, true, true, 96}},
    {"opt-350m", {kPost, false, kLayer, 1e-5, Activation::relu, kTable, true, true, 24}},
    {"t5", {kPre, true, kRms, 1e-6, Activation::relu, Positions::none, false, false, 12}},
    {"t5-1.1", {kPre, true, kRms, 1e-6, Activation::geglu, Positions::none, false, false, 12}},
    {"palm", {kPre, true, kLayer, 1e-6, Activation::swiglu, kRotary, true, false, 118}},
    {"llama", {kPre, true, kRms, 1e-6, Activation::swiglu, kRotary, true, false, 32}},
    {"llama-2", {kPre, true, kRms, 1e-5, Activation::swiglu, kRotary, true, false, 80}},
    {"mistral", {kPre, true, kRms, 1e-5, Activation::swiglu, kRotary, true, false, 32}},
    {"qwen", {kPre, true, kRms, 1e-6, Activation::swiglu, kRotary, true, false, 32}},
    {"mixtral", {kPre, true, kRms, 1e-5, Activation::swiglu, kRotary, true, false, 32}},
    {"gemma", {kPre, true, kRms, 1e-6, Activation::geglu, kRotary, true, true, 28}},
    {"gemma-2", {kBoth, true, kRms, 1e-6, Activation::geglu, kRotary, true, true, 42}},
    {"grok-1", {kBoth, true, kRms, 1e-5, Activation::geglu, kRotary, true, true, 64}},
    {"olmo-2", {kBranch, true, kRms, 1e-6, Activation::swiglu, kRotary, true, false, 32}},
    {"deepnet-100", {kPost, false, kLayer, 1e-5, Activation::relu, kSines, false, false, 100}},
    {"deepnet-200", {kPost, false, kLayer, 1e-5, Activation::relu, kSines, false, false, 200}},
    {"deepnet-1000", {kPost, false, kLayer, 1e-5, Activation::relu, kSines, false, false, 1000}},
    {"cogview", {kBoth, true, kLayer, 1e-5, Activation::gelu, kTable, true, true, 48}},
    {"peri-ln", {kBoth, true, kRms, 1e-5, Activation::swiglu, kRotary, true, false, 24}},
};

class EachPreset : public ::testing::TestWithParam<std::string> {};

TEST_P(EachPreset, IsWiredAsItsRowSays) {
  ASSERT_TRUE(kRows.contains(GetParam())) << "a preset without a row here";
  const Row& row = kRows.at(GetParam());
  const StackSpec spec = load_stack(GetParam());
  EXPECT_EQ(spec.sublayers.attention, (SublayerSpec{row.norm, true}));
  EXPECT_EQ(spec.sublayers.ffn, (SublayerSpec{row.norm, true}));
  EXPECT_EQ(spec.sublayers.cross_attention.has_value(), GetParam() == "transformer-2017-decoder");
  EXPECT_EQ(spec.final_norm, row.final_norm);
  EXPECT_EQ(spec.norm, (NormSpec{row.kind, row.epsilon}));
  EXPECT_EQ(spec.activation, row.activation);
  EXPECT_EQ(spec.positions, row.positions);
  EXPECT_EQ(spec.causal, row.causal);
  EXPECT_EQ(spec.tied_embedding, row.tied);
  EXPECT_EQ(spec.num_layers, row.num_layers);
  EXPECT_EQ(spec.residual_scale.rule == SkipGain::Rule::deepnorm, GetParam().starts_with("deepnet"));
  EXPECT_EQ(spec.qk_norm, GetParam() == "olmo-2" ? QkNorm::full : QkNorm::none);
  EXPECT_EQ(spec.embedding_norm, GetParam() == "bert-base" || GetParam() == "peri-ln");
}

TEST_P(EachPreset, IsScaledToRunLiveAndKeepsItsFacts) {
  const Preset preset = load_preset(GetParam());
  EXPECT_EQ(preset.stack.d_model, 64);
  EXPECT_EQ(preset.stack.sequence_length, 16);
  EXPECT_EQ(preset.stack.batch_size, 4);
  EXPECT_EQ(preset.stack.num_layers, preset.facts.num_layers.value_or(preset.stack.num_layers));
  if (preset.facts.d_ff) {
    EXPECT_NEAR(preset.stack.d_ff / 64.0, *preset.facts.d_ff * 1.0 / *preset.facts.d_model, 1.0 / 64);
  }
  EXPECT_GE(preset.facts.year, 2017);
  EXPECT_FALSE(preset.facts.source.empty());
  EXPECT_EQ(parse_preset(preset_json(preset), "again"), preset);
}

TEST_P(EachPreset, RunsAndEveryNumberOfItIsFinite) {
  const StackReport report = analyze(load_stack(GetParam()));
  EXPECT_EQ(report.error, "");
  EXPECT_NEAR(*report.scalar("loss"), std::log(256.0), 0.6) << "before training all tokens are as likely";
  for (const Series& series : report.series) {
    for (double value : series.values) ASSERT_TRUE(std::isfinite(value)) << series.quantity;
  }
  const Series& w_1 = *report.find("grad_norm/ffn.w_1");
  for (double value : w_1.values) ASSERT_GT(value, 0);
}

INSTANTIATE_TEST_SUITE_P(Presets, EachPreset, ::testing::ValuesIn(preset_names()), [](const auto& row) {
  std::string name = row.param;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
});

TEST(Preset, EveryRowOfTheTableIsThereAndNamesAreStackNames) {
  EXPECT_EQ(preset_names().size(), kRows.size());
  const std::vector<std::string> names = stack_names();
  for (const auto& [name, row] : kRows) {
    EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
  }
  EXPECT_EQ(sentence_of([] { load_preset("gpt2"); }), "there is no preset gpt2; did you mean gpt-2?");
}

TEST(Preset, DeepNetIsFlatOverItsLayersAtEveryDepth) {  // physics.md, F7
  for (const char* name : {"deepnet-100", "deepnet-200", "deepnet-1000"}) {
    const std::vector<double> w_1 = analyze(load_stack(name)).find("grad_norm/ffn.w_1")->values;
    const auto [least, most] = std::minmax_element(w_1.begin(), w_1.end());
    EXPECT_LT(*most / *least, 1.5) << name;
  }
}

TEST(Preset, WhatIsWrongIsSaidInASentence) {
  const std::string facts = R"({"model": "M", "year": 2020, "source": "S")";
  const auto said = [](const std::string& json) {
    return sentence_of([&] { parse_preset(json, "p.json"); });
  };
  EXPECT_EQ(said("{\"facts\": " + facts + "}, \"stack\": {}}"), "(accepted)");
  EXPECT_EQ(said("[]"), "p.json: the preset is []; allowed is a JSON object");
  EXPECT_EQ(said("{\"stack\": {}}"), "p.json: facts is missing; a preset has facts, stack");
  EXPECT_EQ(said("{\"facts\": " + facts + "}, \"stack\": {}, \"fact\": 1}"),
            "p.json: fact is not a key; did you mean facts?");
  EXPECT_EQ(said("{\"facts\": " + facts + ", \"hedas\": 8}, \"stack\": {}}").substr(0, 32),
            "p.json: facts.hedas is not a key");
  EXPECT_EQ(said("{\"facts\": {\"model\": \"M\", \"year\": 2020}, \"stack\": {}}"),
            "p.json: facts.source is missing; a preset must say it");
  EXPECT_EQ(said("{\"facts\": " + facts + ", \"d_ff\": \"many\"}, \"stack\": {}}"),
            "p.json: facts.d_ff is \"many\"; allowed is a whole number from 1 to 10000000");
  EXPECT_EQ(said("{\"facts\": " + facts + "}, \"stack\": {\"bias\": 1}}"),
            "p.json: stack.bias is 1; allowed is true or false");
  EXPECT_NE(said("{\"facts\": " + facts + "}, \"stack\": {\"num_layers\": 0}}").find("num_layers is 0"),
            std::string::npos);
}

}  // namespace
}  // namespace gradflow
