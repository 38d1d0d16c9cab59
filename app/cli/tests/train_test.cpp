// gradflow-cli train: its table is what the core's trainers report, whatever the threads; and what it
// refuses.
#include "app/cli/tests/train_setting.h"

#include "core/io/file.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow {
namespace {

using test::expect_refused;
using test::expected_table;
using test::Outcome;
using test::small_stack;
using test::TemporaryFolder;
using test::train;

const StackSpec kPreLn = small_stack(pre_ln_stack());
const StackSpec kPostLn = small_stack(post_ln_stack());

TEST(Train, PrintsEveryStepOfBothBuiltInStacksAndAVerdictEach) {
  const Outcome outcome = train({"--steps", "30"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, expected_table({kPreLn, kPostLn}, {.steps = 30}, 30));
  EXPECT_NE(outcome.out.find("\nPre-LN,1,30,,loss,"), std::string::npos);
  EXPECT_NE(outcome.out.find("\nPost-LN,1,30,2,token_cosine,"), std::string::npos);
  EXPECT_TRUE(outcome.err.starts_with("Pre-LN: ")) << outcome.err;
  EXPECT_NE(outcome.err.find("\nPost-LN: "), std::string::npos) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 2) << outcome.err;
}

TEST(Train, SeedsCountUpFromTheStacksOwnAndThreadsChangeNothing) {
  std::vector<StackSpec> stacks{kPreLn, kPreLn, kPreLn, kPostLn, kPostLn, kPostLn};
  for (std::size_t i = 0; i < stacks.size(); ++i) stacks[i].seed = 7 + i % 3;
  const std::string expected = expected_table(stacks, {.steps = 25}, 25);
  for (const char* threads : {"1", "2", "4", "100"}) {
    const Outcome outcome = train({"--steps", "25", "--set", "seed=7", "--seeds", "3", "--threads", threads});
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_TRUE(outcome.out == expected) << threads;
    EXPECT_NE(outcome.err.find("Post-LN, seed 9: "), std::string::npos) << outcome.err;
  }
}

TEST(Train, EveryOptionIsHeard) {
  TrainingSpec training{.symbols = 5,
                        .steps = 12,
                        .learning_rate = 0.02,
                        .schedule = Schedule::cosine,
                        .warmup = 3,
                        .optimizer = OptimizerKind::sgd,
                        .momentum = 0.25,
                        .clip = 0.5};
  std::vector<std::string> words{"pre-ln", "--symbols",  "5",      "--steps",     "12",  "--learning-rate",
                                 "2e-2",   "--schedule", "cosine", "--warmup",    "3",   "--clip",
                                 "0.5",    "--task",     "copy",   "--optimizer", "sgd", "--momentum",
                                 "0.25"};
  EXPECT_EQ(train(words).out, expected_table({kPreLn}, training, 12));
  training.schedule = Schedule::inverse_sqrt;
  training.optimizer = OptimizerKind::adamw;
  training.beta1 = 0.5;
  training.beta2 = 0.75;
  training.epsilon = 1e-3;
  training.weight_decay = 0.125;
  words.resize(words.size() - 4);
  words.insert(words.end(), {"--optimizer", "adamw", "--beta1", "0.5", "--beta2", "0.75", "--epsilon", "1e-3",
                             "--weight-decay", "0.125", "--schedule", "inverse_sqrt", "--precision", "f64"});
  std::replace(words.begin(), words.end(), std::string("cosine"), std::string("inverse_sqrt"));
  words.erase(words.end() - 4, words.end() - 2);  // an option is said once
  EXPECT_EQ(train(words).out, expected_table<double>({kPreLn}, training, 12));
}

TEST(Train, TheTextIsLearntOnRequest) {
  const TemporaryFolder folder;
  write_file(folder / "text", "abcabd");
  StackSpec spec = kPreLn;
  spec.vocab_size = 256;
  spec.input.text = "abcabd";
  const Outcome outcome = train(
      {"pre-ln", "--set", "vocab_size=256", "--task", "text", "--text", folder / "text", "--steps", "5"});
  EXPECT_EQ(outcome.out, expected_table({spec}, {.task = Task::text, .steps = 5}, 5)) << outcome.err;
}

TEST(Train, ALaneThatBreaksDownEndsAndTheOthersRunOn) {
  const TemporaryFolder folder;
  StackSpec bare = kPreLn;
  bare.name = "bare";
  for (const char* change :
       {"sublayers.attention.norm=none", "sublayers.ffn.norm=none", "final_norm=false", "init.gain=1e6"}) {
    set_value(bare, change);
  }
  write_stack_file(bare, folder / "bare.json");
  const Outcome outcome = train({folder / "bare.json", "post-ln", "--steps", "9"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, expected_table({bare, kPostLn}, {.steps = 9}, 9));
  EXPECT_TRUE(outcome.err.starts_with("bare: broke down at step 1: ")) << outcome.err;
  EXPECT_EQ(outcome.out.find("bare,1,2,"), std::string::npos);
  EXPECT_EQ(outcome.out.find("bare,1,1,,update_ratio"), std::string::npos);
  EXPECT_NE(outcome.out.find("Post-LN,1,9,,update_ratio,"), std::string::npos);
}

TEST(Train, ALearningRateThatIsFarTooHighIsAFindingAndNotAnError) {
  const Outcome outcome = train({"pre-ln", "--learning-rate", "1e9", "--steps", "50"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_TRUE(outcome.err.starts_with("Pre-LN: broke down at step ")) << outcome.err;
  EXPECT_EQ(outcome.out.find("Pre-LN,1,50,"), std::string::npos);
}

TEST(Train, ASingleLayerAndASingleStepAreEnough) {
  StackSpec spec = kPostLn;
  spec.num_layers = 1;
  const Outcome outcome = train({"post-ln", "--set", "num_layers=1", "--steps", "1", "--warmup", "1"});
  EXPECT_EQ(outcome.out, expected_table({spec}, {.steps = 1, .warmup = 1}, 1)) << outcome.err;
}

TEST(Train, AWrongNumberIsOneSentenceThatSaysWhatIsAllowed) {
  for (const char* rate : {"0", "-1", "nan", "inf", "ten", "1e400", "0.1x", ""}) {
    expect_refused(train({"--learning-rate", rate}),
                   std::string("--learning-rate is ") + rate + "; allowed is any number above 0");
  }
  expect_refused(train({"--clip", "0"}), "--clip is 0; allowed is any number above 0");
  expect_refused(train({"--epsilon", "-1e-8"}), "--epsilon is -1e-8; allowed is 0 or any number above");
  expect_refused(train({"--beta2", "1"}), "--beta2 is 1; allowed is 0 to below 1");
  expect_refused(train({"--steps", "0"}), "--steps is 0; allowed is a whole number from 1 to 1000000");
  expect_refused(train({"--warmup=-1"}), "--warmup is -1; allowed is a whole number from 0");
  expect_refused(train({"--steps", "10", "--warmup", "11"}),
                 "--warmup is 11; allowed is 0 to 10, the steps of the run");
  expect_refused(train({"--symbols", "1"}), "--symbols is 1; allowed is a whole number from 2 to 256");
}

TEST(Train, AWrongWordIsOneSentenceThatSaysWhatIsAllowed) {
  expect_refused(train({"--task", "dance"}), "--task is dance; allowed are copy, text");
  expect_refused(train({"--optimizer", "rms"}), "--optimizer is rms; allowed are sgd, adam, adamw");
  expect_refused(train({"--schedule", "linear"}), "--schedule is linear; allowed are constant, cosine");
  expect_refused(train({"--momentum", "0.5"}), "--momentum is given, but only --optimizer sgd uses it");
  expect_refused(train({"--weight-decay", "1"}), "--weight-decay is given, but only --optimizer adamw");
  expect_refused(train({"--optimizer", "sgd", "--beta1", "0"}), "but only --optimizer adam or adamw uses it");
  expect_refused(train({"--text", "/dev/null"}), "--text is given, but only --task text uses it");
  expect_refused(train({"--task", "text", "--symbols", "4"}), "--symbols is given, but only --task copy");
}

TEST(Train, AStackThatCannotLearnTheTaskIsOneSentence) {
  expect_refused(train({"--symbols", "17"}),
                 "pre-ln: symbols is 17 and vocab_size is 16; there may be no more symbols than tokens");
  expect_refused(train({"--set", "sequence_length=7"}),
                 "pre-ln: sequence_length is 7; the copy task needs an even one");
  expect_refused(train({"post-ln", "--task", "text"}),
                 "post-ln: vocab_size is 16; the text task needs 256 or more");
  expect_refused(train({"--seeds", "1000", "--memory-limit", "0.01"}),
                 "the 2000 lanes of the race, one a stack and seed, need ");
  expect_refused(train({"--set", "num_layers=4096", "--set", "d_model=4096"}),
                 "GiB of memory; the limit is 4 GiB");
  expect_refused(train({"--seeds", "2", "--set", "seed=18446744073709551615"}), "the last seed can be");
  expect_refused(train({"pre-ln", "pre-ln"}), "two of the stacks are called \"Pre-LN\"");
}

}  // namespace
}  // namespace gradflow
