// A stack as a Python program: that every choice reaches the text, and that a lecture can show the text.
#include <map>
#include <stdexcept>

#include "core/io/preset.h"
#include "core/spec/code.h"
#include "core/spec/code_template.h"
#include "core/tests/code_text.h"

namespace gradflow {
namespace {

using testing::count;
using testing::expect_presentable;
using testing::has;
using testing::stack_with;

class EachLanguage : public ::testing::TestWithParam<CodeLanguage> {};

TEST_P(EachLanguage, WritesEveryPresetPresentablyAndTheSameTwice) {
  EXPECT_GE(preset_names().size(), 20U);
  for (const std::string& name : preset_names()) {
    SCOPED_TRACE(name);
    const StackSpec spec = load_preset(name).stack;
    const std::string program = program_code(spec, GetParam());
    expect_presentable(program);
    expect_presentable(block_code(spec, GetParam()));
    EXPECT_TRUE(program.starts_with("# " + spec.name + " in " + std::string(named(GetParam()).label)));
    EXPECT_TRUE(has(program, "gradflow"));
    EXPECT_EQ(program, program_code(spec, GetParam()));
  }
}

/// Stacks of which no two compute the same.
std::map<std::string, StackSpec> one_of_each_choice() {
  std::map<std::string, StackSpec> stacks;
  const auto add = [&](const std::string& name, auto change) {
    StackSpec spec;
    spec.bias = false;
    change(spec);
    stacks[name] = spec;
  };
  const auto add_others = [&]<class E>(E chosen, void (*set)(StackSpec&, E)) {
    for (const Named<E>& row : kNames<E>) {
      if (row.value != chosen) add(std::string(row.key), [&](StackSpec& spec) { set(spec, row.value); });
    }
  };
  const StackSpec usual;
  add("the usual", [](StackSpec&) {});
  add_others(
      usual.positions, +[](StackSpec& spec, Positions value) { spec.positions = value; });
  add_others(
      usual.activation, +[](StackSpec& spec, Activation value) { spec.activation = value; });
  add_others(
      usual.qk_norm, +[](StackSpec& spec, QkNorm value) { spec.qk_norm = value; });
  add_others(
      usual.norm.kind, +[](StackSpec& spec, NormKind value) { spec.norm.kind = value; });
  add("epsilon", [](StackSpec& spec) { spec.norm.epsilon = 0.03; });
  add("bias", [](StackSpec& spec) { spec.bias = true; });
  add("not causal", [](StackSpec& spec) { spec.causal = false; });
  add("tied embedding", [](StackSpec& spec) { spec.tied_embedding = true; });
  add("embedding norm", [](StackSpec& spec) { spec.embedding_norm = true; });
  add("no final norm", [](StackSpec& spec) { spec.final_norm = false; });
  add("cross-attention", [](StackSpec& spec) { spec.sublayers.cross_attention.emplace(); });
  add("depth", [](StackSpec& spec) { spec.num_layers = 13; });
  add("heads", [](StackSpec& spec) { spec.num_heads = 2; });
  return stacks;
}

TEST_P(EachLanguage, WritesAnotherProgramForEveryChoice) {
  EXPECT_EQ(one_of_each_choice().size(), 21U);
  std::map<std::string, std::string> programs;  // code to name
  for (const auto& [name, spec] : one_of_each_choice()) {
    const std::string program = program_code(spec, GetParam());
    expect_presentable(program);
    const auto [same, is_new] = programs.insert({program, name});
    EXPECT_TRUE(is_new) << name << " is written as " << same->second;
  }
}

TEST_P(EachLanguage, DefinesWhatItUsesAndNothingElse) {
  StackSpec spec = stack_with({}, true);
  spec.final_norm = false;
  const std::string without = program_code(spec, GetParam());
  for (const char* name :
       {"EPSILON", "layer_norm", "LayerNorm", "rms_norm", "RMSNorm", "rotary", "memory", "erf"}) {
    EXPECT_FALSE(has(without, name)) << name;
  }
  spec.qk_norm = QkNorm::head;
  const std::string with = program_code(spec, GetParam());
  EXPECT_TRUE(has(with, "def rms_norm(") || has(with, "class RMSNorm(")) << with;
  EXPECT_TRUE(has(with, "EPSILON = 1e-05"));
}

TEST_P(EachLanguage, ANameCannotLeaveItsComment) {
  StackSpec spec;
  for (const std::string& name :
       {std::string("a\nimport os"), std::string("\"\"\" Gr\xc3\xb6\xc3\x9f"), std::string("x\0y", 3),
        std::string(5000, 'n'), std::string(), std::string("\r\\u000a\x7f\xff")}) {
    spec.name = name;
    const std::string code = program_code(spec, GetParam());
    expect_presentable(code);
    spec.name = "Pre-LN";
    EXPECT_EQ(code.substr(code.find('\n')),
              program_code(spec, GetParam()).substr(program_code(spec, GetParam()).find('\n')));
  }
}

INSTANTIATE_TEST_SUITE_P(Code, EachLanguage, ::testing::Values(CodeLanguage::numpy, CodeLanguage::pytorch),
                         [](const auto& row) { return std::string(key_of(row.param)); });

TEST(Template, KeepsLinesSectionsAndHolesByTheirFlags) {
  const TemplateFill fill{{{"up", true}, {"down", false}}, {{"name", "a\nb"}, {"x", "1"}}};
  EXPECT_EQ(fill_template("{{name}} = {{x}}{{up? + 2}}{{down? + 3}}\n", fill), "a\nb = 1 + 2\n");
  EXPECT_EQ(fill_template("one  # why  #: up\ntwo  #: down\nthree  #: up !down\nfour  #: up down\n", fill),
            "one  # why\nthree\n");
  EXPECT_EQ(fill_template("#: if down\n#: if up\n1\n#: end\n2\n#: end\n#: if !down\n3\n#: end\n4\n", fill),
            "3\n4\n");
}

TEST(Template, RefusesANameThatItDoesNotKnow) {
  const TemplateFill fill{{{"up", true}, {"down", false}}, {}};
  for (const char* text :
       {"{{name}}\n", "{{flag? x}}\n", "x  #: flag\n", "x  #: down flag\n", "#: if flag\n#: end\n"}) {
    EXPECT_THROW(fill_template(text, fill), std::out_of_range) << text;
  }
}

}  // namespace
}  // namespace gradflow
