// What a stack is trained on: which tokens, which targets, which of them count.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/ops/cross_entropy.h"
#include "core/tests/gradients.h"
#include "core/tests/training_setting.h"
#include "core/training/task.h"

namespace gradflow {
namespace {

Batch<float> drawn(const StackSpec& stack, const TrainingSpec& training, int step) {
  Batch<float> batch;
  draw_batch(stack, training, step, batch);
  return batch;
}

TEST(CopyTask, ShowsSymbolsAndThenTheSameAgain) {
  const StackSpec stack = pre_ln_stack();
  const Batch<float> batch = drawn(stack, {}, 1);
  ASSERT_EQ(batch.tokens.size(), 4U * 16U);
  ASSERT_EQ(batch.targets.size(), 4U * 16U);
  for (std::size_t b = 0; b < 4; ++b) {
    for (std::size_t t = 0; t < 8; ++t) {
      EXPECT_EQ(batch.tokens[b * 16 + t], batch.tokens[b * 16 + 8 + t])
          << "sequence " << b << ", token " << t;
    }
  }
}

TEST(CopyTask, AsksForTheSecondHalfAlone) {
  const Batch<float> batch = drawn(pre_ln_stack(), {}, 1);
  for (std::size_t b = 0; b < 4; ++b) {
    for (std::size_t t = 0; t < 16; ++t) {
      const bool counts = t >= 7 && t <= 14;  // what follows is in the second half
      EXPECT_EQ(batch.targets[b * 16 + t], counts ? batch.tokens[b * 16 + t + 1] : kNoTarget) << t;
    }
  }
}

TEST(CopyTask, DrawsEverySymbolAboutEquallyOften) {
  StackSpec stack = pre_ln_stack();
  stack.batch_size = 500;
  const Batch<float> batch = drawn(stack, {}, 3);
  for (int symbol = 0; symbol < 16; ++symbol) {
    const auto count = std::count(batch.tokens.begin(), batch.tokens.end(), symbol);
    EXPECT_NEAR(static_cast<double>(count), 500, 170) << symbol;  // each of 250 counts twice: 5 deviations
  }
  EXPECT_LT(*std::max_element(batch.tokens.begin(), batch.tokens.end()), 16);
}

TEST(CopyTask, HoldsInTheShortestSequence) {
  StackSpec stack = pre_ln_stack();
  stack.sequence_length = 2;
  const Batch<float> batch = drawn(stack, {}, 1);
  for (std::size_t b = 0; b < 4; ++b) {
    EXPECT_EQ(batch.tokens[2 * b], batch.tokens[2 * b + 1]);
    EXPECT_EQ(batch.targets[2 * b], batch.tokens[2 * b]);
    EXPECT_EQ(batch.targets[2 * b + 1], kNoTarget);
  }
}

TEST(Batches, AreFreshEachStepAndTheSameForTheSameSeed) {
  for (const Task task : {Task::copy, Task::text}) {
    TrainingSpec training;
    training.task = task;
    std::set<std::vector<int>> seen;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      StackSpec pre = pre_ln_stack();
      StackSpec post = post_ln_stack();
      pre.seed = post.seed = seed;
      post.num_layers = 3;
      for (int step = 1; step <= 20; ++step) {
        const Batch<float> batch = drawn(pre, training, step);
        EXPECT_EQ(batch.tokens, drawn(pre, training, step).tokens);
        EXPECT_EQ(batch.tokens, drawn(post, training, step).tokens) << "whatever the wiring and the depth";
        seen.insert(batch.tokens);
      }
    }
    EXPECT_EQ(seen.size(), 60U);
  }
}

TEST(Batches, AreTheSameInFloatAndDouble) {
  Batch<double> wide;
  draw_batch(pre_ln_stack(), {}, 5, wide);
  EXPECT_EQ(drawn(pre_ln_stack(), {}, 5).tokens, wide.tokens);
}

TEST(TextTask, ShowsWindowsThatWrapAround) {
  StackSpec stack = pre_ln_stack();
  stack.input.text = "abcdefg\xc3";  // eight different bytes, twice in a window
  TrainingSpec training;
  training.task = Task::text;
  std::set<int> starts;
  for (int step = 1; step <= 50; ++step) {
    const Batch<float> batch = drawn(stack, training, step);
    for (std::size_t place = 0; place < batch.tokens.size(); ++place) {
      const std::size_t start = place / 16 * 16;
      const std::size_t first = stack.input.text.find(static_cast<char>(batch.tokens[start]));
      ASSERT_NE(first, std::string::npos);
      const auto byte = [&](std::size_t k) {
        return static_cast<unsigned char>(stack.input.text[(first + k) % 8]);
      };
      EXPECT_EQ(batch.tokens[place], byte(place - start));
      EXPECT_EQ(batch.targets[place], byte(place - start + 1));
      starts.insert(batch.tokens[start]);
    }
  }
  EXPECT_EQ(starts.size(), 8U) << "a window may start anywhere";
}

TEST(CrossEntropy, OfTokensWithoutTargetDoesNotCount) {
  Matrix<double> logits = testing::random_matrix("logits", 5, 7);
  const std::vector<int> targets{3, kNoTarget, 0, kNoTarget, 6};
  Matrix<double> p;
  double sum = 0;
  for (const auto& [row, target] : {std::pair<Index, Index>{0, 3}, {2, 0}, {4, 6}}) {
    sum -= logits(row, target) - std::log(logits.row(row).array().exp().sum());
  }
  EXPECT_NEAR(forward_cross_entropy(logits, targets, p), sum / 3, 1e-14);
  Matrix<double> dlogits = p;
  backward_cross_entropy(targets, dlogits);
  EXPECT_EQ(dlogits.row(1).norm(), 0);
  EXPECT_EQ(dlogits.row(3).norm(), 0);
  const auto loss = [&] { return forward_cross_entropy(logits, targets, p); };
  EXPECT_LT(check_gradient("logits", logits, dlogits, loss, {35, 1}).relative_error, testing::kTolerance);
}

TEST(CrossEntropy, WithTargetsEverywhereIsTheMeanOverAll) {
  const Matrix<double> logits = testing::random_matrix("logits", 4, 5);
  Matrix<double> p;
  double sum = 0;
  for (int t = 0; t < 4; ++t) {
    std::vector<int> one(4, kNoTarget);
    one[static_cast<std::size_t>(t)] = t;
    sum += forward_cross_entropy(logits, one, p);
  }
  EXPECT_NEAR(forward_cross_entropy(logits, {0, 1, 2, 3}, p), sum / 4, 1e-14);
}

}  // namespace
}  // namespace gradflow
