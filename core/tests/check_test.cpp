// The proof is proved: it passes where the program is right, and it finds what is made wrong.
#include "core/analysis/check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/analysis/check_pass.h"
#include "core/model/parameters.h"
#include "core/spec/validate.h"
#include "core/spec/zero_gradient.h"

namespace gradflow {
namespace {

StackSpec small_stack() {
  StackSpec spec;
  spec.num_layers = 3;
  spec.d_model = 8;
  spec.num_heads = 2;
  spec.d_ff = 12;
  spec.vocab_size = 11;
  spec.sequence_length = 5;
  spec.batch_size = 2;
  spec.input.kind = InputKind::random;
  return spec;
}

const CheckRow* find(const std::vector<CheckRow>& rows, std::string_view check) {
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const CheckRow& r) { return r.check == check; });
  return row == rows.end() ? nullptr : &*row;
}

void expect_proved(const StackSpec& spec) {
  const auto report = check(spec);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->error, "");
  EXPECT_GT(report->rows.size(), 15U);
  for (const CheckRow& row : report->rows) {
    EXPECT_TRUE(row.passed()) << row.check << ", " << row.where << ": " << row.error << " > "
                              << row.tolerance;
  }
}

TEST(Check, ProvesEveryWiring) {
  for (const NamedWiring& wiring : kWirings) {
    for (bool residual : {true, false}) {
      SCOPED_TRACE(std::string(wiring.key) + (residual ? "" : " cut"));
      StackSpec spec = small_stack();
      spec.sublayers.attention = spec.sublayers.ffn = {wiring.norm, residual};
      spec.residual_scale.rule = wiring.skip;
      expect_proved(spec);
    }
  }
}

TEST(Check, ProvesOptionsTogether) {
  StackSpec spec = small_stack();
  spec.positions = Positions::rotary;
  spec.activation = Activation::swiglu;
  spec.norm.kind = NormKind::rms_norm;
  spec.bias = false;
  spec.qk_norm = QkNorm::head;
  spec.tied_embedding = true;
  spec.embedding_norm = true;
  spec.sublayers.cross_attention = SublayerSpec{{Site::post}, true};
  Override cut;
  cut.layers = {1};
  cut.ffn.residual = false;
  spec.overrides = {cut};
  expect_proved(spec);
}

TEST(Check, ProvesDeepAndCollapsedStacks) {
  StackSpec post = small_stack();
  post.num_layers = 60;
  post.sublayers.attention = post.sublayers.ffn = {{Site::post}, false};
  expect_proved(post);
  StackSpec no_norm = small_stack();
  no_norm.num_layers = 24;
  no_norm.sublayers.attention = no_norm.sublayers.ffn = {{}, true};
  expect_proved(no_norm);
}

TEST(Check, SaysWhyTheoryMakesAGradientZero) {
  StackSpec one_token = small_stack();
  one_token.sequence_length = 1;
  EXPECT_NE(find(check(one_token)->rows, "gradient attention.w_q")->note.find("single token"),
            std::string::npos);
  StackSpec same_memory = small_stack();
  same_memory.sublayers.cross_attention.emplace();
  same_memory.memory_cosine = 1;
  const auto report = check(same_memory);
  EXPECT_TRUE(report->passed());
  EXPECT_NE(find(report->rows, "gradient cross_attention.w_k")->note.find("memory"), std::string::npos);
  EXPECT_NE(find(report->rows, "gradient attention.b_k")->note.find("shift"), std::string::npos);
}

TEST(Check, ProvesAStackInWhichNothingReachesAnything) {
  StackSpec spec = small_stack();
  spec.init.gain = 0;
  expect_proved(spec);
  const auto report = check(spec);
  EXPECT_EQ(find(report->rows, "gradient ffn.w_1")->unresolved, 3);
  EXPECT_NE(find(report->rows, "gradient ffn.w_1")->note.find("exactly 0"), std::string::npos);
}

/// The rows of the gradient checks on a pass that `falsify` has had in its hands.
template <class Falsify>
std::vector<CheckRow> rows_of(Falsify falsify, const StackSpec& spec = small_stack()) {
  CheckPass pass = run_check_pass(spec);
  falsify(pass);
  CheckTable table;
  std::vector<CheckStep> steps;
  add_gradient_steps(pass, {}, table, steps);
  add_formula_steps(pass, table, steps);
  add_loss_steps(pass, table, steps);
  for (const CheckStep& step : steps) step.run();
  return table.take();
}

/// Each tensor of each layer in turn is one per cent too large, or a zero is not one.
TEST(Check, FindsAnyWrongTensor) {
  std::vector<std::string> names;
  CheckPass pass = run_check_pass(small_stack());
  visit(pass.gradient.layers[1], [&](const std::string& name, View<double>) { names.push_back(name); });
  for (const std::string& wrong : names) {
    const auto rows = rows_of([&](CheckPass& falsified) {
      visit(falsified.gradient.layers[1], [&](const std::string& name, View<double> view) {
        if (name == wrong && why_zero(small_stack(), name).empty()) view *= 1.01;
        if (name == wrong && !why_zero(small_stack(), name).empty()) view(0, 0) += 1e-6;
      });
    });
    for (const CheckRow& row : rows) {
      if (row.check == "gradient of the loss") continue;  // looks at a sample of the coordinates
      const bool wrong_one = row.check == "gradient " + wrong;
      EXPECT_EQ(row.passed(), !wrong_one)
          << row.check << " " << row.error << " while " << wrong << " is wrong";
      EXPECT_TRUE(!wrong_one || row.where == "layer 1") << row.where;
    }
  }
}

TEST(Check, FindsAWrongTensorInACollapsedStackWhoseLossCannotFeelIt) {
  StackSpec spec = small_stack();
  spec.num_layers = 30;
  spec.causal = false;
  spec.sublayers.attention = spec.sublayers.ffn = {{Site::post}, true};
  const auto rows = rows_of(
      [](CheckPass& pass) {
        visit(pass.gradient.layers[20], [](const std::string& name, View<double> view) {
          if (name == "attention.w_v") view *= 1.01;
        });
      },
      spec);
  EXPECT_FALSE(find(rows, "gradient attention.w_v")->passed());
}

TEST(Check, FindsAWrongStreamGradientAndAWrongEnd) {
  const auto stream_wrong = rows_of([](CheckPass& pass) { pass.dstream[1] *= 1.01; });
  EXPECT_FALSE(find(stream_wrong, "gradient stream")->passed());
  const auto end_wrong = rows_of([](CheckPass& pass) { pass.gradient.ends.unembedding *= 1.01; });
  EXPECT_FALSE(find(end_wrong, "gradient unembedding")->passed());
  EXPECT_FALSE(find(end_wrong, "gradient of the loss")->passed());
}

TEST(Check, FindsAWrongForwardPass) {
  const auto rows = rows_of([](CheckPass& pass) { pass.tape.layers[1].attention.y *= 1 + 1e-6; });
  EXPECT_FALSE(find(rows, "y = post(skip t + b)")->passed());
  EXPECT_EQ(find(rows, "y = post(skip t + b)")->where.substr(0, 7), "layer 1");
  EXPECT_FALSE(find(rows, "stream = embedding + branches")->passed());
}

TEST(Check, SaysWhereNumbersAreNotFinite) {
  StackSpec spec = small_stack();
  spec.num_layers = 1500;
  spec.sublayers.attention = spec.sublayers.ffn = {{}, true};
  spec.final_norm = false;
  const auto in_double = check(spec);
  EXPECT_FALSE(in_double->passed());
  EXPECT_NE(in_double->error.find("is not finite in double"), std::string::npos) << in_double->error;
  spec.num_layers = 8;
  spec.init.gain = 1e5;
  const auto in_float = check(spec);
  EXPECT_FALSE(in_float->passed());
  EXPECT_NE(in_float->error.find("is not finite in"), std::string::npos) << in_float->error;
}

TEST(Check, ReportsProgressAndStopsWhenTold) {
  std::stop_source stop;
  int calls = 0;
  const auto report = check(
      small_stack(), {},
      [&](std::string_view doing, int step, int steps) {
        EXPECT_EQ(step, ++calls);
        EXPECT_GT(steps, 8);
        EXPECT_FALSE(doing.empty());
        if (step == 4) stop.request_stop();
      },
      stop.get_token());
  EXPECT_FALSE(report);
  EXPECT_EQ(calls, 4);
}

TEST(Check, GivesTheSameAnswerTwiceAndRefusesWhatDoesNotFit) {
  EXPECT_EQ(check(small_stack())->rows, check(small_stack())->rows);
  EXPECT_THROW(check(small_stack(), {4, 1000}), InvalidSpec);
}

}  // namespace
}  // namespace gradflow
