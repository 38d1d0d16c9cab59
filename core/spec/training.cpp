#include "core/spec/training.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <string>

#include "core/spec/validate.h"

namespace gradflow {
namespace {

[[noreturn]] void refuse(const std::string& sentence) { throw InvalidSpec(sentence); }

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

void check_whole(const std::string& key, int value, int min, int max) {
  if (value >= min && value <= max) return;
  refuse(key + " is " + std::to_string(value) + "; allowed is " + std::to_string(min) + " to " +
         std::to_string(max));
}

void check_reals(const TrainingSpec& training) {
  for (const TrainingReal& real : kTrainingReals) {
    const double value = training.*real.member;
    if (allows(real, value)) continue;
    refuse(std::string(real.key) + " is " + number(value) + "; allowed is " + allowed_words(real));
  }
  if (training.clip && !(*training.clip > 0 && std::isfinite(*training.clip))) {
    refuse("clip is " + number(*training.clip) + "; allowed is any number above 0, or none");
  }
}

void check_text(const StackSpec& stack) {
  const std::string& text = stack.input.text;
  if (text.empty()) refuse("input.text is empty; the text task needs at least one byte");
  if (text.size() > kMaxTextBytes) {
    refuse("input.text has " + std::to_string(text.size()) + " bytes; at most " +
           std::to_string(kMaxTextBytes) + " are allowed");
  }
  if (text.find_first_not_of(text.front()) == std::string::npos) {
    refuse("input.text is one byte again and again; the text task needs two kinds or more");
  }
  if (stack.vocab_size >= kVocabularyOfBytes) return;
  refuse("vocab_size is " + std::to_string(stack.vocab_size) + "; the text task needs 256 or more");
}

void check_task(const StackSpec& stack, const TrainingSpec& training) {
  if (training.task == Task::text) return check_text(stack);
  check_whole("symbols", training.symbols, 2, kMaxSymbols);
  if (training.symbols > stack.vocab_size) {
    refuse("symbols is " + std::to_string(training.symbols) + " and vocab_size is " +
           std::to_string(stack.vocab_size) + "; there may be no more symbols than tokens");
  }
  if (stack.sequence_length % 2 != 0) {
    refuse("sequence_length is " + std::to_string(stack.sequence_length) +
           "; the copy task needs an even one, half of it to copy");
  }
}

double entropy(const std::string& text) {
  std::array<double, kVocabularyOfBytes> counts{};
  for (const char byte : text) counts[static_cast<unsigned char>(byte)] += 1;
  double sum = 0;
  for (const double count : counts) {
    if (count > 0) sum -= count * std::log(count / static_cast<double>(text.size()));
  }
  return sum / static_cast<double>(text.size());
}

}  // namespace

bool allows(const TrainingReal& real, double value) {
  const bool low = real.zero_allowed ? value >= 0 : value > 0;
  return low && (real.below_one ? value < 1 : std::isfinite(value));
}

std::string allowed_words(const TrainingReal& real) {
  const std::string start = real.zero_allowed ? "0" : "any number above 0";
  if (real.below_one) return start + " to below 1";
  return start + (real.zero_allowed ? " or any number above" : "");
}

double learning_rate_at(const TrainingSpec& spec, int step) {
  const double peak = spec.learning_rate;
  if (step < spec.warmup) return peak * step / spec.warmup;
  const double since = step - spec.warmup;
  switch (spec.schedule) {
    case Schedule::constant: return peak;
    case Schedule::cosine: {
      const double length = spec.steps - spec.warmup;
      return length > 0 ? peak * 0.5 * (1 + std::cos(std::numbers::pi * since / length)) : peak;
    }
    case Schedule::inverse_sqrt:
      return peak * std::sqrt(std::max(1.0, double(spec.warmup)) / std::max(1, step));
  }
  return peak;
}

double chance_loss(const StackSpec& stack, const TrainingSpec& training) {
  return training.task == Task::copy ? std::log(training.symbols) : entropy(stack.input.text);
}

double training_bytes(const StackSpec& stack, std::size_t scalar_size) {
  return pass_bytes(stack, scalar_size, true) + 2 * weight_bytes(stack, scalar_size);
}

void validate_training(const StackSpec& stack, const TrainingSpec& training, std::size_t memory_limit,
                       std::size_t scalar_size) {
  StackSpec trained = stack;
  trained.input.kind = InputKind::random;  // the task draws its own input
  validate(trained, memory_limit);
  check_whole("steps", training.steps, 1, kMaxTrainingSteps);
  check_reals(training);
  if (training.warmup < 0 || training.warmup > training.steps) {
    refuse("warmup is " + std::to_string(training.warmup) + " steps; allowed is 0 to the " +
           std::to_string(training.steps) + " steps of the run");
  }
  check_task(stack, training);
  check_memory(trained, training_bytes(trained, scalar_size), memory_limit);
}

}  // namespace gradflow
