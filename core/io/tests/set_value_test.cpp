#include <gtest/gtest.h>

#include <vector>

#include "core/io/stack_file.h"
#include "core/io/tests/sentence.h"

namespace gradflow {
namespace {

using test::is_one_sentence;
using test::sentence_of;

StackSpec with(const std::string& change) {
  StackSpec spec;
  set_value(spec, change);
  return spec;
}

TEST(SetValue, ReachesEveryKindOfValue) {
  EXPECT_EQ(with("num_layers=48").num_layers, 48);
  EXPECT_EQ(with("causal=false").causal, false);
  EXPECT_EQ(with("positions=rotary").positions, Positions::rotary);
  EXPECT_EQ(with("init.scheme=normal_0.02").init.scheme, InitScheme::normal_002);
  EXPECT_EQ(with("init.gain=1e-3").init.gain, 1e-3);
  EXPECT_EQ(with("seed=18446744073709551615").seed, 18446744073709551615U);
  EXPECT_EQ(with("residual_scale=deepnorm").residual_scale.rule, SkipGain::Rule::deepnorm);
  EXPECT_EQ(with("residual_scale=1.5").residual_scale.value, 1.5);
  EXPECT_EQ(with("sublayers.ffn.residual=false").sublayers.ffn.residual, false);
  EXPECT_EQ(with("norm={\"kind\": \"rms_norm\"}").norm, (NormSpec{NormKind::rms_norm, 1e-5}));
  const std::vector<Override> overrides{{{6}, {}, {}, {}}};
  EXPECT_EQ(with("overrides=[{\"layers\": [6]}]").overrides, overrides);
}

TEST(SetValue, NormSitesAreAListWithOrWithoutJson) {
  const auto norm = [](const std::string& value) {
    return with("sublayers.attention.norm=" + value).sublayers.attention.norm;
  };
  EXPECT_EQ(norm("[\"pre\"]"), SiteSet{Site::pre});
  EXPECT_EQ(norm("pre,branch"), (SiteSet{Site::pre, Site::branch}));
  EXPECT_EQ(norm("post"), SiteSet{Site::post});
  EXPECT_EQ(norm(""), SiteSet{});
  EXPECT_EQ(norm("none"), SiteSet{});
  EXPECT_EQ(norm("[]"), SiteSet{});
}

TEST(SetValue, TextIsTakenAsItStands) {
  EXPECT_EQ(with("name=7").name, "7");
  EXPECT_EQ(with("name=a=b").name, "a=b");
  EXPECT_EQ(with("name=\"quoted\"").name, "\"quoted\"");
  EXPECT_EQ(with("input.text=caf\xE9").input.text, "caf\xE9");
}

TEST(SetValue, CrossAttentionComesAndGoes) {
  StackSpec spec = with("sublayers.cross_attention.norm=post");
  EXPECT_EQ(spec.sublayers.cross_attention, (SublayerSpec{{Site::post}, true}));
  set_value(spec, "sublayers.cross_attention.residual=false");
  EXPECT_EQ(spec.sublayers.cross_attention, (SublayerSpec{{Site::post}, false}));
  set_value(spec, "sublayers.cross_attention=null");
  EXPECT_EQ(spec, StackSpec{});
}

struct Wrong {
  std::string change;
  std::string sentence;
};
TEST(SetValue, WhatIsWrongIsRefusedAndChangesNothing) {
  const std::vector<Wrong> rows{
      {"num_layers", "\"num_layers\" is not KEY=VALUE, such as num_layers=48"},
      {"=3", "\"=3\" is not KEY=VALUE, such as num_layers=48"},
      {"num_layer=3", "num_layer is not a key; did you mean num_layers?"},
      {"sublayers.fnn.residual=false", "sublayers.fnn is not a key; did you mean sublayers.ffn?"},
      {"num_layers.x=3", "num_layers.x is not a key; num_layers has no keys inside"},
      {"num_layers=0", "num_layers is 0; allowed is 1 to 4096"},
      {"num_layers=", "num_layers is \"\"; allowed is a whole number from 1 to 4096"},
      {"num_layers=ten", "num_layers is \"ten\"; allowed is a whole number from 1 to 4096"},
      {"num_layers=1e400", "num_layers is \"1e400\"; allowed is a whole number from 1 to 4096"},
      {"init.gain=-1", "init.gain is -1; allowed is 0 to 1000000"},
      {"norm={\"epsilon\": 7}", "norm.epsilon is 7; allowed is 0 to 1"},
      {"causal=no", "causal is \"no\"; allowed is true or false"},
      {"activation=\xFF",
       "activation is \"\xEF\xBF\xBD\"; allowed is relu, gelu, gelu_tanh, silu, swiglu, geglu"},
      {"sublayers.ffn.norm=pre,,post", "sublayers.ffn.norm[1] is \"\"; allowed is entry, pre, branch, post"},
      {"norm=rms_norm", "norm is \"rms_norm\"; allowed is an object with the keys kind, epsilon"},
      {"norm.format=1", "norm.format is not a key; allowed in norm are kind, epsilon"}};
  for (const Wrong& row : rows) {
    StackSpec spec;
    EXPECT_EQ(sentence_of([&] { set_value(spec, row.change); }), row.sentence);
    EXPECT_EQ(spec, StackSpec{});
  }
}

TEST(SetValue, BrokenJsonSaysWhere) {
  const std::string said = sentence_of([] { with("overrides=[{\"layers\": [6}]"); });
  EXPECT_TRUE(said.starts_with("overrides, line 1, column 15: this is not JSON: ")) << said;
  EXPECT_TRUE(is_one_sentence(said));
}

}  // namespace
}  // namespace gradflow
