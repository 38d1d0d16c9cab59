// The border: what validate() refuses, and in which words.
#include <gtest/gtest.h>

#include <limits>

#include "core/spec/names.h"
#include "core/spec/validate.h"

namespace gradflow {
namespace {

std::string refusal(const StackSpec& spec, std::size_t limit = kDefaultMemoryLimit) {
  try {
    validate(spec, limit);
  } catch (const InvalidSpec& error) {
    return error.what();
  }
  return "";
}

template <class Change>
std::string refusal_of(Change change) {
  StackSpec spec;
  change(spec);
  return refusal(spec);
}

TEST(Validate, AcceptsTheBuiltInStacks) {
  EXPECT_EQ(refusal(pre_ln_stack()), "");
  EXPECT_EQ(refusal(post_ln_stack()), "");
}

TEST(Validate, NamesTheKeyTheValueAndWhatIsAllowed) {
  EXPECT_EQ(refusal_of([](StackSpec& s) { s.num_layers = 0; }), "num_layers is 0; allowed is 1 to 4096");
  EXPECT_EQ(refusal_of([](StackSpec& s) { s.num_layers = 1000000000; }),
            "num_layers is 1000000000; allowed is 1 to 4096");
  EXPECT_EQ(refusal_of([](StackSpec& s) { s.num_heads = 5; }),
            "d_model is 64 and num_heads is 5; d_model must be a multiple of num_heads");
  EXPECT_EQ(refusal_of([](StackSpec& s) { s.input.text.clear(); }),
            "input.text is empty; a text input needs at least one byte");
  EXPECT_EQ(refusal_of([](StackSpec& s) { s.input.text.assign(100000000, 'x'); }),
            "input.text has 100000000 bytes; at most 1048576 are allowed");
  EXPECT_EQ(refusal_of([](StackSpec& s) { s.vocab_size = 128; }),
            "vocab_size is 128; a text input needs 256 or more, one token a byte");
  EXPECT_EQ(refusal_of([](StackSpec& s) { s.norm.epsilon = std::numeric_limits<double>::quiet_NaN(); }),
            "norm.epsilon is nan; allowed is 0 to 1");
  EXPECT_EQ(refusal_of([](StackSpec& s) {
              s.positions = Positions::rotary;
              s.d_model = 12;
            }),
            "d_model is 12 and num_heads is 4; rotary positions need an even d_model / num_heads");
  EXPECT_NE(refusal_of([](StackSpec& s) { s.overrides = {Override{{-1}, {}, {}, {}}}; }), "");
}

TEST(Validate, RefusesWeightsOfAFileWhereNobodyReadsIt) {
  StackSpec spec;
  spec.init.weights = "/home/me/w.safetensors";
  spec.vocab_size = 16;  // with the tokens of the file
  EXPECT_NO_THROW(validate_beside_weights(spec));
  spec.vocab_size = 256;
  EXPECT_EQ(
      refusal(spec),
      "init.weights is \"/home/me/w.safetensors\", a file in place of drawn weights, which only gradflow "
      "and gradflow-cli figure read; gradflow-cli measure and gradients take it as --weights");
  EXPECT_EQ(weights_name(spec), "w.safetensors");
  EXPECT_FALSE(has_drawn_weights(spec));
  spec.num_layers = 0;
  EXPECT_THROW(validate_beside_weights(spec), InvalidSpec);
}

TEST(Validate, RefusesWhatDoesNotFitInMemoryWithTheFigure) {
  StackSpec spec;
  spec.d_model = 8192;
  spec.d_ff = 32768;
  spec.num_layers = 96;
  const std::string sentence = refusal(spec);
  EXPECT_NE(sentence.find("GiB of memory; the limit is 4 GiB"), std::string::npos) << sentence;
  EXPECT_NE(refusal(StackSpec{}, 1 << 20), "");
  StackSpec largest;
  for (const IntField& field : kIntFields) largest.*field.member = field.max;
  EXPECT_NE(refusal(largest), "") << "the largest of everything must not overflow into something that fits";
}

TEST(Validate, AThousandLayersFitInHalfAGibibyte) {
  StackSpec spec;
  spec.num_layers = 1000;
  EXPECT_LT(pass_bytes(spec, sizeof(float)), 0.5 * (1 << 30));
}

TEST(Names, EveryRowStandsInItsEnumsOrder) {
  const auto check = [](const auto& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(static_cast<std::size_t>(rows[i].value), i);
  };
  check(kNames<Site>);
  check(kNames<Positions>);
  check(kNames<Activation>);
  check(kNames<NormKind>);
  check(kNames<QkNorm>);
  check(kNames<InitScheme>);
  check(kNames<ResidualOutput>);
  check(kNames<InputKind>);
  check(kNames<SublayerKind>);
  EXPECT_EQ(from_key<InitScheme>("normal_0.02"), InitScheme::normal_002);
  EXPECT_EQ(from_key<InitScheme>("none"), std::nullopt);
}

TEST(Overrides, LaterEntriesWinAndUnsetKeysStay) {
  StackSpec spec;
  Override first{{1, 2}, {}, {}, {}};
  first.ffn.residual = false;
  first.ffn.norm = SiteSet{Site::post};
  Override second{{2}, {}, {}, {}};
  second.ffn.norm = SiteSet{Site::entry};
  spec.overrides = {first, second};
  EXPECT_EQ(sublayers_of(spec, 0), spec.sublayers);
  EXPECT_EQ(sublayers_of(spec, 1).ffn, (SublayerSpec{{Site::post}, false}));
  EXPECT_EQ(sublayers_of(spec, 2).ffn, (SublayerSpec{{Site::entry}, false}));
  EXPECT_EQ(sublayers_of(spec, 2).attention, spec.sublayers.attention);
}

}  // namespace
}  // namespace gradflow
