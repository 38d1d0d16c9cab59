// Weights files against a stack: what does not fit is a sentence and changes nothing, what fits is read as it
// is, and a disk that is full leaves no part of a file behind.
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <limits>
#include <map>

#include "core/analysis/measure.h"
#include "core/io/file.h"
#include "core/io/model_file.h"
#include "core/io/tests/sentence.h"
#include "core/io/tests/temporary_folder.h"
#include "core/model/build.h"
#include "core/model/parameters.h"
#include "core/spec/fields.h"

namespace gradflow {
namespace {

namespace fs = std::filesystem;
using test::sentence_of;
using test::TemporaryFolder;

StackSpec small_stack() {
  StackSpec spec;
  spec.num_layers = 2;
  spec.d_model = 4;
  spec.num_heads = 2;
  spec.d_ff = 6;
  spec.vocab_size = 11;
  spec.sequence_length = 3;
  spec.batch_size = 2;
  spec.input.kind = InputKind::random;
  return spec;
}

/// A weights file in memory, to be spoilt.
struct Tensors {
  std::vector<TensorHead> heads;
  std::map<std::string, std::string> data;

  TensorHead& head(const std::string& name) {
    return *std::find_if(heads.begin(), heads.end(), [&](const TensorHead& h) { return h.name == name; });
  }
};

Tensors tensors_of(const StackSpec& spec) {
  const TemporaryFolder folder;
  Stack<float> stack = build_stack<float>(spec);
  write_weights<float>(folder / "w", spec, stack, build_batch<float>(spec));
  Tensors tensors;
  const TensorFile file = read_tensor_file(folder / "w", 1 << 20);
  for (const TensorEntry& entry : file.entries()) {
    tensors.heads.push_back({entry.name, entry.dtype, entry.shape});
    tensors.data[entry.name] = entry.data;
  }
  return tensors;
}

TensorFile file_of(const Tensors& tensors) {
  const TemporaryFolder folder;
  OutputFile file(folder / "w");
  append_tensor_header(file, tensors.heads);
  for (const TensorHead& head : tensors.heads) file.append(tensors.data.at(head.name));
  file.commit();
  return {read_file(folder / "w", 1 << 20), "w"};
}

struct Loaded {
  Stack<float> stack;
  Batch<float> batch;
};

Loaded initial(const StackSpec& spec) { return {build_stack<float>(spec), build_batch<float>(spec)}; }

double sum_of_squares(Stack<float>& stack) {
  double sum = 0;
  visit(stack, [&](const std::string&, View<float> view) { sum += squared_norm(view); });
  return sum;
}

/// What reading the spoilt file says; the stack must be as before, though other weights came first in it.
std::string said(Tensors tensors, const StackSpec& spec = small_stack()) {
  std::string& first = tensors.data["embedding.token"];
  if (!first.empty()) first[2] = static_cast<char>(first[2] ^ 1);
  Loaded loaded = initial(spec);
  const double before = sum_of_squares(loaded.stack);
  const std::vector<int> tokens = loaded.batch.tokens;
  std::string sentence =
      sentence_of([&] { read_weights(file_of(tensors), spec, loaded.stack, loaded.batch); });
  EXPECT_TRUE(test::is_one_sentence(sentence)) << sentence;
  if (sentence == "(accepted)") return sentence;
  EXPECT_EQ(sum_of_squares(loaded.stack), before) << "a refused file changes nothing";
  EXPECT_EQ(loaded.batch.tokens, tokens);
  return sentence;
}

TEST(WeightsFile, WhatWasWrittenIsAcceptedAndWeightsAreReplaced) {
  StackSpec other = small_stack();
  other.seed = 2;
  Loaded loaded = initial(small_stack());
  read_weights(file_of(tensors_of(other)), small_stack(), loaded.stack, loaded.batch);
  Loaded expected = initial(other);
  EXPECT_EQ(sum_of_squares(loaded.stack), sum_of_squares(expected.stack));
  EXPECT_EQ(loaded.batch.tokens, expected.batch.tokens);
  EXPECT_EQ(said(tensors_of(small_stack())), "(accepted)");
}

TEST(WeightsFile, MissingExtraAndMisshapenTensorsAreNamedWithTheirShapes) {
  Tensors tensors = tensors_of(small_stack());
  std::erase_if(tensors.heads, [](const TensorHead& head) { return head.name == "layers.1.ffn.w_2"; });
  EXPECT_EQ(said(tensors), "w: has no tensor layers.1.ffn.w_2; the stack needs it as [6, 4]");

  tensors = tensors_of(small_stack());
  tensors.heads.push_back({"layers.2.ffn.w_2", Dtype::f32, {1}});
  tensors.data["layers.2.ffn.w_2"] = "1234";
  EXPECT_EQ(said(tensors), "w: has the tensor layers.2.ffn.w_2 [1], which the stack does not have");

  tensors = tensors_of(small_stack());
  tensors.head("layers.0.ffn.w_1").shape = {6, 4};
  EXPECT_EQ(said(tensors), "w: layers.0.ffn.w_1 has shape [6, 4]; the stack needs [4, 6]");

  StackSpec with_memory = small_stack();
  with_memory.sublayers.cross_attention.emplace();
  EXPECT_NE(said(tensors_of(with_memory)).find("which the stack does not have"), std::string::npos);
  EXPECT_NE(said(tensors_of(small_stack()), with_memory).find("has no tensor layers.0.cross_attention.w_q"),
            std::string::npos);
}

TEST(WeightsFile, IntegersWhereFloatsAreNeededAndFloatsWhereTokensAreNeededAreRefused) {
  Tensors tensors = tensors_of(small_stack());
  tensors.head("layers.0.ffn.w_1").dtype = Dtype::i32;
  EXPECT_EQ(said(tensors), "w: layers.0.ffn.w_1 holds integers; the stack needs F64, F32, F16 or BF16");

  tensors = tensors_of(small_stack());
  tensors.head("tokens").dtype = Dtype::f32;
  EXPECT_EQ(said(tensors), "w: tokens is F32; allowed is I64 or I32");
}

std::string said_with(const std::string& name, int token) {
  Tensors tensors = tensors_of(small_stack());
  tensors.data[name].replace(8, 4, {reinterpret_cast<const char*>(&token), 4});
  return said(tensors);
}

TEST(WeightsFile, TokensOutOfTheVocabularyAreRefused) {
  for (const int token : {11, -2, std::numeric_limits<int>::max()}) {
    const std::string holds = " holds " + std::to_string(token) + " at place 2; allowed is ";
    EXPECT_EQ(said_with("targets", token), "w: targets" + holds + "-1 to 10");
    EXPECT_EQ(said_with("tokens", token), "w: tokens" + holds + "0 to 10");
  }
  EXPECT_EQ(said_with("tokens", -1), "w: tokens holds -1 at place 2; allowed is 0 to 10");
  Tensors tensors = tensors_of(small_stack());
  tensors.head("tokens").shape = {3, 2};
  EXPECT_EQ(said(tensors), "w: tokens has shape [3, 2]; the stack needs [2, 3]");
}

TEST(WeightsFile, ATokenMayBeWithoutATargetButNotAllOfThem) {
  Tensors tensors = tensors_of(small_stack());
  const int none = -1;
  tensors.data["targets"].replace(8, 4, {reinterpret_cast<const char*>(&none), 4});
  Loaded loaded = initial(small_stack());
  read_weights(file_of(tensors), small_stack(), loaded.stack, loaded.batch);
  EXPECT_EQ(loaded.batch.targets[2], -1);
  tensors.data["targets"].assign(tensors.data["targets"].size(), '\xff');
  EXPECT_EQ(said(tensors), "w: targets holds -1, no target, alone; a loss needs one");
}

TEST(WeightsFile, DataIsOptional) {
  Tensors tensors = tensors_of(small_stack());
  std::erase_if(tensors.heads, [](const TensorHead& h) { return h.name == "tokens" || h.name == "targets"; });
  Loaded loaded = initial(small_stack());
  const std::vector<int> tokens = loaded.batch.tokens;
  read_weights(file_of(tensors), small_stack(), loaded.stack, loaded.batch);
  EXPECT_EQ(loaded.batch.tokens, tokens);
}

TEST(WeightsFile, AWeightThatIsNotANumberIsLoadedAndShows) {
  for (const float weight :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    Tensors tensors = tensors_of(small_stack());
    tensors.data["layers.1.ffn.w_1"].replace(0, 4, {reinterpret_cast<const char*>(&weight), 4});
    Loaded loaded = initial(small_stack());
    read_weights(file_of(tensors), small_stack(), loaded.stack, loaded.batch);
    PassBuffers<float> buffers;
    Recorder recorder;
    ASSERT_TRUE(measure(loaded.stack, 2, loaded.batch, buffers, {}, recorder));
    const StackReport report = recorder.take();
    EXPECT_FALSE(std::isfinite(*report.scalar("loss")));
    EXPECT_TRUE(std::isfinite(*report.find("stream_rms")->at(1))) << "below the bad weight all is well";
    EXPECT_FALSE(std::isfinite(*report.find("stream_rms")->at(2)));
  }
}

TEST(WeightsFile, AFullDeviceIsASentence) {
  const StackSpec spec = small_stack();
  Loaded loaded = initial(spec);
  EXPECT_EQ(sentence_of([&] { write_weights<float>("/dev/full", spec, loaded.stack, loaded.batch); }),
            "/dev/full cannot be written: No space left on device");
  EXPECT_EQ(sentence_of([&] { write_initial_weights<double>("/dev/full", spec); }),
            "/dev/full cannot be written: No space left on device");
}

/// A limit on file sizes stops the write in the middle, as a disk that fills up does, for root as well.
TEST(WeightsFile, AFileThatCannotBeFinishedLeavesTheOldOneAndNoPart) {
  const TemporaryFolder folder;
  write_file(folder / "w", "old");
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{5000, 5000};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(2);
    const std::string sentence =
        sentence_of([&] { write_initial_weights<double>(folder / "w", small_stack()); });
    ::_exit(sentence.ends_with("cannot be written: File too large") ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(read_file(folder / "w", 100), "old");
  EXPECT_EQ(folder.count(), 1);
}

TEST(WeightsFile, InitialWeightsAreThoseOfTheWholeModel) {
  const TemporaryFolder folder;
  StackSpec spec = small_stack();
  spec.overrides = {{{1}, {SiteSet{Site::post}, {}}, {}, {}}};
  Loaded loaded = initial(spec);
  write_weights<float>(folder / "whole", spec, loaded.stack, loaded.batch);
  write_initial_weights<float>(folder / "by-layer", spec);
  EXPECT_EQ(read_file(folder / "whole", 1 << 20), read_file(folder / "by-layer", 1 << 20));
}

TEST(WeightsFile, SaysWhichStackItIsOf) {
  const TemporaryFolder folder;
  StackSpec spec = small_stack();
  spec.name = "mine \xFF";
  spec.input = {InputKind::text, "too many letters for 11 tokens"};
  Loaded loaded = initial(small_stack());
  write_weights<float>(folder / "w", spec, loaded.stack, loaded.batch);
  EXPECT_EQ(recorded_stack(read_tensor_metadata(folder / "w"), "w"), spec);
  spec.init.weights = "/somewhere/else";  // says nothing of the weights that are written
  write_weights<float>(folder / "v", spec, loaded.stack, loaded.batch);
  EXPECT_EQ(read_file(folder / "v", 1 << 20), read_file(folder / "w", 1 << 20));
  EXPECT_EQ(recorded_stack({}, "w"), std::nullopt);
}

TEST(WeightsFile, AStackThatItCannotBeOfIsRefused) {
  const auto said_of = [](const std::string& json) {
    return sentence_of([&] { recorded_stack({{std::string(kStackKey), json}}, "w"); });
  };
  EXPECT_EQ(said_of(R"({"num_layers": 0})"), "w: gradflow.stack: num_layers is 0; allowed is 1 to 4096");
  EXPECT_TRUE(said_of("[").starts_with("w: gradflow.stack"));
  EXPECT_TRUE(said_of(R"({"depth": 3})").starts_with("w: gradflow.stack: "));
  EXPECT_EQ(said_of(R"({"vocab_size": 3})"), "(accepted)") << "its input is in the file";
}

/// Twice escaped, a text of quotes takes four bytes each; the deepest stack's own header takes 20 MB.
TEST(WeightsFile, TheLargestTextStillGoesIntoTheHeader) {
  const TemporaryFolder folder;
  StackSpec spec = small_stack();
  spec.input = {InputKind::text, std::string(kMaxTextBytes, '"')};
  Loaded loaded = initial(small_stack());
  write_weights<float>(folder / "w", spec, loaded.stack, loaded.batch);
  EXPECT_EQ(recorded_stack(read_tensor_metadata(folder / "w"), "w"), spec);
  EXPECT_LT(fs::file_size(folder / "w"), std::size_t{5} << 20U);
  for (int i = 0; i < 60000; ++i) spec.overrides.push_back({{0, 1}, {{}, false}, {}, {{}, false}});
  write_weights<float>(folder / "v", spec, loaded.stack, loaded.batch);
  EXPECT_TRUE(read_tensor_metadata(folder / "v").empty()) << "more than a stack file holds is left out";
}

TEST(WeightsFile, AModelIsLoadedWithTheInputThatTheFileBrings) {
  const TemporaryFolder folder;
  StackSpec spec = small_stack();
  spec.seed = 5;
  write_initial_weights<float>(folder / "w", spec);
  Loaded expected = initial(spec);
  spec.seed = 1;
  spec.input = {InputKind::text, "letters"};  // that 11 tokens do not hold
  auto model = load_model<float>(spec, folder / "w", 1 << 20);
  ASSERT_TRUE(model);
  EXPECT_EQ(sum_of_squares(model->stack), sum_of_squares(expected.stack));
  EXPECT_EQ(model->batch.tokens, expected.batch.tokens);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(load_model<float>(spec, folder / "w", 1 << 20, stop.get_token()));
  EXPECT_EQ(sentence_of([&] { load_model<float>(spec, "/nowhere/w", 1 << 20); }),
            "/nowhere/w cannot be read: No such file or directory");
}

}  // namespace
}  // namespace gradflow
