// gradflow-cli as people run it: the real program, its exit status and what it says where.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <sstream>

#include "app/cli/tests/process.h"
#include "core/io/file.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow {
namespace {

using test::Outcome;
using test::TemporaryFolder;

Outcome cli(const std::vector<std::string>& arguments, const std::string& input = "",
            const std::string& folder = "") {
  return test::run_program(GRADFLOW_CLI, arguments, input, folder);
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

/// Wrong use or input: status 2, nothing on standard output, one line on standard error that says `what`.
void expect_refused(const std::vector<std::string>& arguments, const std::string& what,
                    const std::string& input = "") {
  const Outcome outcome = cli(arguments, input);
  EXPECT_EQ(outcome.exit_code, 2) << what;
  EXPECT_EQ(outcome.out, "") << what;
  EXPECT_TRUE(outcome.err.starts_with("gradflow-cli: ")) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_NE(outcome.err.find(what), std::string::npos) << outcome.err;
}

TEST(Cli, HelpAndVersionGoToStandardOutput) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--help"}, {"-h"}, {"measure", "--help"}, {"--version"}}) {
    const Outcome outcome = cli(arguments);
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_NE(outcome.out, "");
    EXPECT_EQ(outcome.err, "");
  }
  EXPECT_EQ(cli({"--version"}).out, std::string("gradflow-cli ") + GRADFLOW_VERSION + "\n");
}

TEST(Cli, TheExampleInTheHelpOfEachCommandWorks) {
  int examples = 0;
  for (const std::string command :
       {"measure", "depth-law", "gradients", "weights", "check", "code", "figure", "train"}) {
    EXPECT_NE(cli({"--help"}).out.find("  " + command + " "), std::string::npos);
    for (const std::string& line : split(cli({command, "--help"}).out, '\n')) {
      std::vector<std::string> words = split(line, ' ');
      std::erase(words, "");
      if (words.empty() || words[0] != "gradflow-cli") continue;
      const TemporaryFolder folder;
      words.erase(words.begin());
      EXPECT_EQ(cli(words, "", folder.path()).exit_code, 0) << line;
      EXPECT_EQ(folder.count(), 1) << line;
      ++examples;
    }
  }
  EXPECT_EQ(examples, 8);
}

TEST(Cli, WrongUseIsOneSentenceAndStatusTwo) {
  expect_refused({}, "a command is missing; commands are measure, depth-law");
  expect_refused({"mesure"}, "there is no command mesure; did you mean measure?");
  expect_refused({"dance"}, "there is no command dance; commands are measure, depth-law");
  expect_refused({"--frobnicate"}, "--frobnicate");
  expect_refused({"measure", "--frobnicate"}, "--frobnicate");
  expect_refused({"measure", "--seeds"}, "--seeds");
  for (const char* seeds : {"0", "-1", "ten", "1.5", "1000000000", "1e3", "", "99999999999999999999"}) {
    expect_refused({"measure", "--seeds=" + std::string(seeds)}, "--seeds");
  }
  expect_refused({"measure", "--set"}, "--set");
  expect_refused({"measure", "--memory-limit", "lots"}, "--memory-limit is lots; allowed is a number of GiB");
  expect_refused({"measure", "-", "-"}, "standard input, -, can be read only once");
  expect_refused({"code", "pre-ln"}, "--language is required");
  expect_refused({"code", "pre-ln", "--language", "julia"},
                 "--language is julia; allowed are numpy, pytorch");
  expect_refused({"measure", "pre-ln", "pre-ln"}, "two of the stacks are called \"Pre-LN\"");
}

TEST(Cli, WrongStacksAreOneSentenceAndStatusTwo) {
  const TemporaryFolder folder;
  expect_refused({"measure", "pre_ln"}, "did you mean pre-ln?");
  expect_refused({"measure", folder.path()}, "Is a directory");
  expect_refused({"measure", "-"}, "standard input is empty");
  expect_refused({"measure", "-"}, "standard input, line 2, column 8: this is not JSON", "{\n\"seed\" 1}");
  expect_refused({"measure", "-"}, "standard input: num_layers is 1000000000; allowed is 1 to 4096",
                 "{\"num_layers\": 1000000000}");
  expect_refused({"measure", "--set", "num_layers=0"}, "num_layers is 0; allowed is 1 to 4096");
  expect_refused({"measure", "--set", "num_heads=5"}, "d_model must be a multiple of num_heads");
  expect_refused({"measure", "--set", "num_layer=5"}, "did you mean num_layers?");
  expect_refused({"measure", "--set", "input.text="}, "input.text is empty");
  expect_refused({"measure", "--set", "seed=18446744073709551615", "--seeds", "2"}, "the last seed can be");
}

TEST(Cli, WrongTextsAreOneSentenceAndStatusTwo) {
  const TemporaryFolder folder;
  const std::string text = folder / "text";
  expect_refused({"measure", "--text", text}, "cannot be read: No such file or directory");
  write_file(text, "");
  expect_refused({"measure", "--text", text}, "is empty; an input text needs at least one byte");
  std::filesystem::resize_file(text, 100'000'000);
  expect_refused({"measure", "--text", text}, "has 100000000 bytes; at most 1048576 are allowed");
}

TEST(Cli, AnOutputThatCannotBeWrittenIsOneSentenceAndStatusTwo) {
  const TemporaryFolder folder;
  expect_refused({"measure", "--output", folder / "no/such/folder.csv"}, "cannot be written: No such file");
  expect_refused({"measure", "--output", folder.path()}, "cannot be written: Is a directory");
  expect_refused({"measure", "--output", "/dev/full"}, "cannot be written: No space left on device");
  EXPECT_EQ(folder.count(), 0);
  for (const char* words : {"measure", "--help", "measure --help", "--version"}) {
    const std::string command = std::string("'") + GRADFLOW_CLI + "' " + words + " > /dev/full";
    const Outcome outcome = test::run_program("sh", {"-c", command});
    EXPECT_EQ(outcome.exit_code, 2) << words;
    EXPECT_NE(outcome.err.find("standard output cannot be written"), std::string::npos) << outcome.err;
  }
}

TEST(Cli, AStackTooLargeForMemoryIsRefusedWithTheFigureBeforeAnythingIsAllocated) {
  const Outcome outcome = cli({"measure", "pre-ln", "--set", "num_layers=4096", "--set", "d_model=8192"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("GiB of memory; the limit is 4 GiB"), std::string::npos) << outcome.err;
  EXPECT_LT(outcome.peak_kib, 300 * 1024);
  expect_refused({"measure", "--memory-limit", "0.0001"}, "GiB of memory; the limit is 0.0001");
}

TEST(Cli, AnInputIsNeverOverwritten) {
  const TemporaryFolder folder;
  write_file(folder / "mine.json", "{\"num_layers\": 2}");
  const std::string again = folder.path() / "." / "mine.json";
  expect_refused({"measure", folder / "mine.json", "--output", again}, "is also an input");
  EXPECT_EQ(read_file(folder / "mine.json", 100), "{\"num_layers\": 2}");
}

TEST(Cli, LinksNoGraphicsAndNoWindows) {
  const Outcome outcome = test::run_program("ldd", {GRADFLOW_CLI});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("libstdc++"), std::string::npos) << outcome.out;
  for (const char* library : {"libGL", "libEGL", "libOpenGL", "glfw", "wayland", "imgui"}) {
    EXPECT_EQ(outcome.out.find(library), std::string::npos) << outcome.out;
  }
  // Cairo, which draws the figures, brings X's libraries along; the program itself asks for none of them.
  const Outcome own = test::run_program("readelf", {"--dynamic", GRADFLOW_CLI});
  ASSERT_EQ(own.exit_code, 0) << own.err;
  EXPECT_NE(own.out.find("libcairo"), std::string::npos) << own.out;
  for (const char* library : {"libX", "libxcb"}) {
    EXPECT_EQ(own.out.find(library), std::string::npos) << own.out;
  }
  const std::string program = read_file(GRADFLOW_CLI, std::size_t{1} << 30U);
  ASSERT_GT(program.size(), 10000U);
  for (const char* symbol : {"glfwInit", "ImGui", "eglGetDisplay", "XOpenDisplay"}) {
    EXPECT_EQ(program.find(symbol), std::string::npos) << symbol;
  }
}

}  // namespace
}  // namespace gradflow
