// The session file: what is written reads back the same, what is wrong is named.
#include "core/io/session_file.h"

#include <gtest/gtest.h>

#include <optional>
#include <utility>

#include "core/io/stack_file.h"
#include "core/io/tests/sentence.h"

namespace gradflow {
namespace {

using test::is_one_sentence;
using test::sentence_of;

std::vector<SessionField> fields() {
  return {{"selected", std::uint64_t{1}},
          {"linked", true},
          {"view", std::string("heat"), {"heat", "law"}},
          {"words", std::string("any")},
          {"flags", std::vector<bool>{}},
          {"kept", std::vector<std::optional<StackSpec>>{}}};
}

TEST(SessionFile, ReadsBackTheSame) {
  SessionDocument session{{pre_ln_stack(), post_ln_stack()}, fields()};
  session.stacks[1].name = "größer";
  session.stacks[1].overrides.resize(1);
  session.stacks[1].overrides[0].layers = {2, 3};
  session.stacks[1].overrides[0].attention.residual = false;
  session.stacks[0].input.text = std::string("\xff\x00 bytes", 8);
  session.fields[0].value = std::uint64_t{0};
  session.fields[1].value = false;
  session.fields[2].value = std::string("law");
  session.fields[3].value = std::string("grad_norm/∂");
  session.fields[4].value = std::vector<bool>{false, true};
  session.fields[5].value = std::vector<std::optional<StackSpec>>{std::nullopt, post_ln_stack()};
  const std::string json = session_json(session);
  EXPECT_EQ(parse_session(json, "s.json", fields()), session);
  EXPECT_EQ(session_json(parse_session(json, "s.json", fields())), json);
}

TEST(SessionFile, WhatIsStillBeingEditedIsKept) {
  SessionDocument session{{pre_ln_stack()}, {}};
  session.stacks[0].num_heads = 5;  // no divisor of the width
  session.stacks[0].num_layers = -3;
  session.stacks[0].input.text = "";
  EXPECT_EQ(parse_session(session_json(session), "s.json", {}), session);
}

TEST(SessionFile, AKeyThatIsMissingHasTheUsualValue) {
  const SessionDocument session = parse_session(R"({"stacks": [{"num_layers": 3}]})", "s.json", fields());
  EXPECT_EQ(session.fields, fields());
  ASSERT_EQ(session.stacks.size(), 1U);
  EXPECT_EQ(session.stacks[0].num_layers, 3);
}

TEST(SessionFile, AStackFileIsAnEntryOfStacksAsItStands) {
  const std::string stack = stack_json(post_ln_stack());
  const SessionDocument session = parse_session("{\"stacks\": [" + stack + "]}", "s.json", {});
  EXPECT_EQ(session.stacks.at(0), post_ln_stack());
}

TEST(SessionFile, IsToldFromAStackFileByItsStacks) {
  EXPECT_TRUE(is_session(session_json({{pre_ln_stack()}, {}})));
  EXPECT_TRUE(is_session(R"({"stacks": 5})"));
  EXPECT_FALSE(is_session(stack_json(pre_ln_stack())));
  EXPECT_FALSE(is_session("[]"));
  EXPECT_FALSE(is_session("stacks"));
  EXPECT_FALSE(is_session(""));
}

TEST(SessionFile, WhatIsWrongIsNamed) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"stacks": [{"num_layer": 3}]})",
       "s.json: stacks[0].num_layer is not a key; did you mean stacks[0].num_layers?"},
      {R"({"stacks": [{}, {"causal": 1}]})", "s.json: stacks[1].causal is 1; allowed is true or false"},
      {R"({"stacks": [{"num_layers": "x"}]})",
       "s.json: stacks[0].num_layers is \"x\"; allowed is a whole number from 1 to 4096"},
      {R"({"stacks": [{"norm": {"epsilon": "x"}}]})",
       "s.json: stacks[0].norm.epsilon is \"x\"; allowed is a number from 0 to 1"},
      {R"({"stacks": [{"format": 2}]})", "s.json: stacks[0].format is 2; allowed is 1"},
      {R"({"stacks": {}})", "s.json: stacks is {}; allowed is a list of stacks"},
      {R"({"stacks": [3]})", "s.json: stacks[0] is 3; allowed is a JSON object"},
      {R"({"format": 2, "stacks": []})", "s.json: format is 2; allowed is 1"},
      {R"({"selected": -1})", "s.json: selected is -1; allowed is a whole number from 0"},
      {R"({"selected": "A"})", "s.json: selected is \"A\"; allowed is a whole number from 0"},
      {R"({"linked": 0})", "s.json: linked is 0; allowed is true or false"},
      {R"({"view": "hot"})", "s.json: view is \"hot\"; allowed is heat, law"},
      {R"({"words": 4})", "s.json: words is 4; allowed is a string"},
      {R"({"flags": true})", "s.json: flags is true; allowed is a list of true and false"},
      {R"({"flags": [false, 1]})", "s.json: flags[1] is 1; allowed is true or false"},
      {R"({"kept": {}})", "s.json: kept is {}; allowed is a list of stacks and nulls"},
      {R"({"kept": [null, 3]})", "s.json: kept[1] is 3; allowed is a JSON object or null"},
      {R"({"kept": [{"causal": 1}]})", "s.json: kept[0].causal is 1; allowed is true or false"},
      {"{\"stacks\": [\n{]}", "s.json, line 2, column 2: this is not JSON: "},
      {R"({"stacks": [], "stacks": []})", "s.json: stacks is given twice; a key may occur once"},
      {"[]", "s.json: the session is []; allowed is a JSON object"},
  };
  for (const auto& [json, sentence] : rows) {
    const std::string said = sentence_of([&, text = json] { parse_session(text, "s.json", fields()); });
    EXPECT_EQ(said.substr(0, std::string(sentence).size()), sentence) << said;
    EXPECT_TRUE(is_one_sentence(said));
  }
}

TEST(SessionFile, AnUnknownKeyIsRefusedWithTheNearest) {
  const std::string said =
      sentence_of([] { parse_session(R"({"stacks": [], "selectd": 1})", "s.json", fields()); });
  EXPECT_NE(said.find("selectd"), std::string::npos) << said;
  EXPECT_NE(said.find("selected"), std::string::npos) << said;
}

TEST(SessionFile, ATextBeyondTheLimitIsRefused) {
  const std::string said =
      sentence_of([] { parse_session(std::string(kMaxSessionFileBytes + 1, ' '), "s.json", {}); });
  EXPECT_NE(said.find(std::to_string(kMaxSessionFileBytes)), std::string::npos) << said;
}

}  // namespace
}  // namespace gradflow
