// The optimizers against their formulas, one number at a time, as the textbooks write them.
#include "core/training/optimizer.h"

#include <cmath>
#include <map>

#include "core/model/build.h"
#include "core/model/parameters.h"
#include "core/tests/gradients.h"
#include "core/tests/training_setting.h"

namespace gradflow {
namespace {

using test::tiny_stack;

/// One number of a textbook: its weight and what the optimizer remembers of it.
struct Number {
  double w = 0, first = 0, second = 0;
};
using Formula = void (*)(Number& number, double g, double eta, int t);

void sgd(Number& n, double g, double eta, int) {
  n.first = 0.9 * n.first + g;
  n.w -= eta * n.first;
}

void adam(Number& n, double g, double eta, int t) {
  n.first = 0.9 * n.first + 0.1 * g;
  n.second = 0.98 * n.second + 0.02 * g * g;
  const double m = n.first / (1 - std::pow(0.9, t));
  const double v = n.second / (1 - std::pow(0.98, t));
  n.w -= eta * m / (std::sqrt(v) + 1e-8);
}

void adamw(Number& n, double g, double eta, int t) {
  n.w -= eta * 0.1 * n.w;
  adam(n, g, eta, t);
}

/// Every kind of parameter that there is: gates, norms, positions, cross-attention.
StackSpec rich_stack() {
  StackSpec spec = tiny_stack(pre_ln_stack());
  spec.activation = Activation::swiglu;
  spec.qk_norm = QkNorm::head;
  spec.embedding_norm = true;
  spec.sublayers.cross_attention = spec.sublayers.attention;
  spec.sublayers.ffn.norm = {Site::entry, Site::post};
  spec.vocab_size = 300;  // a table longer than what is taken in one run
  return spec;
}

void fill(Stack<double>& stack, const std::string& what, double size) {
  visit(stack, [&](const std::string& name, View<double> view) {
    view = size * testing::random_matrix(what + name, view.rows(), view.cols());
  });
}

/// Steps an optimizer and the formula beside each other, and expects the same.
class Beside {
 public:
  explicit Beside(const TrainingSpec& training)
      : training_(training),
        weights_(build_stack<double>(rich_stack())),
        gradient_(weights_),
        optimizer_(training, weights_, gradient_) {
    visit(weights_, [&](const std::string& name, View<double> view) {
      for (Index i = 0; i < view.size(); ++i) numbers_[name].push_back({at(view, i), 0, 0});
    });
  }

  void step(int t, Formula formula, double size) {
    fill(gradient_, "gradient " + std::to_string(t), size);
    double square = 0;
    visit(gradient_, [&](const std::string&, View<double> view) { square += view.squaredNorm(); });
    const double norm = std::sqrt(square);
    const double scale = training_.clip ? std::min(1.0, *training_.clip / (norm + 1e-6)) : 1.0;
    const double eta = learning_rate_at(training_, t);
    visit(gradient_, [&](const std::string& name, View<double> view) {
      std::vector<Number>& numbers = numbers_.at(name);
      for (Index i = 0; i < view.size(); ++i) formula(numbers[index(i)], scale * at(view, i), eta, t);
    });
    optimizer_.step(t, norm);
    visit(weights_, [&](const std::string& name, View<double> view) {
      for (Index i = 0; i < view.size(); ++i) {
        ASSERT_NEAR(at(view, i), numbers_.at(name)[index(i)].w, 1e-13) << name << " " << i << ", step " << t;
      }
    });
  }

  Stack<double>& weights() { return weights_; }
  const std::vector<StepLength>& lengths() const { return optimizer_.lengths(); }

 private:
  static std::size_t index(Index i) { return static_cast<std::size_t>(i); }
  static double at(const View<double>& view, Index i) { return view(i / view.cols(), i % view.cols()); }

  TrainingSpec training_;
  Stack<double> weights_, gradient_;
  Optimizer<double> optimizer_;
  std::map<std::string, std::vector<Number>> numbers_;
};

TrainingSpec with(OptimizerKind kind) {
  TrainingSpec training;
  training.optimizer = kind;
  training.weight_decay = 0.1;
  training.warmup = 4;
  training.schedule = Schedule::inverse_sqrt;
  return training;
}

struct Row {
  OptimizerKind kind;
  Formula formula;
};
const std::vector<Row> kRows{
    {OptimizerKind::sgd, sgd}, {OptimizerKind::adam, adam}, {OptimizerKind::adamw, adamw}};

TEST(Optimizer, StepsAsTheTextbookOnEveryParameter) {
  for (const Row& row : kRows) {
    Beside beside(with(row.kind));
    for (int t = 1; t <= 8; ++t) beside.step(t, row.formula, 1);
  }
}

TEST(Optimizer, ClipsWhatIsTooLongAndLeavesTheRest) {
  for (const Row& row : kRows) {
    TrainingSpec training = with(row.kind);
    training.clip = 100;
    Beside beside(training);
    for (int t = 1; t <= 6; ++t) beside.step(t, row.formula, t % 2 == 0 ? 10 : 1e-3);
  }
}

/// A square of 1e25 is no float, and neither is that of the factor that shortens it: only their product is.
TEST(Optimizer, ClipsAFloatGradientWhoseSquareOverflows) {
  const StackSpec spec = tiny_stack(pre_ln_stack());
  const Stack<float> start = build_stack<float>(spec);
  const auto stepped = [&](float size) {
    TrainingSpec training;
    training.clip = 1;
    Stack<float> weights = start;
    Stack<float> gradient = start;
    set_zero(gradient);
    gradient.layers[0].ffn.function.input.w.setConstant(size);
    const double norm = size * std::sqrt(static_cast<double>(gradient.layers[0].ffn.function.input.w.size()));
    Optimizer<float> optimizer(training, weights, gradient);
    optimizer.step(1, norm);
    return Matrix<float>(weights.layers[0].ffn.function.input.w);
  };
  const Matrix<float> expected = stepped(1);
  EXPECT_LT((stepped(1e25F) - expected).norm(), 1e-5F * expected.norm());
  EXPECT_GT((expected - start.layers[0].ffn.function.input.w).norm(), 0);
}

TEST(Optimizer, MeasuresWhatItAddedLayerByLayer) {
  const auto squares = [](auto& parameters) {
    double sum = 0;
    visit_views(parameters, [&](View<double> view) { sum += view.squaredNorm(); });
    return sum;
  };
  for (const Row& row : kRows) {
    Beside beside(with(row.kind));
    std::vector<Matrix<double>> before;
    visit(beside.weights(), [&](const std::string&, View<double> view) { before.emplace_back(view); });
    beside.step(1, row.formula, 1);
    Stack<double> after = beside.weights();
    Stack<double> change = after;
    std::size_t next = 0;
    visit(change, [&](const std::string&, View<double> view) { view -= before[next++]; });
    ASSERT_EQ(beside.lengths().size(), 3U) << "the ends and two layers";
    EXPECT_NEAR(beside.lengths()[0].change, squares(change.ends), 1e-10);
    EXPECT_NEAR(beside.lengths()[0].weights, squares(after.ends), 1e-9);
    for (std::size_t l = 0; l < 2; ++l) {
      EXPECT_NEAR(beside.lengths()[l + 1].change, squares(change.layers[l]), 1e-10);
      EXPECT_NEAR(beside.lengths()[l + 1].weights, squares(after.layers[l]), 1e-9);
    }
  }
}

TEST(Optimizer, LeavesWeightsWithoutGradientWhereTheyAreUnlessTheyDecay) {
  for (const Row& row : kRows) {
    Beside beside(with(row.kind));
    beside.step(1, row.formula, 0);
    EXPECT_EQ(beside.lengths()[1].change > 0, row.kind == OptimizerKind::adamw);
  }
}

}  // namespace
}  // namespace gradflow
