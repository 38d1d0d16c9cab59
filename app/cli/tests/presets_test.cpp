// gradflow-cli presets: what it lists exists, what it prints is the stack that the name stands for.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/cli/tests/process.h"
#include "core/io/file.h"
#include "core/io/preset.h"
#include "core/io/stack_file.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow {
namespace {

test::Outcome presets(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "presets");
  return test::run_program(GRADFLOW_CLI, arguments);
}

TEST(Presets, AreListedOneALineByTheNameThatLoadsThem) {
  const test::Outcome outcome = presets({});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(static_cast<std::size_t>(std::count(outcome.out.begin(), outcome.out.end(), '\n')),
            preset_names().size());
  for (const std::string& name : preset_names()) {
    EXPECT_NE(("\n" + outcome.out).find("\n" + name + "  "), std::string::npos) << name;
  }
  EXPECT_NE(outcome.out.find("GPT-2 (1.5B), 2019: 48 layers of 1600, 25 heads, feed-forward 6400"),
            std::string::npos);
}

TEST(Presets, OneIsPrintedAsAStackFile) {
  const test::Outcome outcome = presets({"bert-base"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(parse_stack(outcome.out, "printed"), load_preset("bert-base").stack);
  const test::TemporaryFolder folder;
  EXPECT_EQ(presets({"bert-base", "--output", folder / "bert.json"}).out, "");
  EXPECT_EQ(read_file(folder / "bert.json", 1 << 20), outcome.out);
}

TEST(Presets, FactsSayTheSourceAndWhatIsLeftOut) {
  const std::string facts = presets({"mixtral", "--facts"}).out;
  EXPECT_NE(facts.find("source: Jiang et al. 2024"), std::string::npos) << facts;
  EXPECT_NE(facts.find("left out: Eight experts"), std::string::npos) << facts;
}

TEST(Presets, AMistypedNameIsOneSentenceAndStatusTwo) {
  const test::Outcome outcome = presets({"gpt2"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "gradflow-cli: there is no preset gpt2; did you mean gpt-2?\n");
  EXPECT_EQ(presets({"--facts"}).exit_code, 2);
}

}  // namespace
}  // namespace gradflow
