// gradflow-cli bench: figures of this machine, as one JSON object; and --threads, which changes no output.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/cli/tests/process.h"

namespace gradflow {
namespace {

test::Outcome run(const std::vector<std::string>& arguments) {
  return test::run_program(GRADFLOW_CLI, arguments, "");
}

double number_at(const std::string& json, const std::string& key) {
  const std::size_t place = json.find("\"" + key + "\": ");
  if (place == std::string::npos) return -1;
  return std::stod(json.substr(place + key.size() + 4));
}

TEST(Bench, PrintsTheFiguresOfAPassAndItsProducts) {
  const test::Outcome outcome =
      run({"bench", "post-ln", "--set", "num_layers=2", "--repeat", "3", "--threads", "2"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_NE(outcome.out.find("\"stack\": \"Post-LN\""), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("\"precision\": \"f32\""), std::string::npos);
  EXPECT_EQ(number_at(outcome.out, "threads"), 2);
  for (const char* key : {"median", "min", "max", "ratio", "gflops", "peak_memory_mib", "vector_width"}) {
    EXPECT_GT(number_at(outcome.out, key), 0) << key << " in " << outcome.out;
  }
}

TEST(Bench, TimesThePreLnStackUnlessToldOtherwiseAndInDoubleOnRequest) {
  const test::Outcome outcome =
      run({"bench", "--set", "num_layers=1", "--repeat", "1", "--precision", "f64"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("\"stack\": \"Pre-LN\""), std::string::npos);
  EXPECT_NE(outcome.out.find("\"precision\": \"f64\""), std::string::npos);
}

TEST(Bench, RefusesWhatItCannotDo) {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"bench", "--repeat", "0"},
                                                {"bench", "--threads", "0"},
                                                {"bench", "nothing.json"}}) {
    const test::Outcome outcome = run(wrong);
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err, "");
  }
}

TEST(Threads, ChangeNothingThatIsPrinted) {
  for (const char* command : {"measure", "depth-law"}) {
    std::vector<std::string> words{command, "post-ln", "--seeds", "4", "--set", "num_layers=3"};
    if (std::string(command) == "depth-law") words.insert(words.end(), {"--max-depth", "5"});
    std::vector<std::string> one = words;
    one.insert(one.end(), {"--threads", "1"});
    std::vector<std::string> three = words;
    three.insert(three.end(), {"--threads", "3"});
    const test::Outcome alone = run(one);
    EXPECT_EQ(alone.exit_code, 0) << alone.err;
    EXPECT_EQ(run(three).out, alone.out);
    EXPECT_EQ(run(words).out, alone.out);
  }
}

}  // namespace
}  // namespace gradflow
