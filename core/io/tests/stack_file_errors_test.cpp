// Everything wrong that can come in a stack file, and the sentence that each gets.
#include <gtest/gtest.h>

#include <random>

#include "core/io/file.h"
#include "core/io/stack_file.h"
#include "core/io/tests/sentence.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow {
namespace {

using test::is_one_sentence;
using test::sentence_of;
using test::TemporaryFolder;

std::string refusal(const std::string& json) {
  return sentence_of([&] { parse_stack(json, "a.json"); });
}

struct Wrong {
  std::string json;
  std::string sentence;
};

/// Every row is refused with just its sentence.
void expect_refused(std::initializer_list<Wrong> rows) {
  for (const Wrong& row : rows) EXPECT_EQ(refusal(row.json), row.sentence);
}

TEST(WrongStackFile, KeysThatAreNoneOrComeTwice) {
  expect_refused(
      {{R"({"num_layer": 3})", "a.json: num_layer is not a key; did you mean num_layers?"},
       {R"({"sublayers": {"fnn": {}}})", "a.json: sublayers.fnn is not a key; did you mean sublayers.ffn?"},
       {R"({"norm": {"optimizer": 1}})",
        "a.json: norm.optimizer is not a key; allowed in norm are kind, epsilon"},
       {R"({"overrides": [{"layers": [0], "ffn": {}}]})",
        "a.json: overrides[0].ffn is not a key; allowed in overrides[0] are layers, sublayers"},
       {R"({"seed": 1, "seed": 2})", "a.json: seed is given twice; a key may occur once"},
       {R"({"sublayers": {"ffn": {"norm": [], "norm": []}}})",
        "a.json: sublayers.ffn.norm is given twice; a key may occur once"},
       {R"({"overrides": [{"layers": [1]}, {"sublayers": {}}]})",
        "a.json: overrides[1] lacks layers; allowed is a list of the layers that it is for"}});
}

TEST(WrongStackFile, ValuesOfTheWrongKind) {
  expect_refused(
      {{R"({"format": 2})", "a.json: format is 2; allowed is 1"},
       {R"({"format": "1"})", "a.json: format is \"1\"; allowed is 1"},
       {R"({"causal": 1})", "a.json: causal is 1; allowed is true or false"},
       {R"({"positions": "rotery"})",
        "a.json: positions is \"rotery\"; allowed is none, learned, sinusoidal, rotary"},
       {R"({"positions": null})", "a.json: positions is null; allowed is none, learned, sinusoidal, rotary"},
       Wrong{
           R"({"init": {"scheme": 0.02}})",
           "a.json: init.scheme is 0.02; allowed is xavier_normal, xavier_uniform, normal_0.02, small_init, "
           "lecun_normal"},
       {R"({"norm": "rms_norm"})",
        "a.json: norm is \"rms_norm\"; allowed is an object with the keys kind, epsilon"},
       {R"({"norm": {"epsilon": "small"}})",
        "a.json: norm.epsilon is \"small\"; allowed is a number from 0 to 1"},
       {R"({"residual_scale": "deepnet"})",
        "a.json: residual_scale is \"deepnet\"; allowed is a number or \"deepnorm\""},
       {R"({"sublayers": {"cross_attention": false}})",
        "a.json: sublayers.cross_attention is false; allowed is null or an object with the keys norm, "
        "residual"},
       {R"({"sublayers": {"ffn": null}})",
        "a.json: sublayers.ffn is null; allowed is an object with the keys norm, residual"},
       Wrong{
           R"({"sublayers": {"ffn": {"norm": "pre"}}})",
           "a.json: sublayers.ffn.norm is \"pre\"; allowed is a list of the sites entry, pre, branch, post"},
       {R"({"sublayers": {"ffn": {"norm": ["pre", "past"]}}})",
        "a.json: sublayers.ffn.norm[1] is \"past\"; allowed is entry, pre, branch, post"},
       {R"({"sublayers": {"ffn": {"norm": ["pre", "pre"]}}})",
        "a.json: sublayers.ffn.norm[1] names \"pre\" again"},
       {R"({"name": 7})",
        "a.json: name is 7; allowed is a string, or {\"base64\": \"...\"} (padded) for bytes that are "
        "not UTF-8"},
       {R"({"input": {"text": {"base64": "Zg"}}})",
        "a.json: input.text is {\"base64\":\"Zg\"}; allowed is a string, or {\"base64\": \"...\"} "
        "(padded) for "
        "bytes that are not UTF-8"},
       {R"({"overrides": {}})",
        "a.json: overrides is {}; allowed is a list of objects with the keys layers, sublayers"},
       {R"([1, 2])", "a.json: the stack is [1,2]; allowed is a JSON object"},
       {R"("pre-ln")", "a.json: the stack is \"pre-ln\"; allowed is a JSON object"}});
}

TEST(WrongStackFile, NumbersOutOfRange) {
  expect_refused(
      {{R"({"num_layers": 0})", "a.json: num_layers is 0; allowed is 1 to 4096"},
       {R"({"num_layers": 1000000000})", "a.json: num_layers is 1000000000; allowed is 1 to 4096"},
       {R"({"num_layers": 10000000000})",
        "a.json: num_layers is 10000000000; allowed is a whole number from 1 to 4096"},
       {R"({"num_layers": 1e300})", "a.json: num_layers is 1e+300; allowed is a whole number from 1 to 4096"},
       {R"({"num_layers": 12.5})", "a.json: num_layers is 12.5; allowed is a whole number from 1 to 4096"},
       {R"({"num_layers": "12"})", "a.json: num_layers is \"12\"; allowed is a whole number from 1 to 4096"},
       {R"({"d_model": true})", "a.json: d_model is true; allowed is a whole number from 1 to 8192"},
       {R"({"seed": -1})", "a.json: seed is -1; allowed is a whole number from 0 to 18446744073709551615"},
       {R"({"seed": 18446744073709551616})",
        "a.json: seed is 1.8446744073709552e+19; allowed is a whole number from 0 to "
        "18446744073709551615"},
       {R"({"init": {"gain": 1e400}})", "a.json: init.gain is 1e400; allowed is a number up to 1.8e308"},
       {R"({"init": {"gain": 1e300}})", "a.json: init.gain is 1e+300; allowed is 0 to 1000000"},
       {R"({"overrides": [{"layers": [1.5]}]})",
        "a.json: overrides[0].layers[0] is 1.5; allowed is a whole number from 0 to 4095"},
       {R"({"overrides": [{"layers": [-1]}]})", "a.json: overrides[0].layers holds -1; allowed is 0 to 4095"},
       {R"({"num_heads": 5})",
        "a.json: d_model is 64 and num_heads is 5; d_model must be a multiple of num_heads"},
       {R"({"input": {"text": ""}})", "a.json: input.text is empty; a text input needs at least one byte"}});
}

TEST(WrongStackFile, EmptyOrNotUtf8) {
  expect_refused({{"", "a.json is empty; a JSON value is expected"},
                  {" \n\t", "a.json is empty; a JSON value is expected"},
                  {"{\n  \"name\": \"caf\xE9\"\n}",
                   "a.json, line 2, column 15: a byte is not UTF-8, which JSON "
                   "must be; an input text of other bytes is "
                   "written as {\"base64\": \"...\"}"}});
}

TEST(WrongStackFile, ASyntaxErrorNamesLineAndColumn) {
  const std::string said = refusal("{\n  \"seed\": 1,\n  \"bias\" true\n}");
  EXPECT_TRUE(said.starts_with("a.json, line 3, column 13: this is not JSON: ")) << said;
  for (const char* json :
       {"{", "{\"a\"", "{\"seed\": }", "nul", "{\"seed\": 01}", "{\"seed\": NaN}", "{} {}", "'a'",
        "{\"a\": 1,}", "[1, 2", "\"\\ud800\"", "{\"seed\": 1} // comment", "\xEF\xBB\xBF"}) {
    const std::string sentence = refusal(json);
    EXPECT_TRUE(sentence.starts_with("a.json, line 1, column ")) << sentence;
    EXPECT_TRUE(is_one_sentence(sentence)) << sentence;
  }
}

TEST(WrongStackFile, DeepNestingIsRefusedWhereverItStands) {
  const std::string deep(2000000, '[');
  EXPECT_EQ(refusal(deep),
            "a.json: [0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0] is nested too deep; "
            "at most 16 levels are allowed");
  std::string objects = "{\"a\":";
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  EXPECT_NE(refusal(objects).find("is nested too deep"), std::string::npos);
}

TEST(WrongStackFile, AMillionKeysAndAMegabyteOfKeyAreRefusedAtOnce) {
  std::string many = "{";
  for (int i = 0; i < 300000; ++i) many += "\"k" + std::to_string(i) + "\":0,";
  many.back() = '}';
  EXPECT_TRUE(is_one_sentence(refusal(many))) << refusal(many);
  EXPECT_TRUE(is_one_sentence(refusal("{\"" + std::string(1000000, 'k') + "\": 1}")));
  EXPECT_TRUE(is_one_sentence(refusal("{\"positions\": \"" + std::string(1000000, 'k') + "\"}")));
  EXPECT_TRUE(is_one_sentence(refusal("{\"positions\": \"" + std::string(1000000, 'k'))));
}

TEST(WrongStackFile, AnyDamageIsASentenceOrAStackButNeverACrash) {
  StackSpec spec = post_ln_stack();
  spec.input.text = "caf\xE9";
  spec.overrides = {{{1, 2}, {}, {}, {SiteSet{Site::pre}, false}}};
  const std::string whole = stack_json(spec);
  std::mt19937 random(1);
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string json = whole;
    for (std::size_t damage = 1 + random() % 3; damage > 0; --damage) {
      const std::size_t place = random() % json.size();
      if (random() % 3 == 0)
        json.erase(place, 1 + random() % 20);
      else if (random() % 2 == 0)
        json[place] = static_cast<char>(random());
      else
        json.insert(place, json.substr(random() % json.size(), random() % 40));
    }
    const std::string said = refusal(json);
    ASSERT_TRUE(is_one_sentence(said)) << said;
    refused += said == "(accepted)" ? 0 : 1;
  }
  EXPECT_GT(refused, 10000);
}

TEST(WrongStackFile, FilesThatAreNoneSayWhy) {
  const TemporaryFolder folder;
  EXPECT_EQ(sentence_of([&] { load_stack(folder.path().string()); }),
            folder.path().string() + " cannot be read: Is a directory");
  EXPECT_EQ(sentence_of([&] { load_stack("pre_ln"); }),
            "there is no stack file pre_ln and no stack of that name; did you mean pre-ln?");
  EXPECT_TRUE(
      sentence_of([&] { load_stack("/no/where.json"); })
          .starts_with("there is no stack file /no/where.json and no stack of that name; named stacks are "
                       "pre-ln, post-ln"));
  const std::string junk = (folder / "a.safetensors").string();
  write_file(junk, "12345678[");
  EXPECT_EQ(sentence_of([&] { load_stack(junk); }),
            junk +
                " is no weights file, though it is called one: those begin with eight bytes, the length of a "
                "header, and a {");
  EXPECT_TRUE(is_one_sentence(sentence_of([&] { load_stack(""); })));
  const std::string big = (folder / "big.json").string();
  write_file(big, std::string(kMaxStackFileBytes + 1, ' '));
  EXPECT_EQ(sentence_of([&] { load_stack(big); }), big + " has 4194305 bytes; at most 4194304 are allowed");
  EXPECT_EQ(refusal(std::string(kMaxStackFileBytes + 1, ' ')),
            "a.json: the file has 4194305 bytes; at most 4194304 are allowed");
}

}  // namespace
}  // namespace gradflow
