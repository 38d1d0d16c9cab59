// How a stack is trained: the other half of the question that a race asks (a StackSpec is the first). A plain
// value, written down beside the stacks of a session and by the options of gradflow-cli train.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/spec/fields.h"
#include "core/spec/names.h"
#include "core/spec/stack.h"

namespace gradflow {

enum class Task : std::uint8_t {
  copy,  // random symbols, then the same again; the loss is that of the second half
  text,  // the next byte of the stack's input text, over windows drawn at random
};
enum class OptimizerKind : std::uint8_t {
  sgd,    // with momentum
  adam,   // Kingma & Ba 2015
  adamw,  // Loshchilov & Hutter 2019
};
/// What the learning rate does once the warmup is over. The warmup is linear: step t of W has t / W of it.
enum class Schedule : std::uint8_t {
  constant,
  cosine,        // down to 0 at the last step; Loshchilov & Hutter 2017, equation 5
  inverse_sqrt,  // sqrt(W / t), W being 1 without warmup; Vaswani et al. 2017, equation 3
};

struct TrainingSpec {
  Task task = Task::copy;
  int symbols = 16;  // of the copy task
  int steps = 300;
  double learning_rate = 3e-3;  // at its highest
  Schedule schedule = Schedule::constant;
  int warmup = 0;  // steps
  OptimizerKind optimizer = OptimizerKind::adam;
  double momentum = 0.9;             // of sgd
  double beta1 = 0.9, beta2 = 0.98;  // of adam and adamw
  double epsilon = 1e-8;             // of adam and adamw
  double weight_decay = 0.01;        // of adamw
  std::optional<double> clip = {};   // the longest that the gradient of all weights together may be
  friend bool operator==(const TrainingSpec&, const TrainingSpec&) = default;
};

template <>
inline constexpr std::array kNames<Task>{
    Named<Task>{Task::copy, "copy", text_key("copy")},
    Named<Task>{Task::text, "text", text_key("next byte")},
};
template <>
inline constexpr std::array kNames<OptimizerKind>{
    Named<OptimizerKind>{OptimizerKind::sgd, "sgd", text_key("SGD, momentum")},
    Named<OptimizerKind>{OptimizerKind::adam, "adam", text_key("Adam")},
    Named<OptimizerKind>{OptimizerKind::adamw, "adamw", text_key("AdamW")},
};
template <>
inline constexpr std::array kNames<Schedule>{
    Named<Schedule>{Schedule::constant, "constant", text_key("constant")},
    Named<Schedule>{Schedule::cosine, "cosine", text_key("cosine")},
    Named<Schedule>{Schedule::inverse_sqrt, "inverse_sqrt", text_key("inverse square root")},
};

inline constexpr int kMaxTrainingSteps = 1000000;
inline constexpr int kMaxSymbols = 256;

/// A positive number without an upper end: a learning rate of 10^9 is a finding to show, not an error.
struct TrainingReal {
  double TrainingSpec::*member;
  std::string_view key, label, help;
  bool zero_allowed, below_one;
};
inline constexpr std::array<TrainingReal, 6> kTrainingReals{{
    {&TrainingSpec::learning_rate, "learning_rate", text_key("learning rate"),
     text_key("the step length at its highest"), false, false},
    {&TrainingSpec::momentum, text_key("momentum"), text_key("momentum"),
     text_key("of SGD: how much of the step before is taken again"), true, true},
    {&TrainingSpec::beta1, "beta1", "β₁", text_key("of Adam: how slowly the mean of the gradient forgets"),
     true, true},
    {&TrainingSpec::beta2, "beta2", "β₂", text_key("of Adam: how slowly the mean of its square forgets"),
     true, true},
    {&TrainingSpec::epsilon, "epsilon", "ε", text_key("of Adam: added to the root of the mean square"), true,
     false},
    {&TrainingSpec::weight_decay, "weight_decay", text_key("weight decay"),
     text_key("of AdamW: what share of a weight a step of length 1 takes off"), true, false},
}};

/// Whether the number may be `value`, and in words what it may be: "any number above 0".
bool allows(const TrainingReal& real, double value);
std::string allowed_words(const TrainingReal& real);

/// The learning rate of step `step`, from 1 to spec.steps.
double learning_rate_at(const TrainingSpec& spec, int step);

/// The loss, in nats, of who knows nothing but how often each token comes: of the copy task ln(symbols), of
/// the text the entropy of its bytes.
double chance_loss(const StackSpec& stack, const TrainingSpec& training);

/// Bytes that one lane needs: a pass that keeps every gradient, and the optimizer's means.
double training_bytes(const StackSpec& stack, std::size_t scalar_size);

/// Throws InvalidSpec with a sentence where the stack cannot be trained so. Validates the stack, too, and the
/// memory that weights, gradients and the optimizer's means need (bytes; 4 a number).
void validate_training(const StackSpec& stack, const TrainingSpec& training,
                       std::size_t memory_limit = kDefaultMemoryLimit, std::size_t scalar_size = 4);

}  // namespace gradflow
