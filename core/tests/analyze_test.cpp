// The answer: what it holds, that it does not depend on what was asked before, and how it says that something
// is odd.
#include "core/analysis/analyze.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "core/model/parameters.h"
#include "core/tests/gradients.h"

namespace gradflow {
namespace {

void expect_same(const StackReport& left, const StackReport& right) {
  EXPECT_EQ(left.scalars, right.scalars);
  EXPECT_EQ(left.series, right.series);
}

TEST(Analyze, MeasuresWhatTheBackwardPassComputes) {
  StackSpec spec = testing::small_stack();
  spec.tied_embedding = true;
  AnalyzerOf<double> analyzer;
  const StackReport report = *analyzer.analyze(spec);
  Stack<double> stack = build_stack<double>(spec);
  const Batch<double> batch = build_batch<double>(spec);
  StackTape<double> tape;
  StackWork<double> work;
  Stack<double> grad = stack;
  set_zero(grad);
  const double loss = forward(stack, batch, tape);
  std::vector<Matrix<double>> dstream;
  backward(stack, batch, tape, grad, work, &dstream);
  EXPECT_EQ(report.scalar("loss"), loss);
  visit(grad.layers[1], [&](const std::string& name, View<double> view) {
    EXPECT_NEAR(*report.find("grad_norm/" + name)->at(1), view.norm(), 1e-14 + 1e-12 * view.norm()) << name;
  });
  visit(grad.ends, [&](const std::string& name, View<double> view) {
    EXPECT_NEAR(*report.scalar("grad_norm/" + name), view.norm(), 1e-12 * view.norm()) << name;
  });
  for (std::size_t k = 0; k <= 2; ++k) {
    const int layer = static_cast<int>(k);
    EXPECT_NEAR(*report.find("stream_grad_norm")->at(layer), dstream[k].norm(), 1e-12);
    EXPECT_NEAR(*report.find("stream_rms")->at(layer),
                stream(tape, k).norm() / std::sqrt(static_cast<double>(stream(tape, k).size())), 1e-12);
  }
}

TEST(Analyze, TotalIsAllOfALayersParametersTogether) {
  const StackReport report = analyze(pre_ln_stack());
  double square = 0;
  for (const Series& series : report.series) {
    if (series.quantity.starts_with("grad_norm/") && series.quantity != "grad_norm/total") {
      square += std::pow(*series.at(3), 2);
    }
  }
  EXPECT_NEAR(*report.find("grad_norm/total")->at(3), std::sqrt(square), 1e-6);
}

TEST(Analyze, FloatAgreesWithDouble) {
  for (const StackSpec& spec : {pre_ln_stack(), post_ln_stack()}) {
    AnalyzerOf<double> exact;
    const StackReport wide = *exact.analyze(spec);
    const StackReport narrow = analyze(spec);
    EXPECT_NEAR(*narrow.scalar("loss"), *wide.scalar("loss"), 1e-5);
    for (const Series& series : wide.series) {
      if (series.quantity.ends_with(".b_k")) continue;  // exactly zero but for round-off
      for (std::size_t i = 0; i < series.layers.size(); ++i) {
        EXPECT_NEAR(*narrow.find(series.quantity)->at(series.layers[i]), series.values[i],
                    2e-4 * std::abs(series.values[i]))
            << series.quantity << " of layer " << series.layers[i];
      }
    }
  }
}

TEST(Analyze, TheAnswerDoesNotDependOnWhatWasAskedBefore) {
  std::vector<StackSpec> questions{pre_ln_stack(), post_ln_stack()};
  StackSpec spec = pre_ln_stack();
  const auto ask = [&](auto change) {
    change(spec);
    questions.push_back(spec);
  };
  ask([](StackSpec& s) { s.num_layers = 3; });
  ask([](StackSpec& s) { s.num_layers = 20; });
  ask([](StackSpec& s) { s.norm.kind = NormKind::rms_norm; });
  ask([](StackSpec& s) { s.sublayers.ffn.norm = {Site::entry, Site::branch}; });
  ask([](StackSpec& s) { s.overrides = {Override{{2, 4}, {SiteSet{Site::post}, false}, {}, {}}}; });
  ask([](StackSpec& s) { s.overrides.clear(); });
  ask([](StackSpec& s) { s.causal = false; });
  ask([](StackSpec& s) { s.num_heads = 2; });
  ask([](StackSpec& s) { s.sublayers.cross_attention.emplace(); });
  ask([](StackSpec& s) { s.sublayers.cross_attention.reset(); });
  ask([](StackSpec& s) { s.init.residual_output = ResidualOutput::gpt2; });
  ask([](StackSpec& s) { s.num_layers = 5; });
  ask([](StackSpec& s) { s.residual_scale.rule = SkipGain::Rule::deepnorm; });
  ask([](StackSpec& s) { s.seed = 9; });
  ask([](StackSpec& s) { s.activation = Activation::swiglu; });
  ask([](StackSpec& s) { s.bias = false; });
  ask([](StackSpec& s) { s.sequence_length = 7; });
  ask([](StackSpec& s) { s.positions = Positions::rotary; });
  ask([](StackSpec& s) { s.qk_norm = QkNorm::full; });
  ask([](StackSpec& s) { s.tied_embedding = true; });
  ask([](StackSpec& s) { s.input.text = "short"; });
  Analyzer reused;
  for (const StackSpec& question : questions) {
    SCOPED_TRACE(question.num_layers);
    expect_same(*reused.analyze(question), analyze(question));
  }
}

TEST(Analyze, AFailedQuestionLeavesTheAnalyzerUsable) {
  Analyzer analyzer;
  StackSpec wrong = pre_ln_stack();
  wrong.num_heads = 5;
  EXPECT_THROW(analyzer.analyze(wrong), InvalidSpec);
  expect_same(*analyzer.analyze(pre_ln_stack()), analyze(pre_ln_stack()));
}

TEST(Analyze, StopsInTheMiddleOfAPass) {
  StackSpec deep = pre_ln_stack();
  deep.num_layers = 1000;
  std::stop_source stop;
  std::optional<StackReport> report = StackReport{};
  Analyzer analyzer;
  std::thread worker([&] { report = analyzer.analyze(deep, stop.get_token()); });
  stop.request_stop();
  worker.join();
  EXPECT_FALSE(report.has_value());
  expect_same(*analyzer.analyze(pre_ln_stack()), analyze(pre_ln_stack()));
}

/// F10: overflow and underflow are findings. Nothing clamps them, nothing throws.
TEST(Analyze, OverflowComesOutAsNonFiniteAndUnderflowAsExactZero) {
  StackSpec no_norm = pre_ln_stack();
  no_norm.num_layers = 300;
  no_norm.sublayers.attention.norm = {};
  no_norm.sublayers.ffn.norm = {};
  no_norm.final_norm = false;
  const StackReport blown = analyze(no_norm);
  EXPECT_FALSE(std::isfinite(*blown.top("stream_rms")));
  EXPECT_TRUE(std::isfinite(*blown.find("stream_rms")->at(1)));
  StackSpec cut = post_ln_stack();
  cut.num_layers = 1000;
  cut.sublayers.attention.residual = false;
  cut.sublayers.ffn.residual = false;
  const StackReport vanished = analyze(cut);
  EXPECT_EQ(*vanished.find("grad_norm/attention.w_q")->at(0), 0.0);
  EXPECT_GT(*vanished.top("grad_norm/attention.w_q"), 0.0);
}

TEST(Analyze, LayersThatAnOverrideRobsOfANormHaveNoPointForIt) {
  StackSpec spec = pre_ln_stack();
  spec.num_layers = 4;
  spec.overrides = {Override{{2}, {SiteSet{}, {}}, {}, {}}};
  const StackReport report = analyze(spec);
  const Series* weights = report.find("grad_norm/attention.norm_pre.weight");
  ASSERT_NE(weights, nullptr);
  EXPECT_EQ(weights->layers, (std::vector<int>{0, 1, 3}));
  EXPECT_EQ(weights->at(2), std::nullopt);
}

/// The estimate that validate() refuses by must bound what a pass really allocates, and not by much.
TEST(Memory, TheEstimateBoundsWhatThePassHolds) {
  for (const bool wide : {false, true}) {
    StackSpec spec = pre_ln_stack();
    spec.num_layers = 24;
    if (wide) {
      spec.activation = Activation::swiglu;
      spec.positions = Positions::rotary;
      spec.qk_norm = QkNorm::full;
      spec.sublayers.cross_attention.emplace();
    }
    Stack<float> stack = build_stack<float>(spec);
    double held = 0;
    visit(stack,
          [&](const std::string&, View<float> view) { held += 4.0 * static_cast<double>(view.size()); });
    const Batch<float> batch = build_batch<float>(spec);
    StackTape<float> tape;
    forward(stack, batch, tape);
    const auto add = [&](const auto& x) { held += 4.0 * static_cast<double>(x.size()); };
    const auto add_sublayer = [&](const auto& sublayer) {
      for (const auto& norm : sublayer.norms) add(norm.z);
      add(sublayer.trunk);
      add(sublayer.input);
      add(sublayer.y);
    };
    const auto add_attention = [&](const auto& attention) {
      add_sublayer(attention);
      add(attention.function.qkv);
      add(attention.function.q_norm.z);
      add(attention.function.k_norm.z);
      add(attention.function.heads.p);
      add(attention.function.context);
    };
    for (const LayerTape<float>& layer : tape.layers) {
      add_attention(layer.attention);
      add_attention(layer.cross_attention);
      add_sublayer(layer.ffn);
      add(layer.ffn.function.u);
      add(layer.ffn.function.hidden);
    }
    EXPECT_GE(pass_bytes(spec, sizeof(float)), held);
    EXPECT_LE(pass_bytes(spec, sizeof(float)), 1.35 * held);
  }
}

}  // namespace
}  // namespace gradflow
