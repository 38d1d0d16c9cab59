// Reading and writing: everything survives, in every combination.
#include "core/io/stack_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <random>

#include "core/io/file.h"
#include "core/io/tests/sentence.h"
#include "core/io/tests/temporary_folder.h"
#include "core/spec/fields.h"
#include "core/spec/names.h"
#include "core/spec/validate.h"

namespace gradflow {
namespace {

using test::sentence_of;
using test::TemporaryFolder;

/// Draws valid stacks that between them use every field and every choice.
class AnyStack {
 public:
  explicit AnyStack(unsigned seed) : random_(seed) {}

  StackSpec draw() {
    StackSpec spec;
    spec.name = text();
    for (const IntField& field : kIntFields)
      spec.*field.member = integer(field.min, std::min(field.max, 4096));
    spec.num_heads = integer(1, 16);
    spec.d_model = 4 * spec.num_heads * integer(1, 8);
    spec.vocab_size = integer(256, 5000);
    spec.causal = flag();
    spec.positions = choice<Positions>();
    spec.activation = choice<Activation>();
    spec.norm = {choice<NormKind>(), real(0, 1)};
    spec.bias = flag();
    spec.qk_norm = choice<QkNorm>();
    spec.tied_embedding = flag();
    spec.embedding_norm = flag();
    spec.sublayers.attention = sublayer();
    if (flag()) spec.sublayers.cross_attention = sublayer();
    spec.sublayers.ffn = sublayer();
    spec.memory_cosine = real(0, 1);
    spec.residual_scale = flag() ? SkipGain{SkipGain::Rule::deepnorm, 1} : SkipGain{{}, real(-1e6, 1e6)};
    spec.final_norm = flag();
    spec.init = {choice<InitScheme>(), real(0, 1e6), choice<ResidualOutput>(),
                 real(0, 3),           real(0, 3),   flag()};
    if (flag()) spec.init.weights = "/" + text();
    spec.seed = random_();
    spec.input = {choice<InputKind>(), text() + "x"};
    for (int i = integer(0, 3); i > 0; --i) spec.overrides.push_back(override_entry());
    return spec;
  }

 private:
  int integer(int min, int max) { return std::uniform_int_distribution(min, max)(random_); }
  double real(double min, double max) { return std::uniform_real_distribution(min, max)(random_); }
  bool flag() { return integer(0, 1) == 1; }
  template <class E>
  E choice() {
    return kNames<E>[static_cast<std::size_t>(integer(0, static_cast<int>(kNames<E>.size()) - 1))].value;
  }
  SiteSet sites() {
    SiteSet set;
    for (Site site : kSites) {
      if (flag()) set.insert(site);
    }
    return set;
  }
  SublayerSpec sublayer() { return {sites(), flag()}; }
  SublayerPatch patch() {
    SublayerPatch patch;
    if (flag()) patch.norm = sites();
    if (flag()) patch.residual = flag();
    return patch;
  }
  Override override_entry() {
    Override entry{{}, patch(), patch(), patch()};
    for (int i = integer(0, 4); i > 0; --i) entry.layers.push_back(integer(0, 4095));
    return entry;
  }
  std::string text() {  // a third ASCII, a third UTF-8, a third any bytes
    constexpr std::array<std::string_view, 5> kCharacters{"a", "\"", "\n", "é", "∂"};
    std::string bytes;
    const int kind = integer(0, 2);
    for (int i = integer(0, 30); i > 0; --i) {
      if (kind == 2) bytes += static_cast<char>(integer(0, 255));
      if (kind < 2) bytes += kCharacters[static_cast<std::size_t>(integer(0, kind == 0 ? 2 : 4))];
    }
    return bytes;
  }
  std::mt19937_64 random_;
};

void validate_weights_aside(const StackSpec& spec) {
  validate_beside_weights(spec, std::numeric_limits<std::size_t>::max());
}

TEST(StackFile, WhatIsWrittenIsReadBackAsTheSameStack) {
  AnyStack any(1);
  for (int i = 0; i < 2000; ++i) {
    const StackSpec spec = any.draw();
    const std::string json = stack_json(spec);
    ASSERT_EQ(json.find("\"weights\"") == std::string::npos, has_drawn_weights(spec)) << json;
    const StackSpec again = parse_stack(json, "any.json", validate_weights_aside);
    ASSERT_EQ(again, spec) << json;
    ASSERT_EQ(stack_json(again), json);
  }
}

TEST(StackFile, WeightsOfAFileAreRefusedWhereTheyAreNotAskedFor) {
  const std::string json = R"({"init": {"weights": "w.safetensors"}})";
  EXPECT_EQ(parse_stack(json, "a.json", validate_weights_aside).init.weights, "w.safetensors");
  EXPECT_TRUE(sentence_of([&] { parse_stack(json, "a.json"); }).starts_with("a.json: init.weights is "));
}

TEST(StackFile, TheDefaultsAreTheDocumentedOnesAndEveryKeyIsOptional) {
  EXPECT_EQ(parse_stack("{}", "empty.json"), StackSpec{});
  EXPECT_EQ(parse_stack(R"({
    "format": 1, "name": "Pre-LN", "num_layers": 12, "d_model": 64, "num_heads": 4, "d_ff": 256,
    "vocab_size": 256, "sequence_length": 16, "batch_size": 4, "causal": true, "positions": "learned",
    "activation": "relu", "norm": {"kind": "layer_norm", "epsilon": 1e-5}, "bias": true, "qk_norm": "none",
    "tied_embedding": false, "embedding_norm": false,
    "sublayers": {"attention": {"norm": ["pre"], "residual": true}, "cross_attention": null,
                  "ffn": {"norm": ["pre"], "residual": true}},
    "memory_cosine": 0.9, "residual_scale": 1.0, "final_norm": true,
    "init": {"scheme": "xavier_normal", "gain": 1.0, "residual_output": "none", "embedding_std": 1.0,
             "position_std": 1.0, "clone_layers": false},
    "seed": 1, "input": {"kind": "text"}, "overrides": []})",
                        "documented.json"),
            StackSpec{});
}

TEST(StackFile, IsWrittenWithEveryKeyInTheDocumentedOrder) {
  StackSpec spec;
  spec.input.text = "abc";
  spec.overrides = {{{6}, {}, {}, {std::nullopt, false}}};
  EXPECT_EQ(stack_json(spec), R"({
  "format": 1,
  "name": "Pre-LN",
  "num_layers": 12,
  "d_model": 64,
  "num_heads": 4,
  "d_ff": 256,
  "vocab_size": 256,
  "sequence_length": 16,
  "batch_size": 4,
  "causal": true,
  "positions": "learned",
  "activation": "relu",
  "norm": {"kind": "layer_norm", "epsilon": 1e-05},
  "bias": true,
  "qk_norm": "none",
  "tied_embedding": false,
  "embedding_norm": false,
  "sublayers": {
    "attention": {"norm": ["pre"], "residual": true},
    "cross_attention": null,
    "ffn": {"norm": ["pre"], "residual": true}
  },
  "memory_cosine": 0.9,
  "residual_scale": 1,
  "final_norm": true,
  "init": {
    "scheme": "xavier_normal",
    "gain": 1,
    "residual_output": "none",
    "embedding_std": 1,
    "position_std": 1,
    "clone_layers": false
  },
  "seed": 1,
  "input": {"kind": "text", "text": "abc"},
  "overrides": [{"layers": [6], "sublayers": {"ffn": {"residual": false}}}]
}
)");
}

TEST(StackFile, AKeyInsideAnObjectLeavesItsNeighboursAtTheirDefaults) {
  const StackSpec spec = parse_stack(
      R"({"norm": {"kind": "rms_norm"}, "sublayers": {"cross_attention": {}, "ffn": {"norm": []}}})",
      "a.json");
  EXPECT_EQ(spec.norm, (NormSpec{NormKind::rms_norm, 1e-5}));
  EXPECT_EQ(spec.sublayers.cross_attention, SublayerSpec{});
  EXPECT_EQ(spec.sublayers.ffn, (SublayerSpec{{}, true}));
  EXPECT_EQ(spec.sublayers.attention, SublayerSpec{});
}

TEST(StackFile, OverridesChangeOnlyWhatTheyNameLaterOnesWinning) {
  const StackSpec spec = parse_stack(R"({"overrides": [
    {"layers": [1, 2], "sublayers": {"ffn": {"residual": false}, "attention": {"norm": ["post"]}}},
    {"layers": [2], "sublayers": {"ffn": {"residual": true, "norm": ["pre", "branch"]}}}]})",
                                     "a.json");
  EXPECT_EQ(sublayers_of(spec, 0), spec.sublayers);
  EXPECT_EQ(sublayers_of(spec, 1).ffn, (SublayerSpec{{Site::pre}, false}));
  EXPECT_EQ(sublayers_of(spec, 1).attention, (SublayerSpec{{Site::post}, true}));
  EXPECT_EQ(sublayers_of(spec, 2).ffn, (SublayerSpec{{Site::pre, Site::branch}, true}));
}

TEST(StackFile, ResidualScaleIsANumberOrDeepnorm) {
  EXPECT_EQ(parse_stack(R"({"residual_scale": "deepnorm"})", "a").residual_scale.rule,
            SkipGain::Rule::deepnorm);
  EXPECT_EQ(parse_stack(R"({"residual_scale": 2})", "a").residual_scale, (SkipGain{{}, 2.0}));
}

TEST(StackFile, WholeNumbersMayBeSpelledAnyWayAndAreExact) {
  EXPECT_EQ(parse_stack(R"({"num_layers": 4.8e1})", "a").num_layers, 48);
  EXPECT_EQ(parse_stack(R"({"seed": 18446744073709551615})", "a").seed, 18446744073709551615U);
}

TEST(StackFile, AnInputTextOfAnyBytesIsWrittenWithoutLoss) {
  for (const std::string& text :
       {std::string("caf\xE9"), std::string("\x00\x01", 2), std::string("\xEF\xBB\xBF")}) {
    StackSpec spec;
    spec.input.text = text;
    EXPECT_EQ(parse_stack(stack_json(spec), "a").input.text, text);
  }
  StackSpec spec;
  spec.input.text = "caf\xE9";
  EXPECT_NE(stack_json(spec).find(R"("text": {"base64": "Y2Fm6Q=="})"), std::string::npos);
  spec.input.text = "café\n";
  EXPECT_NE(stack_json(spec).find(R"("text": "café\n")"), std::string::npos);
}

TEST(StackFile, TheLongestTextStillFitsTheFileLimitWhateverItsBytes) {
  for (char byte : {'"', '\\', '\n', '\0', '\x1F', '\x7F', '\xFF'}) {
    StackSpec spec;
    spec.input.text = std::string(kMaxTextBytes, byte);
    ASSERT_LE(stack_json(spec).size(), kMaxStackFileBytes);
    EXPECT_EQ(parse_stack(stack_json(spec), "a"), spec);
  }
}

TEST(StackFile, AStackThatIsRefusedCanStillBeWrittenButNotANumberThatJsonLacks) {
  StackSpec spec;
  spec.num_heads = 5;
  EXPECT_EQ(sentence_of([&] { stack_json(spec); }), "(accepted)");
  spec.init.gain = std::nan("");
  EXPECT_EQ(sentence_of([&] { stack_json(spec); }), "init.gain is nan; allowed is a finite number");
  spec.init.gain = -0.0;
  EXPECT_TRUE(std::signbit(parse_stack(R"({"init": {"gain": -0.0}})", "a").init.gain));
}

TEST(StackFile, GoesThroughAFileAndThroughItsName) {
  const TemporaryFolder folder;
  StackSpec spec = post_ln_stack();
  spec.name = "mine";
  write_stack_file(spec, folder / "mine.json");
  EXPECT_EQ(read_stack_file(folder / "mine.json"), spec);
  EXPECT_EQ(load_stack((folder / "mine.json").string()), spec);
}

TEST(StackFile, EveryNamedStackLoads) {
  EXPECT_EQ(load_stack("pre-ln"), pre_ln_stack());
  EXPECT_EQ(load_stack("post-ln"), post_ln_stack());
  ASSERT_GE(stack_names().size(), 2U);
  for (const std::string& name : stack_names()) EXPECT_NO_THROW(load_stack(name)) << name;
}

}  // namespace
}  // namespace gradflow
