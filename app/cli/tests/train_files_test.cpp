// What gradflow-cli train leaves behind: its table and its checkpoint, at the end, at Ctrl+C and on a full
// disk.
#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "app/cli/tests/train_setting.h"
#include "core/io/file.h"
#include "core/io/tensor_file.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow {
namespace {

using test::expect_refused;
using test::expected_table;
using test::Outcome;
using test::small_stack;
using test::TemporaryFolder;
using test::train;
using test::train_words;

constexpr std::size_t kLimit = std::size_t{1} << 28U;
const StackSpec kPreLn = small_stack(pre_ln_stack());
const StackSpec kPostLn = small_stack(post_ln_stack());

/// What `measure` and `gradients` say of a stack, made small, with the weights of a file.
Outcome with_weights(std::vector<std::string> words, const std::filesystem::path& weights) {
  for (const std::string& change : test::kSmallChanges) words.insert(words.end(), {"--set", change});
  words.insert(words.end(), {"--weights", weights});
  return test::run_program(GRADFLOW_CLI, words);
}

/// The loss of the step after `steps`: what a checkpoint after `steps` must have, to the bit.
double next_loss(const StackSpec& stack, const TrainingSpec& training, int steps) {
  Trainer<float> trainer(stack, training);
  for (int step = 0; step <= steps; ++step) trainer.step();
  return trainer.report().loss;
}

double loss_of_measure(const std::string& stack, const std::filesystem::path& weights) {
  const Outcome outcome = with_weights({"measure", stack}, weights);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::size_t place = outcome.out.find(",1,,loss,");
  return place == std::string::npos ? -1 : std::stod(outcome.out.substr(place + 9));
}

/// Begins a race that would take minutes, and interrupts it once some of its table is there.
Outcome interrupted(const std::vector<std::string>& words, const std::filesystem::path& folder, int signal) {
  constexpr std::uintmax_t kSome = 20000;
  test::Process process(GRADFLOW_CLI, train_words(words));
  const auto has_begun = [&] {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().filename().string().starts_with(".gradflow") && entry.file_size() > kSome) return true;
    }
    return false;
  };
  for (int i = 0; i < 3000 && !has_begun(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  process.signal(signal);
  return process.finish();
}

int step_said(const std::string& sentence) {
  const std::string start = "interrupted after step ";
  const std::size_t place = sentence.find(start);
  return place == std::string::npos ? 0 : std::stoi(sentence.substr(place + start.size()));
}

TEST(TrainFiles, InterruptedTheTableHasEveryLaneToTheSameStepAndTheSentenceSaysWhich) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const TemporaryFolder folder;
    const std::string table = folder / "table.csv";
    write_file(table, "old");
    const Outcome outcome = interrupted({"--steps", "1000000", "--output", table}, folder.path(), signal);
    EXPECT_EQ(outcome.exit_code, 130);
    const int step = step_said(outcome.err);
    ASSERT_GT(step, 0) << outcome.err;
    EXPECT_TRUE(read_file(table, kLimit) == expected_table({kPreLn, kPostLn}, {.steps = 1000000}, step));
    EXPECT_TRUE(outcome.err.ends_with("gradflow-cli: interrupted after step " + std::to_string(step) +
                                      " of 1000000; " + table + " has the table up to there\n"))
        << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 3) << "two verdicts and the sentence";
    EXPECT_EQ(folder.count(), 1);
  }
}

TEST(TrainFiles, InterruptedBeforeTheFirstStepItLeavesTheOldFiles) {
  const TemporaryFolder folder;
  write_file(folder / "t", "old");
  test::Process process(GRADFLOW_CLI,  // whose weights take seconds to draw
                        {"train", "pre-ln", "--set", "num_layers=200", "--set", "d_model=256", "--output",
                         folder / "t", "--checkpoint", folder / "w"});
  for (int i = 0; i < 1000 && folder.count() < 3; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  process.signal(SIGINT);
  const Outcome outcome = process.finish();
  EXPECT_EQ(outcome.exit_code, 130);
  EXPECT_EQ(outcome.err, "gradflow-cli: interrupted; no file was written\n");
  EXPECT_EQ(read_file(folder / "t", 100), "old");
  EXPECT_EQ(folder.count(), 1);
}

TEST(TrainFiles, InterruptedTheCheckpointGoesOnWhereTheTableEnds) {
  const TemporaryFolder folder;
  const Outcome outcome = interrupted({"pre-ln", "--steps", "1000000", "--output", folder / "t.csv",
                                       "--checkpoint", folder / "w.safetensors"},
                                      folder.path(), SIGINT);
  EXPECT_EQ(outcome.exit_code, 130);
  const int step = step_said(outcome.err);
  ASSERT_GT(step, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("t.csv has the table up to there and "), std::string::npos) << outcome.err;
  EXPECT_EQ(loss_of_measure("pre-ln", folder / "w.safetensors"), next_loss(kPreLn, {.steps = 1000000}, step));
}

TEST(TrainFiles, ACheckpointHasTheLossOfTheNextStep) {
  const TemporaryFolder folder;
  const std::filesystem::path weights = folder / "w";
  for (const char* precision : {"f32", "f64"}) {
    const Outcome outcome = train({"post-ln", "--steps", "20", "--precision", precision, "--checkpoint",
                                   weights, "--output", "/dev/null"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const Outcome gradients =
        with_weights({"gradients", "post-ln", "--precision", precision, "--output", folder / "g"}, weights);
    ASSERT_EQ(gradients.exit_code, 0) << gradients.err;
    const TensorFile file = read_tensor_file(folder / "g", kLimit);
    double loss = 0;
    file.find("loss")->read(std::span(&loss, 1));
    if (std::string(precision) == "f32") {
      EXPECT_EQ(loss_of_measure("post-ln", weights), next_loss(kPostLn, {.steps = 21}, 20));
      EXPECT_EQ(static_cast<float>(loss), static_cast<float>(next_loss(kPostLn, {.steps = 21}, 20)));
    } else {
      Trainer<double> trainer(kPostLn, {.steps = 21});
      for (int step = 0; step < 21; ++step) trainer.step();
      EXPECT_EQ(loss, trainer.report().loss);
    }
  }
}

TEST(TrainFiles, ACheckpointOfALaneThatBrokeDownShowsHow) {
  const TemporaryFolder folder;
  const std::filesystem::path weights = folder / "w";
  const Outcome outcome =
      train({"pre-ln", "--learning-rate", "1e9", "--checkpoint", weights, "--output", "/dev/null"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_NE(outcome.err.find("broke down at step "), std::string::npos) << outcome.err;
  EXPECT_NE(with_weights({"measure", "pre-ln"}, weights).out.find("Pre-LN,1,,loss,nan\n"), std::string::npos);
}

TEST(TrainFiles, MeasuringInitialWeightsIsMeasuringTheStack) {
  const TemporaryFolder folder;
  const std::vector<std::string> stack{"post-ln", "--set", "num_layers=3", "--set", "tied_embedding=true"};
  const auto run = [&](std::vector<std::string> words) {
    words.insert(words.begin() + 1, stack.begin(), stack.end());
    const Outcome outcome = test::run_program(GRADFLOW_CLI, words);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out;
  };
  run({"weights", "--output", folder / "w"});
  EXPECT_EQ(run({"measure", "--weights", folder / "w"}), run({"measure"}));
}

TEST(TrainFiles, WeightsAreMeasuredOfOneStackThatTheyFit) {
  const TemporaryFolder folder;
  const std::filesystem::path weights = folder / "w";
  ASSERT_EQ(train({"pre-ln", "--steps", "1", "--checkpoint", weights, "--output", "/dev/null"}).exit_code, 0);
  expect_refused(with_weights({"measure"}, weights),
                 "--weights is given with 2 STACKs and --seeds 1; allowed is one STACK with one seed");
  expect_refused(with_weights({"measure", "pre-ln", "--seeds", "2"}, weights), "with 1 STACK and --seeds 2");
  expect_refused(with_weights({"measure", "post-ln"}, weights), "has no tensor layers.0.attention.norm_post");
  expect_refused(with_weights({"measure", "pre-ln"}, folder / "no"), "cannot be read: No such file");
  expect_refused(with_weights({"measure", "pre-ln", "--output", weights}, weights), "is also an input");
}

TEST(TrainFiles, AFullDiskIsOneSentenceAndStatusTwoAndTheOtherFileIsSaved) {
  const TemporaryFolder folder;
  expect_refused(train({"--output", "/dev/full"}), "/dev/full cannot be written: No space left on device");
  EXPECT_EQ(folder.count(), 0);
  expect_refused(train({"pre-ln", "--steps", "3", "--output", folder / "t", "--checkpoint", "/dev/full"}),
                 "/dev/full cannot be written: No space left on device");
  EXPECT_EQ(read_file(folder / "t", kLimit), expected_table({kPreLn}, {.steps = 3}, 3));
}

/// A limit on file sizes stops the table in the middle, as a disk that fills up does, for root as well.
TEST(TrainFiles, ATableThatCannotBeFinishedLeavesTheOldOneAndStillTheCheckpoint) {
  const TemporaryFolder folder;
  write_file(folder / "t", "old");
  std::vector<std::string> words{"-c", R"(trap "" XFSZ; ulimit -f 64; exec "$0" "$@")",
                                 GRADFLOW_CLI};  // blocks of 512 bytes
  for (const std::string& word :
       train_words({"pre-ln", "--steps", "100000", "--output", folder / "t", "--checkpoint", folder / "w"})) {
    words.push_back(word);
  }
  expect_refused(test::run_program("sh", words), "t cannot be written: File too large");
  EXPECT_EQ(read_file(folder / "t", 100), "old");
  EXPECT_GT(loss_of_measure("pre-ln", folder / "w"), 0);
  EXPECT_EQ(folder.count(), 2);
}

TEST(TrainFiles, FilesThatWouldOverwriteEachOtherAreRefused) {
  const TemporaryFolder folder;
  const std::string stack = folder / "mine.json";
  const std::string same = folder.path() / "." / "mine.json";
  write_stack_file(kPreLn, stack);
  const auto refused = [&](const std::vector<std::string>& words, const std::string& what) {
    expect_refused(train(words), what);
  };
  refused({"pre-ln", "--checkpoint", "-"}, "--output and --checkpoint are both -, standard output");
  refused({"pre-ln", "--checkpoint", folder / "c", "--output", folder.path() / "." / "c"},
          "are the same file");
  refused({stack, "--checkpoint", same}, "--checkpoint " + same + " is also an input");
  refused({stack, "--output", same}, "--output " + same + " is also an input");
  refused({"pre-ln", "--checkpoint", folder / "no/such"}, "no/such cannot be written: No such file");
  refused({"pre-ln", "--checkpoint", folder.path()}, "cannot be written: Is a directory");
  refused({"pre-ln", "--output", folder / "no/such"}, "no/such cannot be written: No such file");
  refused({"--checkpoint", folder / "c"},
          "--checkpoint is given with 2 STACKs and --seeds 1; allowed is one STACK with one seed");
  refused({"pre-ln", "--seeds", "2", "--checkpoint", folder / "c"}, "with 1 STACK and --seeds 2");
  EXPECT_EQ(folder.count(), 1);
}

TEST(TrainFiles, OnATerminalItSaysLossAndSpeedAndWipesTheLine) {
  const std::string said =
      test::said_on_terminal(GRADFLOW_CLI, train_words({"--steps", "1000000", "--output", "/dev/null"}));
  EXPECT_NE(said.find("\r\x1b[Ktraining, loss "), std::string::npos) << said;
  EXPECT_NE(said.find(" steps/s ("), std::string::npos) << said;
  EXPECT_NE(said.find(" of 1000000, 1 s)"), std::string::npos) << said;
  EXPECT_NE(said.find("\r\x1b[KPre-LN: "), std::string::npos) << said;
}

}  // namespace
}  // namespace gradflow
